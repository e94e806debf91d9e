import type { Db } from '@spacedly/kit';
import { desc, inArray, lt, sql } from 'drizzle-orm';
import { counters, loginThrottles } from '../schema.ts';
import { decideAttempt, type Throttle, type ThrottleState } from './rules.ts';

export interface Throttled {
  key: string;
  throttle: Throttle;
}

export type Attempt =
  | { isAllowed: true }
  | { isAllowed: false; refusedBy: string; retryAfterSeconds: number };

/**
 * Counts an attempt under all keys if each of them allows it, else under none. Parallel attempts are judged one after
 * the other, until the transaction ends: the rows may not be there yet, so it is the keys that are locked, in one order.
 */
export async function attempt(tx: Db, throttled: readonly Throttled[], now: Date): Promise<Attempt> {
  const keys = throttled.map(({ key }) => key).sort();
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('throttle:' || key, 0)) FROM unnest(${sql.param(keys)}::text[]) AS key`,
  );
  // Locked as well, or what a success takes back in this moment would be written over; longest key first, as it does.
  const rows = await tx
    .select()
    .from(loginThrottles)
    .where(inArray(loginThrottles.key, keys))
    .orderBy(desc(loginThrottles.key))
    .for('update');
  const states = new Map<string, ThrottleState>(rows.map((row) => [row.key, row]));
  const counted = [];
  for (const { key, throttle } of throttled) {
    const decision = decideAttempt(states.get(key) ?? null, throttle, now);
    if (!decision.isAllowed) {
      return { isAllowed: false, refusedBy: key, retryAfterSeconds: decision.retryAfterSeconds };
    }
    counted.push({ key, ...decision.next });
  }
  await tx
    .insert(loginThrottles)
    .values(counted)
    .onConflictDoUpdate({
      target: loginThrottles.key,
      set: {
        failures: sql`excluded.failures`,
        windowStart: sql`excluded.window_start`,
        strikes: sql`excluded.strikes`,
        blockedUntil: sql`excluded.blocked_until`,
        updatedAt: sql`excluded.updated_at`,
      },
    });
  return { isAllowed: true };
}

/**
 * Takes back what an attempt that was right counted: forgets the failures under the key `pardoned`, takes one back under
 * `throttled`, with the block that it may have caused, and one count under `counted`. One statement, and in this order,
 * in which attempts are counted too: two that meet wait for each other in turn.
 */
export async function takeBack(
  db: Db,
  { pardoned, throttled, counted }: { pardoned: string; throttled: string; counted: string },
): Promise<void> {
  await db.execute(sql`
    WITH pardoned AS (
      DELETE FROM ${loginThrottles} WHERE key = ${pardoned} RETURNING key
    ), throttled AS (
      UPDATE ${loginThrottles}
      SET failures = greatest(failures - 1, 0), strikes = greatest(strikes - (blocked_until IS NOT NULL)::int, 0),
        blocked_until = NULL
      WHERE key = ${throttled} AND (SELECT count(*) FROM pardoned) >= 0
      RETURNING key
    )
    UPDATE ${counters} SET count = greatest(count - 1, 0)
    WHERE key = ${counted} AND (SELECT count(*) FROM throttled) >= 0`);
}

export async function deleteOldThrottles(db: Db, before: Date): Promise<void> {
  await db.delete(loginThrottles).where(lt(loginThrottles.updatedAt, before));
}
