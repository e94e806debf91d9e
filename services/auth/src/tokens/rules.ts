import type { PersonalToken } from '@spacedly/contracts';
import { PERSONAL_TOKEN_PREFIX, Problem, type Secrets, sha256 } from '@spacedly/kit';
import type { PersonalTokenRow } from './store.ts';

const DAY_MS = 86_400_000;
const DEFAULT_LIFE_MS = 90 * DAY_MS;
const LONGEST_LIFE_MS = 366 * DAY_MS;
export const MAX_TOKENS = 50;
const HINT_LENGTH = PERSONAL_TOKEN_PREFIX.length + 4;

/**
 * When a token ends: as asked, 90 days from now where nothing was said, never for null.
 * @throws Problem VALIDATION_FAILED when that is past or more than a year ahead
 */
export function expiryOf(asked: string | null | undefined, now: Date): Date | null {
  if (asked === null) return null;
  if (asked === undefined) return new Date(now.getTime() + DEFAULT_LIFE_MS);
  const expiresAt = new Date(asked);
  const lifeMs = expiresAt.getTime() - now.getTime();
  if (lifeMs > 0 && lifeMs <= LONGEST_LIFE_MS) return expiresAt;
  const message = lifeMs <= 0 ? 'Must be in the future' : 'Must be at most a year ahead; null for no end';
  throw new Problem('VALIDATION_FAILED', { errors: [{ path: 'body.expiresAt', message }] });
}

/**
 * The token of an id: 256 bits that only SPACEDLY_SECRET can compute. So a repeated request can get the same answer
 * without the token lying anywhere.
 */
export function tokenOf(
  secrets: Secrets,
  tokenId: string,
): { token: string; tokenHash: string; hint: string } {
  const secret = Buffer.from(secrets.hmac(`personal-token:${tokenId}`), 'hex').toString('base64url');
  const token = `${PERSONAL_TOKEN_PREFIX}${secret}`;
  return { token, tokenHash: sha256(token), hint: token.slice(0, HINT_LENGTH) };
}

export function presentToken(row: PersonalTokenRow): PersonalToken {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    hint: row.hint,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
