import { type Db, Problem } from '@spacedly/kit';
import { lockUser, tellChanged, type UserRow } from '../accounts/store.ts';
import { type Actor, recordAudit } from '../audit/service.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { mayRestore, userOfToken } from './rules.ts';
import { markRestored } from './store.ts';

async function bringBack(
  tx: Db,
  now: Date,
  user: UserRow,
  actor: Actor,
  origin: Origin | null,
): Promise<UserRow> {
  const restored = await markRestored(tx, user.id, now);
  await recordAudit(tx, actor, { action: 'user.restored', targetId: user.id, at: now });
  await recordEvent(tx, { userId: user.id, type: 'account_restored', origin, now });
  await tellChanged(tx, user.id);
  return restored;
}

/**
 * Takes a deletion back with the link from the mail. The person signs in again afterwards.
 * @throws Problem RESTORE_LINK_EXPIRED for whatever is not a live token of ours
 */
export async function restoreByLink(
  { db, secrets, now }: AuthDeps,
  actor: Actor,
  token: string,
  origin: Origin,
): Promise<void> {
  const userId = userOfToken(token);
  if (userId === null) throw new Problem('RESTORE_LINK_EXPIRED');
  await db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null || !mayRestore(secrets, user, token, now())) throw new Problem('RESTORE_LINK_EXPIRED');
    await bringBack(tx, now(), user, { ...actor, actorId: userId }, origin);
  });
}

/**
 * An admin takes a deletion back.
 * @throws Problem USER_NOT_FOUND, NOT_DELETED
 */
export async function restoreByAdmin({ db, now }: AuthDeps, actor: Actor, userId: string): Promise<UserRow> {
  return db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null) throw new Problem('USER_NOT_FOUND');
    if (user.deletedAt === null) throw new Problem('NOT_DELETED');
    return bringBack(tx, now(), user, actor, null);
  });
}
