import type { Db } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import { counters } from '../schema.ts';
import type { Claim } from './rules.ts';

export interface Verdict {
  isAllowed: boolean;
  /** The first limit that was hit. */
  exceeded: string | null;
  /** When its window ends. */
  until: Date | null;
}

interface CounterRow {
  [column: string]: unknown;
  key: string;
  count: number;
  window_start: string | Date;
}

/** Adds to all counters at once; in the order of their keys, so that two batches never wait for each other. */
async function bump(tx: Db, claims: readonly Claim[], now: Date): Promise<Map<string, CounterRow>> {
  const sums = Map.groupBy(claims, ({ key }) => key);
  const rows = [...sums].map(([key, same]) => ({
    key,
    n: same.length,
    windowMs: (same[0] as Claim).windowMs,
  }));
  const { rows: counted } = await tx.execute<CounterRow>(sql`
    INSERT INTO ${counters} AS c (key, window_start, count)
    SELECT g.key, ${now}, g.n
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS g("key" text, "n" integer, "windowMs" bigint)
    ORDER BY g.key
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN c.window_start > ${now}::timestamptz - ${windowOf(rows)}
              THEN c.count + excluded.count ELSE excluded.count END,
      window_start = CASE WHEN c.window_start > ${now}::timestamptz - ${windowOf(rows)}
                     THEN c.window_start ELSE excluded.window_start END
    RETURNING key, count, window_start`);
  return new Map(counted.map((row) => [row.key, row]));
}

/** The window of the row at hand. */
function windowOf(rows: readonly { key: string; windowMs: number }[]) {
  const windows = JSON.stringify(Object.fromEntries(rows.map(({ key, windowMs }) => [key, windowMs])));
  return sql`((${windows}::json ->> c.key)::bigint * interval '1 ms')`;
}

/**
 * Counts messages towards their limits, exactly also under parallel batches: the rows stay locked until the commit.
 * What goes beyond a limit counts as well, so that knocking on prolongs nothing but helps nobody either.
 * @param wanted the claims of each message
 */
export async function take(tx: Db, wanted: readonly (readonly Claim[])[], now: Date): Promise<Verdict[]> {
  const all = wanted.flat();
  if (all.length === 0) return wanted.map(() => ({ isAllowed: true, exceeded: null, until: null }));
  const counted = await bump(tx, all, now);
  const ofBatch = Map.groupBy(all, ({ key }) => key);
  const used = new Map(
    [...counted].map(([key, { count }]) => [key, count - (ofBatch.get(key) as Claim[]).length]),
  );
  return wanted.map((claims) => {
    let verdict: Verdict = { isAllowed: true, exceeded: null, until: null };
    for (const { key, max, windowMs } of claims) {
      const place = (used.get(key) ?? 0) + 1;
      used.set(key, place);
      if (place <= max || !verdict.isAllowed) continue;
      const start = new Date((counted.get(key) as CounterRow).window_start);
      verdict = { isAllowed: false, exceeded: key, until: new Date(start.getTime() + windowMs) };
    }
    return verdict;
  });
}
