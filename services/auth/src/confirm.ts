import { Problem } from '@spacedly/kit';
import { findUser, type UserRow } from './accounts/store.ts';
import { reauthenticate } from './deletion/reauthenticate.ts';
import type { AuthDeps } from './deps.ts';
import { findSession } from './sessions/store.ts';

/** A session as young as this counts as the owner having just proven who they are. */
const RECENT_MS = 10 * 60_000;

interface Asking {
  userId: string;
  sessionId: string;
}

export interface Proof {
  password?: string | undefined;
  code?: string | undefined;
}

/** Whether the session began less than ten minutes ago. */
async function isRecent({ db, now }: AuthDeps, { userId, sessionId }: Asking): Promise<boolean> {
  const session = await findSession(db, sessionId);
  return session?.userId === userId && now().getTime() - session.createdAt.getTime() < RECENT_MS;
}

/**
 * Makes sure that it is the owner who asks, before something that would let a borrowed session take the account over:
 * by password, by a fresh sign-in code, or, where that is enough, by a session younger than ten minutes.
 * @throws Problem UNAUTHENTICATED when the account is gone, CONFIRMATION_REQUIRED, and what `reauthenticate` throws
 */
export async function confirmOwner(
  deps: AuthDeps,
  asking: Asking,
  proof: Proof,
  { isRecentEnough }: { isRecentEnough: (user: UserRow) => boolean } = { isRecentEnough: () => true },
): Promise<UserRow> {
  const user = await findUser(deps.db, asking.userId);
  if (user === null) throw new Problem('UNAUTHENTICATED');
  if (proof.password !== undefined || proof.code !== undefined) {
    await reauthenticate(deps, user, proof);
  } else if (!isRecentEnough(user) || !(await isRecent(deps, asking))) {
    throw new Problem('CONFIRMATION_REQUIRED', { detail: 'Give your password, or a code from a message' });
  }
  return user;
}
