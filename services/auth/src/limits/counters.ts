import type { Db } from '@spacedly/kit';
import { eq, lt, sql } from 'drizzle-orm';
import { counters } from '../schema.ts';

export interface Limit {
  max: number;
  windowMs: number;
}

export interface Consumed {
  isAllowed: boolean;
  /** Seconds until the window ends. */
  retryAfterSeconds: number;
}

/**
 * Counts one more in a fixed window and says whether that was still allowed. One atomic statement: of 50 parallel
 * calls exactly `max` are allowed. Counting before the deed is what makes it exact; a deed that must not count is
 * taken back with `forget`.
 */
export async function consume(db: Db, key: string, limit: Limit, now: Date): Promise<Consumed> {
  const oldest = new Date(now.getTime() - limit.windowMs);
  const [row] = await db
    .insert(counters)
    .values({ key, count: 1, windowStart: now })
    .onConflictDoUpdate({
      target: counters.key,
      set: {
        count: sql`CASE WHEN ${counters.windowStart} <= ${oldest} THEN 1 ELSE ${counters.count} + 1 END`,
        windowStart: sql`CASE WHEN ${counters.windowStart} <= ${oldest} THEN ${now} ELSE ${counters.windowStart} END`,
      },
    })
    .returning();
  const { count, windowStart } = row as typeof counters.$inferSelect;
  const endsAt = windowStart.getTime() + limit.windowMs;
  return {
    isAllowed: count <= limit.max,
    retryAfterSeconds: Math.max(1, Math.ceil((endsAt - now.getTime()) / 1_000)),
  };
}

/** Forgets what was counted under a key. */
export async function forget(db: Db, key: string): Promise<void> {
  await db.delete(counters).where(eq(counters.key, key));
}

/** Takes one count back. */
export async function giveBack(db: Db, key: string): Promise<void> {
  await db
    .update(counters)
    .set({ count: sql`greatest(${counters.count} - 1, 0)` })
    .where(eq(counters.key, key));
}

/** Removes counts whose window is long over; their keys name networks. */
export async function deleteOldCounters(db: Db, before: Date): Promise<void> {
  await db.delete(counters).where(lt(counters.windowStart, before));
}
