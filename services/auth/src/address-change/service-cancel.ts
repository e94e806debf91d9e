import { type Db, Problem } from '@spacedly/kit';
import { lockUser, tellChanged, type UserRow } from '../accounts/store.ts';
import { burnCode } from '../codes/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { unlinkSince } from '../federation/store.ts';
import { peekLink, useLink } from '../links/service.ts';
import { removePasskeysSince } from '../passkeys/store.ts';
import { shutOut } from '../passwords/service-forgot.ts';
import { savePassword } from '../passwords/store.ts';
import { removeTotpSince } from '../two-factor/store.ts';
import { type AddressKind, CHANGE_PURPOSE } from './rules.ts';
import { isTakenError } from './service.ts';
import { type ChangeRow, endChangesSince, findChange, firstFinishedSince, saveAddress } from './store.ts';
import { tellReverted } from './tell.ts';

/** Restores the other kind of address to what it was before the change that is taken back. */
async function revertOther(tx: Db, userId: string, { kind, createdAt }: ChangeRow, now: Date): Promise<void> {
  const other = kind === 'EMAIL' ? 'PHONE' : 'EMAIL';
  const later = await firstFinishedSince(tx, userId, other, createdAt);
  if (later === null) return;
  const { oldAddress: address, oldVerifiedAt: verifiedAt } = later;
  await saveAddress(tx, userId, other, { address, verifiedAt, now });
  await endChangesSince(tx, later, now);
}

/**
 * Takes a finished change back. Whoever made it got in: their sessions, the password they know and whatever they added
 * since to get in by (an app, passkeys, providers, tokens, the other kind of address) go with it.
 */
async function revert(tx: Db, deps: AuthDeps, user: UserRow, change: ChangeRow): Promise<void> {
  const now = deps.now();
  const { kind, oldAddress, oldVerifiedAt, createdAt } = change;
  const restored = await saveAddress(tx, user.id, kind, {
    address: oldAddress,
    verifiedAt: oldVerifiedAt,
    now,
  });
  await savePassword(tx, user.id, null, now);
  await revertOther(tx, user.id, change, now);
  await removeTotpSince(tx, user.id, createdAt);
  await removePasskeysSince(tx, user.id, createdAt);
  await unlinkSince(tx, user.id, createdAt);
  await shutOut(tx, deps, user.id);
  await tellReverted(tx, deps, restored, kind);
  await tellChanged(tx, user.id);
  await deps.outbox.publish(tx, 'user.address_verified', { userId: user.id });
}

/**
 * Cancels a change with the link that was sent to the old address.
 * @throws Problem LINK_EXPIRED, ADDRESS_TAKEN when the old address went to somebody else meanwhile
 */
export async function cancelChange(
  deps: AuthDeps,
  kind: AddressKind,
  token: string,
  origin: Origin,
): Promise<void> {
  const { db, now } = deps;
  const { payload, userId } = await peekLink(db, deps, 'CHANGE_CANCEL', token);
  const { changeId } = payload as { changeId: string };
  await db
    .transaction(async (tx) => {
      const user = userId === null ? null : await lockUser(tx, userId);
      const change = await findChange(tx, changeId);
      const isOver = change === null || change.endedAt !== null || change.kind !== kind;
      if (user === null || user.deletedAt !== null || isOver) throw new Problem('LINK_EXPIRED');
      await useLink(tx, deps, 'CHANGE_CANCEL', token);
      await endChangesSince(tx, change, now());
      if (change.completedAt === null) {
        await burnCode(tx, { target: change.newAddress.toLowerCase(), purpose: CHANGE_PURPOSE[kind] });
      } else {
        await revert(tx, deps, user, change);
      }
      const type = kind === 'EMAIL' ? 'email_change_cancelled' : 'phone_change_cancelled';
      await recordEvent(tx, { userId: user.id, type, origin, now: now() });
    })
    .catch((error) => {
      throw isTakenError(error) ? new Problem('ADDRESS_TAKEN') : error;
    });
}
