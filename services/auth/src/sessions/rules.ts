import type { Session } from '@spacedly/contracts';
import { clientOf } from '@spacedly/kit';
import type { RefreshRow, SessionRow } from './store.ts';

export const ACCESS_TOKEN_SECONDS = 900;
/** An access token verifies this long after its expiry at most (clock skew). */
export const DENY_MARGIN_SECONDS = 60;
export const ROTATION_GRACE_MS = 10_000;
const DAY_MS = 86_400_000;
export const SESSION_MAX_MS = 90 * DAY_MS;

/** How long an unused refresh token lives: 7 days, or 30 on a remembered device. */
export function refreshLifeMs(isRemembered: boolean): number {
  return (isRemembered ? 30 : 7) * DAY_MS;
}

export type RefreshDecision = 'rotate' | 'repeat-successor' | 'reused' | 'refuse';

/**
 * What a presented refresh token means. The current one rotates. One that was rotated less than ten seconds ago
 * and whose successor nobody has used yet is another tab of the same browser: it gets the same successor.
 * Any older one has been stolen, from or by whoever presents it (RFC 9700 §4.14.2).
 */
export function decideRefresh(
  token: RefreshRow | null,
  session: SessionRow | null,
  isSuccessorUsed: boolean,
  now: Date,
): RefreshDecision {
  if (token === null || session === null || session.endedAt !== null) return 'refuse';
  if (now >= session.endsAt) return 'refuse';
  if (token.rotatedAt === null) return now >= token.expiresAt ? 'refuse' : 'rotate';
  const isRecent = now.getTime() - token.rotatedAt.getTime() < ROTATION_GRACE_MS;
  return isRecent && !isSuccessorUsed ? 'repeat-successor' : 'reused';
}

export function presentSession(row: SessionRow, currentSessionId: string): Session {
  return {
    id: row.id,
    ...clientOf(row.userAgent),
    ip: row.ip,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.id === currentSessionId,
  };
}
