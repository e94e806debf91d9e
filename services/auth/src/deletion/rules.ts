import { equalInConstantTime, type Secrets } from '@spacedly/kit';
import type { UserRow } from '../accounts/store.ts';

const RESTORABLE_MS = 30 * 86_400_000;

/** When a deleted account is removed for good. */
export function purgeAfter(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + RESTORABLE_MS);
}

/** The latest deletion that is due for the purge. */
export function purgeBefore(now: Date): Date {
  return new Date(now.getTime() - RESTORABLE_MS);
}

const signature = (secrets: Secrets, userId: string, deletedAt: Date) =>
  secrets.hmac(`restore:${userId}:${deletedAt.toISOString()}`);

/**
 * The token of the link that takes a deletion back: signed rather than stored, and bound to the very deletion, so that
 * it is used up once the account is restored and does not work for a later one.
 */
export function restoreToken(secrets: Secrets, userId: string, deletedAt: Date): string {
  return `${userId}.${signature(secrets, userId, deletedAt)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whose account a token claims to restore; null when it is none of ours. */
export function userOfToken(token: string): string | null {
  const [userId = ''] = token.split('.', 1);
  return UUID.test(userId) ? userId : null;
}

/** Whether the token restores this account now. Accounts deleted by an admin come back through an admin only. */
export function mayRestore(
  secrets: Secrets,
  user: Pick<UserRow, 'id' | 'deletedAt' | 'deletedBy'>,
  token: string,
  now: Date,
): boolean {
  const { id, deletedAt, deletedBy } = user;
  if (deletedAt === null || deletedBy !== id || now >= purgeAfter(deletedAt)) return false;
  return equalInConstantTime(token, restoreToken(secrets, id, deletedAt));
}
