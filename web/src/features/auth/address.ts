/** Where a code goes: an e-mail address or a phone number, as the API takes them. */
export type Address = { email: string; phone?: undefined } | { phone: string; email?: undefined };

const LOOKS_LIKE_A_PHONE = /^\+?[\d\s()./-]+$/;

/** One field takes both. What is made of digits is a phone number, written as people write them. */
export function addressOf(typed: string): Address {
  const text = typed.trim();
  if (!LOOKS_LIKE_A_PHONE.test(text)) return { email: text };
  return { phone: text.replaceAll(/[\s()./-]/g, '') };
}

export function addressText(address: Address): string {
  return address.email ?? address.phone;
}

/** The server's names of the address → the one field of a form. */
export const ADDRESS_FIELDS = { email: 'address', phone: 'address' };
