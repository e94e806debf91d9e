import type { Db } from '@spacedly/kit';
import { and, asc, eq, inArray, isNotNull, isNull, like, lt, sql } from 'drizzle-orm';
import type { UserRow } from '../accounts/store.ts';
import { counters, idempotencyKeys, linkTokens, oneTimeCodes, users } from '../schema.ts';

export async function markDeleted(
  tx: Db,
  userId: string,
  deletedBy: string | null,
  now: Date,
): Promise<void> {
  await tx
    .update(users)
    .set({ deletedAt: now, deletedBy, updatedAt: now, version: sql`${users.version} + 1` })
    .where(and(eq(users.id, userId), isNull(users.deletedAt)));
}

export async function markRestored(tx: Db, userId: string, now: Date): Promise<UserRow> {
  const [row] = await tx
    .update(users)
    .set({ deletedAt: null, deletedBy: null, updatedAt: now, version: sql`${users.version} + 1` })
    .where(eq(users.id, userId))
    .returning();
  return row as UserRow;
}

/** Accounts deleted before `before`, oldest first. */
export async function findPurgeable(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(isNotNull(users.deletedAt), lt(users.deletedAt, before)))
    .orderBy(asc(users.deletedAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Removes a person with all that hangs on them, and what only knows their addresses. */
export async function deleteUser(tx: Db, userId: string, addresses: readonly string[]): Promise<void> {
  await tx.delete(users).where(eq(users.id, userId));
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.userId, userId));
  // Limits that are kept per account end with its id.
  await tx.delete(counters).where(like(counters.key, `%:${userId}`));
  if (addresses.length === 0) return;
  await tx.delete(oneTimeCodes).where(inArray(oneTimeCodes.target, [...addresses]));
  await tx.delete(linkTokens).where(inArray(linkTokens.target, [...addresses]));
}
