import { Problem } from '@spacedly/kit';
import { lockUser } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { ACCESS_TOKEN_SECONDS, DENY_MARGIN_SECONDS } from './rules.ts';
import { endSessions } from './store.ts';

/** When the last access token of a session that ends now is surely dead. */
export function deniedUntil(now: Date): Date {
  return new Date(now.getTime() + (ACCESS_TOKEN_SECONDS + DENY_MARGIN_SECONDS) * 1_000);
}

/**
 * Ends one session of a person. The person is locked first, in the same order as whatever ends all of them.
 * @throws Problem SESSION_NOT_FOUND when it is not theirs or already over
 */
export async function endSession(
  { db, now }: AuthDeps,
  where: { userId: string; sessionId: string },
  type: 'signed_out' | 'session_ended',
  origin: Origin,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockUser(tx, where.userId);
    const ended = await endSessions(tx, where, now(), deniedUntil(now()));
    if (ended === 0) throw new Problem('SESSION_NOT_FOUND');
    await recordEvent(tx, { userId: where.userId, type, origin, now: now() });
  });
}

/** Ends every session of a person. */
export async function endAllSessions({ db, now }: AuthDeps, userId: string, origin: Origin): Promise<void> {
  await db.transaction(async (tx) => {
    await lockUser(tx, userId);
    await endSessions(tx, { userId }, now(), deniedUntil(now()));
    await recordEvent(tx, { userId, type: 'all_sessions_ended', origin, now: now() });
  });
}
