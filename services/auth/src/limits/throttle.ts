import type { Db } from '@spacedly/kit';
import { lt, type SQL, sql } from 'drizzle-orm';
import { counters, loginThrottles } from '../schema.ts';

/**
 * How failures under a key are slowed down. Counted and judged by `auth.count_sign_in` in the database, see the migration
 * `0001_sign-ins`.
 */
export interface Throttled {
  key: string;
  /** Failures that are free in a window. */
  max: number;
  windowMs: number;
  /** The first wait; each failure after it doubles the next, up to `maxDelayMs`. */
  delayMs: number;
  maxDelayMs: number;
}

type Keys<T> = Record<'pardoned' | 'throttled' | 'counted', T>;

/**
 * The steps that take back what an attempt that was right counted: forget the failures under the key `pardoned`, take one
 * back under `throttled`, with the block that it may have caused, and one count under `counted`. In this order, in which
 * attempts are counted too: two that meet wait for each other in turn.
 * @param where what must be so as well, for each of them
 */
export function takingBack(keys: Keys<SQL>, where: SQL = sql`true`): Keys<SQL> {
  return {
    pardoned: sql`DELETE FROM ${loginThrottles} WHERE key = ${keys.pardoned} AND ${where} RETURNING key`,
    throttled: sql`
      UPDATE ${loginThrottles}
      SET failures = greatest(failures - 1, 0), strikes = greatest(strikes - (blocked_until IS NOT NULL)::int, 0),
        blocked_until = NULL
      WHERE key = ${keys.throttled} AND ${where} AND (SELECT count(*) FROM pardoned) >= 0
      RETURNING key`,
    counted: sql`
      UPDATE ${counters} SET count = greatest(count - 1, 0)
      WHERE key = ${keys.counted} AND ${where} AND (SELECT count(*) FROM throttled) >= 0`,
  };
}

/** Takes back what an attempt that was right counted, in one statement. */
export async function takeBack(db: Db, keys: Keys<string>): Promise<void> {
  const { pardoned, throttled, counted } = takingBack({
    pardoned: sql`${keys.pardoned}`,
    throttled: sql`${keys.throttled}`,
    counted: sql`${keys.counted}`,
  });
  await db.execute(sql`WITH pardoned AS (${pardoned}), throttled AS (${throttled}) ${counted}`);
}

export async function deleteOldThrottles(db: Db, before: Date): Promise<void> {
  await db.delete(loginThrottles).where(lt(loginThrottles.updatedAt, before));
}
