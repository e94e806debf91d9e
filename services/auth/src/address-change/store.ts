import type { Db } from '@spacedly/kit';
import { and, asc, eq, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { UserRow } from '../accounts/store.ts';
import { addressChanges, users } from '../schema.ts';
import { type AddressKind, columnsOf } from './rules.ts';

export type ChangeRow = typeof addressChanges.$inferSelect;

const isPendingOf = (userId: string, kind: AddressKind) =>
  and(
    eq(addressChanges.userId, userId),
    eq(addressChanges.kind, kind),
    isNull(addressChanges.completedAt),
    isNull(addressChanges.endedAt),
  );

/** Begins a change in place of one that is still pending. */
export async function insertChange(tx: Db, row: typeof addressChanges.$inferInsert): Promise<void> {
  await tx.update(addressChanges).set({ endedAt: row.createdAt }).where(isPendingOf(row.userId, row.kind));
  await tx.insert(addressChanges).values(row);
}

export async function findPending(tx: Db, userId: string, kind: AddressKind): Promise<ChangeRow | null> {
  const [row] = await tx.select().from(addressChanges).where(isPendingOf(userId, kind)).for('update');
  return row ?? null;
}

export async function findChange(db: Db, changeId: string): Promise<ChangeRow | null> {
  const [row] = await db.select().from(addressChanges).where(eq(addressChanges.id, changeId));
  return row ?? null;
}

export async function completeChange(tx: Db, changeId: string, now: Date): Promise<void> {
  await tx.update(addressChanges).set({ completedAt: now }).where(eq(addressChanges.id, changeId));
}

/** Ends a change and whatever came after it: taking one back takes back all that was built on it. */
export async function endChangesSince(
  tx: Db,
  { userId, kind, createdAt }: ChangeRow,
  now: Date,
): Promise<void> {
  await tx
    .update(addressChanges)
    .set({ endedAt: now })
    .where(
      and(
        eq(addressChanges.userId, userId),
        eq(addressChanges.kind, kind),
        gte(addressChanges.createdAt, createdAt),
        isNull(addressChanges.endedAt),
      ),
    );
}

/** The first change of an address that was finished since an instant, and not taken back. */
export async function firstFinishedSince(tx: Db, userId: string, kind: AddressKind, since: Date) {
  const [row] = await tx
    .select()
    .from(addressChanges)
    .where(
      and(
        eq(addressChanges.userId, userId),
        eq(addressChanges.kind, kind),
        gte(addressChanges.createdAt, since),
        isNotNull(addressChanges.completedAt),
        isNull(addressChanges.endedAt),
      ),
    )
    .orderBy(asc(addressChanges.createdAt))
    .limit(1);
  return row ?? null;
}

/** Gives a person another address; null takes it away. */
export async function saveAddress(
  tx: Db,
  userId: string,
  kind: AddressKind,
  { address, verifiedAt, now }: { address: string | null; verifiedAt: Date | null; now: Date },
): Promise<UserRow> {
  const [row] = await tx
    .update(users)
    .set({ ...columnsOf(kind, address, verifiedAt), version: sql`${users.version} + 1`, updatedAt: now })
    .where(eq(users.id, userId))
    .returning();
  return row as UserRow;
}

export async function deleteOldChanges(db: Db, before: Date): Promise<void> {
  await db.delete(addressChanges).where(lt(addressChanges.cancellableUntil, before));
}
