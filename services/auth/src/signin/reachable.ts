import type { Db } from '@spacedly/kit';
import { findUserByIdentifier, type UserRow } from '../accounts/store.ts';

/** Whether a code or link sent to the address may be used for the account now. */
export function isReachableAt(user: UserRow, address: string): boolean {
  if (!user.isActive || user.deletedAt !== null) return false;
  const lower = address.toLowerCase();
  if (user.email?.toLowerCase() === lower) return user.emailVerifiedAt !== null;
  return user.phone === lower && user.phoneVerifiedAt !== null;
}

/** Whose account may get a code or link at the address; null for unknown, unverified, deactivated and deleted ones. */
export async function findReachable(db: Db, address: string): Promise<UserRow | null> {
  const user = await findUserByIdentifier(db, address);
  return user !== null && isReachableAt(user, address) ? user : null;
}
