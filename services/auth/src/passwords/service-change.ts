import { Problem, sha256 } from '@spacedly/kit';
import { findUser, lockUser, type UserRow } from '../accounts/store.ts';
import { confirmOwner } from '../confirm.ts';
import { reauthenticate } from '../deletion/reauthenticate.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { deleteDevices } from '../devices/store.ts';
import { recordEvent } from '../events-log/store.ts';
import { endLinksOf } from '../links/store.ts';
import { deniedUntil } from '../sessions/service-end.ts';
import { endSessions } from '../sessions/store.ts';
import { deleteChallengesOf } from '../signin/store.ts';
import { assertGoodPassword } from './policy.ts';
import { savePassword } from './store.ts';
import { tellPasswordChange } from './tell.ts';

interface Asking {
  userId: string;
  sessionId: string;
  origin: Origin;
  /** Of this browser: it stays trusted. */
  deviceToken: string | undefined;
}

const ownedBy = ({ email, phone, name }: UserRow) => [email, phone, name];

/**
 * Changes the password of somebody who knows the old one. Every other session ends, and other devices are no longer
 * trusted.
 * @throws Problem WRONG_CREDENTIAL, WEAK_PASSWORD, TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export async function changePassword(
  deps: AuthDeps,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  { userId, sessionId, origin, deviceToken }: Asking,
): Promise<void> {
  const { db, hasher, now } = deps;
  const found = await findUser(db, userId);
  if (found === null) throw new Problem('UNAUTHENTICATED');
  await reauthenticate(deps, found, { password: currentPassword });
  await assertGoodPassword(newPassword, ownedBy(found), 'newPassword');
  const passwordHash = await hasher.hash(newPassword);
  await db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    // Somebody else set another one since the old one was checked.
    if (user === null || user.passwordHash !== found.passwordHash) throw new Problem('WRONG_CREDENTIAL');
    await savePassword(tx, userId, passwordHash, now());
    await endSessions(tx, { userId, exceptSessionId: sessionId }, now(), deniedUntil(now()));
    await deleteDevices(tx, userId, deviceToken === undefined ? null : sha256(deviceToken));
    await deleteChallengesOf(tx, userId);
    await endLinksOf(tx, userId, 'PASSWORD_RESET', now());
    await recordEvent(tx, { userId, type: 'password_changed', origin, now: now() });
    await tellPasswordChange(tx, deps, { userId, how: 'changed', origin });
  });
}

/**
 * Sets the first password of an account that has none.
 * @throws Problem PASSWORD_EXISTS, CONFIRMATION_REQUIRED, WEAK_PASSWORD, INVALID_CODE, CODE_EXPIRED,
 *   TOO_MANY_ATTEMPTS, SIGN_IN_BUSY
 */
export async function setPassword(
  deps: AuthDeps,
  { newPassword, code }: { newPassword: string; code?: string | undefined },
  { userId, sessionId, origin }: Asking,
): Promise<void> {
  const { db, hasher, now } = deps;
  const found = await findUser(db, userId);
  if (found === null) throw new Problem('UNAUTHENTICATED');
  if (found.passwordHash !== null) throw new Problem('PASSWORD_EXISTS');
  await assertGoodPassword(newPassword, ownedBy(found), 'newPassword');
  await confirmOwner(deps, { userId, sessionId }, { code });
  const passwordHash = await hasher.hash(newPassword);
  await db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null || user.passwordHash !== null) throw new Problem('PASSWORD_EXISTS');
    await savePassword(tx, userId, passwordHash, now());
    await recordEvent(tx, { userId, type: 'password_set', origin, now: now() });
    await tellPasswordChange(tx, deps, { userId, how: 'set', origin });
  });
}
