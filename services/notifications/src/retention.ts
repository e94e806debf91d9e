import type { Platform } from '@spacedly/kit';
import { inArray, sql } from 'drizzle-orm';
import { counters, deliveries } from './schema.ts';

/** The delivery log tells of the last three months. */
const LOG_DAYS = 90;
/** No window is longer than a day. */
const COUNTER_DAYS = 2;
const BATCH = 5_000;

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000);

/** Removes old deliveries, with their steps, and counters of windows long over. @returns whether there may be more */
export async function applyRetention({ database: { db }, now }: Platform): Promise<boolean> {
  const at = now();
  const old = db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(sql`${deliveries.queuedAt} < ${daysBefore(at, LOG_DAYS)} AND ${deliveries.status} <> 'held'`)
    .limit(BATCH);
  const removed = await db
    .delete(deliveries)
    .where(inArray(deliveries.id, old))
    .returning({ id: deliveries.id });
  await db.delete(counters).where(sql`${counters.windowStart} < ${daysBefore(at, COUNTER_DAYS)}`);
  return removed.length === BATCH;
}
