import { Problem } from '@spacedly/kit';
import type { AuthDeps } from '../deps.ts';
import { ACCESS_TOKEN_SECONDS, DENY_MARGIN_SECONDS } from './rules.ts';
import { endSessions } from './store.ts';

/** When the last access token of a session that ends now is surely dead. */
export function deniedUntil(now: Date): Date {
  return new Date(now.getTime() + (ACCESS_TOKEN_SECONDS + DENY_MARGIN_SECONDS) * 1_000);
}

/**
 * Ends one session of a person.
 * @throws Problem SESSION_NOT_FOUND when it is not theirs or already over
 */
export async function endSession(
  { db, now }: AuthDeps,
  where: { userId: string; sessionId: string },
): Promise<void> {
  const ended = await db.transaction((tx) => endSessions(tx, where, now(), deniedUntil(now())));
  if (ended === 0) throw new Problem('SESSION_NOT_FOUND');
}

/** Ends every session of a person. */
export async function endAllSessions({ db, now }: AuthDeps, userId: string): Promise<void> {
  await db.transaction((tx) => endSessions(tx, { userId }, now(), deniedUntil(now())));
}
