import type { TokenOwner } from '@spacedly/contracts';
import { type Signals, USER_CHANGED_CHANNEL } from '../events/signals.ts';
import { Problem } from '../problem.ts';
import { sha256 } from '../secrets.ts';
import type { Identity } from './identity.ts';

/** Personal access tokens begin so, which lets people and secret scanners recognise one. */
export const PERSONAL_TOKEN_PREFIX = 'spd_';
/** How long an answer of the auth service is believed. A deleted token is cut off at once by the deny list. */
export const PERSONAL_TOKEN_CACHE_MS = 5_000;
const PERSONAL_TOKEN = /^spd_[\w-]{43}$/;
const CACHE_SIZE = 10_000;

export interface PersonalTokenVerifier {
  /** @throws Problem UNAUTHENTICATED for anything that is not a live personal access token */
  verify(token: string): Promise<Identity>;
}

export interface PersonalTokenOptions {
  /** Asks the auth service; null when there is no such token. */
  findOwner(tokenHash: string): Promise<TokenOwner | null>;
  signals: Signals;
  /** Milliseconds since the epoch. */
  now: () => number;
}

interface Entry {
  owner: TokenOwner | null;
  until: number;
}

/** Verifies personal access tokens by asking the auth service, which it does once in five seconds for each. */
export async function createPersonalTokenVerifier(
  options: PersonalTokenOptions,
): Promise<PersonalTokenVerifier> {
  const { findOwner, signals, now } = options;
  const cache = new Map<string, Entry>();
  // Whoever was demoted, deactivated or deleted keeps nothing: what is known of their tokens is asked for again.
  let changes = 0;
  await signals.subscribe(USER_CHANGED_CHANNEL, (userId) => {
    changes += 1;
    for (const [hash, { owner }] of cache) if (owner?.userId === userId) cache.delete(hash);
  });

  async function ownerOf(hash: string): Promise<TokenOwner | null> {
    const known = cache.get(hash);
    // Without the signals nobody tells us what changed, so nothing is remembered.
    if (known !== undefined && known.until > now() && signals.isConnected) return known.owner;
    const changesBefore = changes;
    const owner = await findOwner(hash);
    cache.delete(hash);
    // Somebody changed while we asked: the answer may be the old one, so it serves this request only.
    if (changes !== changesBefore) return owner;
    if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
    cache.set(hash, { owner, until: now() + PERSONAL_TOKEN_CACHE_MS });
    return owner;
  }

  return {
    async verify(token) {
      if (!PERSONAL_TOKEN.test(token)) throw new Problem('UNAUTHENTICATED');
      const owner = await ownerOf(sha256(token));
      const isLive = owner !== null && (owner.expiresAt === null || Date.parse(owner.expiresAt) > now());
      if (!isLive) throw new Problem('UNAUTHENTICATED');
      // The token's own id stands for its session, so that the deny list knows it as it knows sessions.
      const { userId, role, scopes, tokenId } = owner;
      return { userId, role, scopes, sessionId: tokenId, impersonatedBy: null };
    },
  };
}
