import type { Db } from '@spacedly/kit';
import { eq, inArray, lt, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { loginThrottles } from '../schema.ts';
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
 * the other: the rows may not be there yet, so it is the keys that are locked, in one order.
 */
export async function attempt(
  db: NodePgDatabase,
  throttled: readonly Throttled[],
  now: Date,
): Promise<Attempt> {
  const keys = throttled.map(({ key }) => key).sort();
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`SELECT pg_advisory_xact_lock(hashtextextended('throttle:' || key, 0)) FROM unnest(${sql.param(keys)}::text[]) AS key`,
    );
    const rows = await tx.select().from(loginThrottles).where(inArray(loginThrottles.key, keys));
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
  });
}

/** Forgets the failures under a key. */
export async function pardon(db: Db, key: string): Promise<void> {
  await db.delete(loginThrottles).where(eq(loginThrottles.key, key));
}

/** Takes one failure back; the block that it may have caused ends with it. */
export async function takeBack(db: Db, key: string): Promise<void> {
  await db
    .update(loginThrottles)
    .set({
      failures: sql`greatest(${loginThrottles.failures} - 1, 0)`,
      strikes: sql`greatest(${loginThrottles.strikes} - (${loginThrottles.blockedUntil} IS NOT NULL)::int, 0)`,
      blockedUntil: null,
    })
    .where(eq(loginThrottles.key, key));
}

export async function deleteOldThrottles(db: Db, before: Date): Promise<void> {
  await db.delete(loginThrottles).where(lt(loginThrottles.updatedAt, before));
}
