import type { Db } from '@spacedly/kit';
import { and, asc, gt, isNull } from 'drizzle-orm';
import type { UserRow } from '../accounts/store.ts';
import { users } from '../schema.ts';

/** False when an account has the e-mail, phone or username already. */
export async function insertIfNew(tx: Db, values: typeof users.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(users).values(values).onConflictDoNothing().returning({ id: users.id });
  return inserted.length > 0;
}

/** Accounts that are not deleted, in the order they were made, after the given one. */
export async function listAfter(db: Db, after: string | undefined, limit: number): Promise<UserRow[]> {
  return db
    .select()
    .from(users)
    .where(and(isNull(users.deletedAt), after === undefined ? undefined : gt(users.id, after)))
    .orderBy(asc(users.id))
    .limit(limit);
}
