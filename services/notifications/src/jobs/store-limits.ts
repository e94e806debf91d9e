import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { desc, eq, sql } from 'drizzle-orm';
import { SMS_DAY_KEY } from '../held/rules.ts';
import { counters, suppressions } from '../schema.ts';

const DAY_MS = 86_400_000;

/** SMS counted in the window of a day that is open now. */
export async function countSmsToday(db: Db, now: Date): Promise<number> {
  const [row] = await db.select().from(counters).where(eq(counters.key, SMS_DAY_KEY));
  if (row === undefined || now.getTime() - row.windowStart.getTime() >= DAY_MS) return 0;
  return row.count;
}

/** One page of refused addresses, latest first. */
export async function listSuppressions(
  db: Db,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const [before, address] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'text']);
  const rows = await db
    .select()
    .from(suppressions)
    .where(
      before === undefined
        ? undefined
        : sql`(${suppressions.at}, ${suppressions.address}) < (${before}::timestamptz, ${address})`,
    )
    .orderBy(desc(suppressions.at), desc(suppressions.address))
    .limit(limit + 1);
  const shown = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  return toPage(shown, limit, (row) => [row.at, row.address]);
}
