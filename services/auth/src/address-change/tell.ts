import type { Db } from '@spacedly/kit';
import { readerOf } from '../accounts/rules.ts';
import type { UserRow } from '../accounts/store.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { linkUrl } from '../links/rules.ts';
import { createLink } from '../links/service.ts';
import { placeOf } from '../origin.ts';
import { type AddressKind, shorten, toldAt } from './rules.ts';

interface Requested {
  user: UserRow;
  kind: AddressKind;
  changeId: string;
  newAddress: string;
  origin: Origin;
}

/** Tells the old address that it is about to be replaced, with a link that cancels. */
export async function tellOldAddress(
  tx: Db,
  deps: AuthDeps,
  { user, kind, changeId, newAddress, origin }: Requested,
): Promise<void> {
  const { outbox, secrets, config } = deps;
  const told = toldAt(user, kind);
  if (told === null) return;
  const purpose = 'CHANGE_CANCEL';
  const payload = { changeId };
  const { token } = await createLink(tx, deps, { purpose, userId: user.id, address: told.address, payload });
  await outbox.publish(tx, 'address.change_requested', {
    channel: told.channel,
    to: told.address,
    ...readerOf(user),
    name: user.name,
    kind,
    newAddress: shorten(newAddress),
    ...placeOf(origin),
    sealedLink: secrets.seal(linkUrl(config, purpose, token)),
  });
}

/** Tells the old address that it is back, with a link that sets a new password. */
export async function tellReverted(tx: Db, deps: AuthDeps, user: UserRow, kind: AddressKind): Promise<void> {
  const { outbox, secrets, config } = deps;
  const told = toldAt(user, kind);
  if (told === null) return;
  const { channel, address } = told;
  const purpose = 'PASSWORD_RESET';
  const { token } = await createLink(tx, deps, { purpose, userId: user.id, address, payload: { address } });
  const sealedLink = secrets.seal(linkUrl(config, purpose, token));
  await outbox.publish(tx, 'address.change_reverted', {
    channel,
    to: address,
    ...readerOf(user),
    name: user.name,
    kind,
    sealedLink,
  });
}
