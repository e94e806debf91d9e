import type { stats } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { merchants, oneTimeCodes, sessions, users } from '../schema.ts';

type Stats = z.output<typeof stats>;

const DAYS = 30;

/** Sign-ins are sessions that began; those in which an admin acts for somebody are none. */
async function findSignIns(db: Db, now: Date): Promise<Stats['signInsPerDay']> {
  const result = await db.execute<{ day: string; count: number }>(sql`
    WITH days AS (
      SELECT (${now}::timestamptz AT TIME ZONE 'UTC')::date - n AS day FROM generate_series(0, ${DAYS - 1}) AS n
    ), counted AS (
      SELECT (${sessions.createdAt} AT TIME ZONE 'UTC')::date AS day, count(*)::int AS count
      FROM ${sessions}
      WHERE ${sessions.impersonatedBy} IS NULL
        AND ${sessions.createdAt} > ${now}::timestamptz - ${`${DAYS} days`}::interval
      GROUP BY 1
    )
    SELECT to_char(days.day, 'YYYY-MM-DD') AS day, coalesce(counted.count, 0) AS count
    FROM days LEFT JOIN counted USING (day) ORDER BY days.day`);
  return result.rows;
}

/** The installation in numbers, counted now. */
export async function findStats(db: Db, now: Date): Promise<Stats> {
  const result = await db.execute<Omit<Stats, 'signInsPerDay'>>(sql`
    WITH people AS (
      SELECT deleted_at IS NOT NULL AS is_deleted, is_active,
             (email_verified_at IS NOT NULL OR phone_verified_at IS NOT NULL) AS is_verified
      FROM ${users}
    )
    SELECT count(*) FILTER (WHERE NOT is_deleted)::int AS total,
           count(*) FILTER (WHERE NOT is_deleted AND is_active AND is_verified)::int AS active,
           count(*) FILTER (WHERE NOT is_deleted AND is_verified)::int AS verified,
           count(*) FILTER (WHERE NOT is_deleted AND NOT is_verified)::int AS unverified,
           count(*) FILTER (WHERE NOT is_deleted AND NOT is_active)::int AS deactivated,
           count(*) FILTER (WHERE is_deleted)::int AS deleted,
           (SELECT count(*) FROM ${merchants} WHERE status = 'PENDING')::int AS "merchantsPending",
           (SELECT count(*) FROM ${oneTimeCodes}
            WHERE code_hmac IS NOT NULL AND expires_at > ${now})::int AS "pendingCodes",
           (SELECT count(*) FROM ${sessions} WHERE ended_at IS NULL AND ends_at > ${now})::int AS sessions
    FROM people`);
  const [row] = result.rows;
  return { ...(row as Omit<Stats, 'signInsPerDay'>), signInsPerDay: await findSignIns(db, now) };
}
