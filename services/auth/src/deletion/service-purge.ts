import { forgetInQueues, type Logger, Problem } from '@spacedly/kit';
import { findAnyUser, lockUser, tellChanged, type UserRow } from '../accounts/store.ts';
import { assertStillAllowed, lockAdmins } from '../admin/guard.ts';
import { type Actor, INSTALLATION, recordAudit } from '../audit/service.ts';
import { forgetInAudit } from '../audit/store.ts';
import type { AuthDeps } from '../deps.ts';
import { purgeBefore } from './rules.ts';
import { takeOut } from './service.ts';
import { deleteUser, findPurgeable } from './store.ts';

/** Folders of the file store that hold one person's files. */
export const fileFolders = (userId: string) => [`avatars/${userId}`, `exports/${userId}`];

/** Every spelling under which codes, links and messages may know the person. */
function addressesOf(user: UserRow): string[] {
  return [user.email?.toLowerCase(), user.phone].filter((address) => address != null);
}

/**
 * Removes a deleted account and every trace of it. Files go first: a purge that breaks off in between is done again,
 * whereas files of somebody nobody knows any more would stay for ever. The other services hear of it and remove theirs.
 */
async function purge(deps: AuthDeps, actor: Actor, userId: string): Promise<void> {
  const { db, outbox, secrets, storage, now } = deps;
  if ((await findAnyUser(db, userId))?.deletedAt == null) return;
  for (const folder of fileFolders(userId)) await storage.deleteUnder(folder);
  await db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null || user.deletedAt === null) return;
    const addresses = addressesOf(user);
    await deleteUser(tx, userId, addresses);
    await forgetInQueues(tx, userId, addresses);
    await forgetInAudit(tx, userId);
    const ip = actor.actorId === userId ? null : actor.ip;
    await recordAudit(tx, { ...actor, ip }, { action: 'user.purged', targetId: userId, at: now() });
    const sealedAddresses = secrets.seal(JSON.stringify(addresses));
    await outbox.publish(tx, 'user.purged', { userId, sealedAddresses });
    await tellChanged(tx, userId);
  });
}

/**
 * An admin removes an account at once and for good.
 * @param confirm the e-mail of the account (its phone where it has none), so that nobody purges the wrong one
 * @throws Problem USER_NOT_FOUND, CONFIRMATION_MISMATCH, LAST_ADMIN, FORBIDDEN
 */
export async function purgeByAdmin(
  deps: AuthDeps,
  actor: Actor,
  userId: string,
  confirm: string,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockAdmins(tx);
    await assertStillAllowed(tx, actor, 'users.purge');
    const user = await lockUser(tx, userId);
    if (user === null) throw new Problem('USER_NOT_FOUND');
    if (addressesOf(user)[0] !== confirm.trim().toLowerCase()) throw new Problem('CONFIRMATION_MISMATCH');
    if (user.deletedAt === null) await takeOut(tx, deps, user, actor);
  });
  await purge(deps, actor, userId);
}

const BATCH = 100;

/** Removes the accounts whose 30 days are over. One that fails is tried again next time and holds up no other. */
export async function purgeDue(deps: AuthDeps, log: Logger): Promise<void> {
  const due = await findPurgeable(deps.db, purgeBefore(deps.now()), BATCH);
  for (const userId of due) {
    await purge(deps, INSTALLATION, userId).catch((error) =>
      log.error({ err: error, userId }, 'an account could not be purged'),
    );
  }
}
