import { sql } from 'drizzle-orm';
import type { Db } from '../db/pool.ts';

/**
 * Removes every job that names a person: events waiting to be handled and those that were, which the queue would keep
 * for days. Jobs that run at this moment are left to end.
 * @param addresses their e-mail and phone, lower case
 */
export async function forgetInQueues(tx: Db, userId: string, addresses: readonly string[]): Promise<void> {
  const known = sql.join(
    ['', ...addresses].map((address) => sql`${address}`),
    sql`, `,
  );
  await tx.execute(sql`
    DELETE FROM jobs.job
    WHERE state <> 'active'
      AND (data->'data'->>'userId' = ${userId} OR lower(data->'data'->>'to') IN (${known}))`);
}
