import type { Db } from '@spacedly/kit';
import { eq } from 'drizzle-orm';
import { calendarFeeds } from '../schema.ts';

export type FeedRow = typeof calendarFeeds.$inferSelect;

export async function findFeed(db: Db, userId: string): Promise<FeedRow | null> {
  const [row] = await db.select().from(calendarFeeds).where(eq(calendarFeeds.userId, userId));
  return row ?? null;
}

/** Whose feed it is, by the hash of its token. */
export async function findFeedOwner(db: Db, tokenHash: string): Promise<string | null> {
  const [row] = await db
    .select({ userId: calendarFeeds.userId })
    .from(calendarFeeds)
    .where(eq(calendarFeeds.tokenHash, tokenHash));
  return row?.userId ?? null;
}

/** A person has one feed: a new one ends the one before. */
export async function replaceFeed(tx: Db, row: FeedRow): Promise<void> {
  const { userId: _, ...changes } = row;
  await tx
    .insert(calendarFeeds)
    .values(row)
    .onConflictDoUpdate({ target: calendarFeeds.userId, set: changes });
}

/** @returns whether there was one */
export async function deleteFeed(db: Db, userId: string): Promise<boolean> {
  const rows = await db
    .delete(calendarFeeds)
    .where(eq(calendarFeeds.userId, userId))
    .returning({ userId: calendarFeeds.userId });
  return rows.length > 0;
}
