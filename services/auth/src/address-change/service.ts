import { isUniqueViolation, newId, Problem } from '@spacedly/kit';
import { isAddressTaken, lockUser, tellChanged, type UserRow } from '../accounts/store.ts';
import { sendCode } from '../codes/send.ts';
import { limitCodesByNetwork, redeemCode } from '../codes/service.ts';
import { confirmOwner, type Proof } from '../confirm.ts';
import type { AuthDeps, Origin } from '../deps.ts';
import { recordEvent } from '../events-log/store.ts';
import { LINK_LIFE_MS } from '../links/rules.ts';
import { type AddressKind, addressOf, CHANGE_PURPOSE, CHANNEL, shorten } from './rules.ts';
import { completeChange, findPending, insertChange, saveAddress } from './store.ts';
import { tellOldAddress } from './tell.ts';

export interface Owner {
  userId: string;
  sessionId: string;
  origin: Origin;
}

const EVENT = {
  EMAIL: { requested: 'email_change_requested', done: 'email_changed' },
  PHONE: { requested: 'phone_change_requested', done: 'phone_changed' },
} as const;

/** A constraint that says the address is somebody else's. */
export const isTakenError = (error: unknown) =>
  isUniqueViolation(error, 'users_email_key') || isUniqueViolation(error, 'users_phone_key');

function assertOther(user: UserRow, kind: AddressKind, address: string): void {
  if (addressOf(user, kind)?.toLowerCase() !== address.toLowerCase()) return;
  const path = kind === 'EMAIL' ? 'body.newEmail' : 'body.newPhone';
  throw new Problem('VALIDATION_FAILED', { errors: [{ path, message: 'Is your address already' }] });
}

/**
 * Begins a change of address: a code to the new one, a link that cancels to the old one. An address of somebody else
 * gets no code, with the same answer.
 * @throws Problem VALIDATION_FAILED, CODE_RECENTLY_SENT, TOO_MANY_CODES and what `confirmOwner` throws
 */
export async function requestChange(
  deps: AuthDeps,
  { userId, sessionId, origin }: Owner,
  { kind, address, proof }: { kind: AddressKind; address: string; proof: Proof },
) {
  const { db, now } = deps;
  // Whoever has a password gives it: a borrowed session must not be enough to take the account over.
  const isRecentEnough = (user: UserRow) => user.passwordHash === null;
  const user = await confirmOwner(deps, { userId, sessionId }, proof, { isRecentEnough });
  assertOther(user, kind, address);
  await limitCodesByNetwork(deps, origin.ip);
  return db.transaction(async (tx) => {
    const locked = await lockUser(tx, userId);
    if (locked === null) throw new Problem('UNAUTHENTICATED');
    const isTaken = await isAddressTaken(tx, address.toLowerCase(), userId);
    const id = newId();
    const channel = CHANNEL[kind];
    const reader = isTaken ? null : locked;
    const message = { channel, address, purpose: CHANGE_PURPOSE[kind], payload: { changeId: id } };
    const { expiresAt } = await sendCode(tx, deps, { ...message, reader });
    await insertChange(tx, {
      id,
      userId,
      kind,
      oldAddress: addressOf(locked, kind),
      oldVerifiedAt: kind === 'EMAIL' ? locked.emailVerifiedAt : locked.phoneVerifiedAt,
      newAddress: address,
      createdAt: now(),
      cancellableUntil: new Date(now().getTime() + LINK_LIFE_MS.CHANGE_CANCEL),
    });
    await tellOldAddress(tx, deps, { user: locked, kind, changeId: id, newAddress: address, origin });
    const details = { to: shorten(address) };
    await recordEvent(tx, { userId, type: EVENT[kind].requested, origin, now: now(), details });
    return { channel, expiresAt };
  });
}

/**
 * Finishes a change with the code that was sent to the new address.
 * @param address what the caller believes is being changed to; another one is not found
 * @throws Problem INVALID_CODE, CODE_EXPIRED, TOO_MANY_ATTEMPTS, ADDRESS_TAKEN
 */
export async function verifyChange(
  deps: AuthDeps,
  { userId, origin }: Omit<Owner, 'sessionId'>,
  { kind, code, address }: { kind: AddressKind; code: string; address: string | undefined },
): Promise<UserRow> {
  const { db, now } = deps;
  const result = await db
    .transaction(async (tx) => {
      const user = await lockUser(tx, userId);
      const change = await findPending(tx, userId, kind);
      if (user === null || change === null) return new Problem('CODE_EXPIRED');
      const { newAddress } = change;
      if (address !== undefined && address.toLowerCase() !== newAddress.toLowerCase()) {
        return new Problem('CODE_EXPIRED');
      }
      const key = { target: newAddress.toLowerCase(), purpose: CHANGE_PURPOSE[kind] };
      const belongs = (payload: unknown) => (payload as { changeId?: string } | null)?.changeId === change.id;
      const redeemed = await redeemCode(tx, deps, key, code, belongs);
      if ('problem' in redeemed) return redeemed.problem;
      const changed = await saveAddress(tx, userId, kind, {
        address: newAddress,
        verifiedAt: now(),
        now: now(),
      });
      await completeChange(tx, change.id, now());
      const details = { to: shorten(newAddress) };
      await recordEvent(tx, { userId, type: EVENT[kind].done, origin, now: now(), details });
      await tellChanged(tx, userId);
      if (kind === 'EMAIL') await deps.outbox.publish(tx, 'user.address_verified', { userId });
      return changed;
    })
    .catch((error) => {
      throw isTakenError(error) ? new Problem('ADDRESS_TAKEN') : error;
    });
  if (result instanceof Problem) throw result;
  return result;
}
