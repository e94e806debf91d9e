import type { merchantStatus } from '@spacedly/contracts';
import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { merchants, users } from '../schema.ts';

export type MerchantRow = typeof merchants.$inferSelect;
type NewMerchant = typeof merchants.$inferInsert;

/** The business of a person who is not deleted. */
export async function findMerchant(db: Db, userId: string): Promise<MerchantRow | null> {
  const [row] = await db
    .select({ merchant: merchants })
    .from(merchants)
    .innerJoin(users, and(eq(users.id, merchants.userId), isNull(users.deletedAt)))
    .where(eq(merchants.userId, userId));
  return row?.merchant ?? null;
}

export async function insertMerchant(tx: Db, values: NewMerchant): Promise<MerchantRow> {
  const [row] = await tx.insert(merchants).values(values).returning();
  return row as MerchantRow;
}

export async function updateMerchant(
  tx: Db,
  userId: string,
  changes: Partial<NewMerchant>,
): Promise<MerchantRow> {
  const [row] = await tx
    .update(merchants)
    .set({ ...changes, version: sql`${merchants.version} + 1` })
    .where(eq(merchants.userId, userId))
    .returning();
  return row as MerchantRow;
}

/** One page of businesses, longest waiting first. */
export async function listMerchants(
  db: Db,
  query: { status?: z.output<typeof merchantStatus> | undefined; cursor?: string | undefined; limit: number },
) {
  const { status, cursor, limit } = query;
  const [submittedAt, userId] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'uuid']);
  const rows = await db
    .select({ merchant: merchants })
    .from(merchants)
    .innerJoin(users, and(eq(users.id, merchants.userId), isNull(users.deletedAt)))
    .where(
      and(
        status === undefined ? undefined : eq(merchants.status, status),
        submittedAt === undefined
          ? undefined
          : sql`(${merchants.submittedAt}, ${merchants.userId}) > (${submittedAt}::timestamptz, ${userId}::uuid)`,
      ),
    )
    .orderBy(asc(merchants.submittedAt), asc(merchants.userId))
    .limit(limit + 1);
  const found = rows.map(({ merchant }) => merchant);
  return toPage(found, limit, (row) => [row.submittedAt.toISOString(), row.userId]);
}
