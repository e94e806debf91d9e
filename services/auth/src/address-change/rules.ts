import type { UserRow } from '../accounts/store.ts';
import type { Recipient } from '../codes/send.ts';

export type AddressKind = 'EMAIL' | 'PHONE';

export const CHANGE_PURPOSE = { EMAIL: 'EMAIL_CHANGE', PHONE: 'PHONE_CHANGE' } as const;
export const CHANNEL = { EMAIL: 'EMAIL', PHONE: 'SMS' } as const;

/** Enough to recognise one's own address, too little for whoever reads over a shoulder. */
export function shorten(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return `…${address.slice(-3)}`;
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}

export const addressOf = (user: UserRow, kind: AddressKind) => (kind === 'EMAIL' ? user.email : user.phone);

const verifiedAt = (user: UserRow, kind: AddressKind) =>
  kind === 'EMAIL' ? user.emailVerifiedAt : user.phoneVerifiedAt;

/** Who is told of a change: the old address, or the other one where there was none. */
export function toldAt(user: UserRow, kind: AddressKind): Recipient | null {
  for (const candidate of [kind, kind === 'EMAIL' ? 'PHONE' : 'EMAIL'] as const) {
    const address = addressOf(user, candidate);
    if (address !== null && verifiedAt(user, candidate) !== null)
      return { channel: CHANNEL[candidate], address };
  }
  return null;
}

/** The columns of a person that hold an address of this kind. */
export function columnsOf(kind: AddressKind, address: string | null, at: Date | null) {
  return kind === 'EMAIL' ? { email: address, emailVerifiedAt: at } : { phone: address, phoneVerifiedAt: at };
}
