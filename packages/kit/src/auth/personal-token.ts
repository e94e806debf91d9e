import type { TokenOwner } from '@spacedly/contracts';
import { Problem } from '../problem.ts';
import { sha256 } from '../secrets.ts';
import type { Identity } from './identity.ts';
import type { OwnerCache } from './owner-cache.ts';

/** Personal access tokens begin so, which lets people and secret scanners recognise one. */
export const PERSONAL_TOKEN_PREFIX = 'spd_';
const PERSONAL_TOKEN = /^spd_[\w-]{43}$/;

export interface PersonalTokenVerifier {
  /** @throws Problem UNAUTHENTICATED for anything that is not a live personal access token */
  verify(token: string): Promise<Identity>;
}

export interface PersonalTokenOptions {
  /** Asks the auth service; null when there is no such token. */
  findOwner(tokenHash: string): Promise<TokenOwner | null>;
  cache: OwnerCache<TokenOwner>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Verifies personal access tokens by asking the auth service. A deleted one is cut off by the deny list. */
export function createPersonalTokenVerifier(options: PersonalTokenOptions): PersonalTokenVerifier {
  const { findOwner, cache, now } = options;
  return {
    async verify(token) {
      if (!PERSONAL_TOKEN.test(token)) throw new Problem('UNAUTHENTICATED');
      const hash = sha256(token);
      const owner = await cache.get(hash, () => findOwner(hash));
      const isLive = owner !== null && (owner.expiresAt === null || Date.parse(owner.expiresAt) > now());
      if (!isLive) throw new Problem('UNAUTHENTICATED');
      // The token's own id stands for its session, so that the deny list knows it as it knows sessions.
      const { userId, role, scopes, tokenId } = owner;
      return { userId, role, scopes, sessionId: tokenId, impersonatedBy: null };
    },
  };
}
