import { type Db, newId } from '@spacedly/kit';
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import { pushSubscriptions, vapidKeys } from '../schema.ts';

export type SubscriptionRow = typeof pushSubscriptions.$inferSelect;

/** All devices of the given people. */
export async function findSubscriptions(db: Db, userIds: readonly string[]): Promise<SubscriptionRow[]> {
  if (userIds.length === 0) return [];
  return db
    .select()
    .from(pushSubscriptions)
    .where(inArray(pushSubscriptions.userId, [...userIds]))
    .orderBy(asc(pushSubscriptions.id));
}

export async function findSubscription(db: Db, id: string): Promise<SubscriptionRow | undefined> {
  const [row] = await db.select().from(pushSubscriptions).where(eq(pushSubscriptions.id, id));
  return row;
}

/** A browser has one endpoint: whoever signs in on it last gets its messages. */
export async function saveSubscription(
  tx: Db,
  values: Omit<SubscriptionRow, 'id'>,
): Promise<{ row: SubscriptionRow; isNew: boolean }> {
  const id = newId();
  const { endpoint, ...rest } = values;
  const [row] = await tx
    .insert(pushSubscriptions)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: rest })
    .returning();
  return { row: row as SubscriptionRow, isNew: row?.id === id };
}

export async function countSubscriptions(tx: Db, userId: string): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.userId, userId));
  return row?.count ?? 0;
}

/** @returns whether there was one */
export async function deleteSubscription(
  db: Db,
  { userId, id }: { userId: string; id: string },
): Promise<boolean> {
  const deleted = await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.id, id), eq(pushSubscriptions.userId, userId)))
    .returning({ id: pushSubscriptions.id });
  return deleted.length > 0;
}

export interface VapidRow {
  publicKey: string;
  sealedPrivateKey: string;
}

const THE_ROW = 1;

/** The key pair of the installation: the given one, unless there is one already. */
export async function keepVapidKeys(db: Db, made: VapidRow): Promise<VapidRow> {
  await db
    .insert(vapidKeys)
    .values({ id: THE_ROW, ...made })
    .onConflictDoNothing();
  return (await findVapidKeys(db)) as VapidRow;
}

export async function findVapidKeys(db: Db): Promise<VapidRow | undefined> {
  const [row] = await db.select().from(vapidKeys).where(eq(vapidKeys.id, THE_ROW));
  return row;
}
