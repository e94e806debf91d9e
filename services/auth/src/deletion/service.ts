import type { deleteMeBody } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import { findUser, lockUser, tellChanged, type UserRow } from '../accounts/store.ts';
import { assertAnotherAdmin, assertStillAllowed, lockAdmins } from '../admin/guard.ts';
import { isLiveAdmin } from '../admin/rules.ts';
import { type Actor, recordAudit } from '../audit/service.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { deniedUntil } from '../sessions/service-end.ts';
import { endSessions } from '../sessions/store.ts';
import { reauthenticate } from './reauthenticate.ts';
import { purgeAfter, restoreToken } from './rules.ts';
import { markDeleted } from './store.ts';

/** The verified address a person can still be reached at. */
function reachableAt(user: UserRow): { channel: 'EMAIL' | 'SMS'; to: string } | null {
  if (user.email !== null && user.emailVerifiedAt !== null) return { channel: 'EMAIL', to: user.email };
  if (user.phone !== null && user.phoneVerifiedAt !== null) return { channel: 'SMS', to: user.phone };
  return null;
}

/**
 * Under `lockAdmins`: takes an account out of sight. Its sessions and tokens are dead with the commit; its addresses
 * stay taken until the purge.
 * @throws Problem LAST_ADMIN
 */
export async function takeOut(tx: Db, deps: AuthDeps, user: UserRow, actor: Actor): Promise<Date> {
  if (isLiveAdmin(user)) await assertAnotherAdmin(tx, user.id);
  const at = deps.now();
  await markDeleted(tx, user.id, actor.actorId, at);
  await endSessions(tx, { userId: user.id }, at, deniedUntil(at));
  await recordAudit(tx, actor, { action: 'user.deleted', targetId: user.id, at });
  await tellChanged(tx, user.id);
  return at;
}

async function tellOwner(tx: Db, deps: AuthDeps, user: UserRow, deletedAt: Date, isOwn: boolean) {
  const address = reachableAt(user);
  if (address === null) return;
  const token = restoreToken(deps.secrets, user.id, deletedAt);
  await deps.outbox.publish(tx, 'account.deleted', {
    ...address,
    name: user.name,
    locale: user.locale,
    timeZone: user.timeZone,
    restorableUntil: purgeAfter(deletedAt).toISOString(),
    sealedToken: isOwn ? deps.secrets.seal(token) : null,
  });
}

/**
 * A person deletes their own account.
 * @throws Problem WRONG_CREDENTIAL, INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS, LAST_ADMIN, SIGN_IN_BUSY
 */
export async function deleteMe(
  deps: AuthDeps,
  actor: Actor,
  userId: string,
  proof: z.output<typeof deleteMeBody>,
  origin: Origin,
): Promise<void> {
  const found = await findUser(deps.db, userId);
  if (found === null) throw new Problem('UNAUTHENTICATED');
  await reauthenticate(deps, found, proof);
  await deps.db.transaction(async (tx) => {
    await lockAdmins(tx);
    const user = await lockUser(tx, userId);
    if (user === null || user.deletedAt !== null) throw new Problem('UNAUTHENTICATED');
    const at = await takeOut(tx, deps, user, actor);
    await recordEvent(tx, { userId, type: 'account_deleted', origin, now: at });
    await tellOwner(tx, deps, user, at, true);
  });
}

/**
 * An admin deletes an account.
 * @throws Problem USER_NOT_FOUND, LAST_ADMIN, FORBIDDEN
 */
export async function deleteByAdmin(deps: AuthDeps, actor: Actor, userId: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockAdmins(tx);
    await assertStillAllowed(tx, actor, 'users.delete');
    const user = await lockUser(tx, userId);
    if (user === null || user.deletedAt !== null) throw new Problem('USER_NOT_FOUND');
    const at = await takeOut(tx, deps, user, actor);
    await recordEvent(tx, { userId, type: 'account_deleted', origin: null, now: at });
    await tellOwner(tx, deps, user, at, actor.actorId === userId);
  });
}
