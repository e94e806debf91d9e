import type { Db } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import { reminders, reviewLogs, tasks } from '../schema.ts';

/**
 * The days with something completed, ascending. Jumps from day to day in the indexes (a loose index scan) instead of
 * reading every row: the cost follows the number of days, not the number of things done on them. Each step looks
 * before the start of the day just found and before the instant just found, as a day may begin twice where clocks go
 * back at midnight.
 */
export async function findActiveDays(
  db: Db,
  { userId, timeZone, today }: { userId: string; timeZone: string; today: string },
): Promise<string[]> {
  const latestBefore = (before: ReturnType<typeof sql>) => sql`(
    SELECT max(at) FROM (
      (SELECT completed_at AS at FROM ${tasks}
       WHERE user_id = ${userId} AND completed_at IS NOT NULL AND completed_at < ${before}
       ORDER BY completed_at DESC LIMIT 1)
      UNION ALL
      (SELECT completed_at FROM ${reminders}
       WHERE user_id = ${userId} AND completed_at IS NOT NULL AND completed_at < ${before}
       ORDER BY completed_at DESC LIMIT 1)
      UNION ALL
      (SELECT reviewed_at FROM ${reviewLogs}
       WHERE user_id = ${userId} AND reviewed_at < ${before}
       ORDER BY reviewed_at DESC LIMIT 1)
    ) AS latest)`;
  const startOf = sql`((found.at AT TIME ZONE ${timeZone})::date::timestamp AT TIME ZONE ${timeZone})`;
  const { rows } = await db.execute<{ days: string[] }>(sql`
    WITH RECURSIVE found (at) AS (
      SELECT ${latestBefore(sql`((${today}::date + 1)::timestamp AT TIME ZONE ${timeZone})`)}
      UNION ALL
      SELECT ${latestBefore(sql`least(${startOf}, found.at)`)} FROM found WHERE found.at IS NOT NULL
    )
    SELECT coalesce(array_agg(DISTINCT to_char(at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD')), '{}') AS days
    FROM found WHERE at IS NOT NULL`);
  return rows[0]?.days ?? [];
}

/** How much was completed on each day of a window, ascending; days without anything are left out. */
export async function countByDay(
  db: Db,
  { userId, timeZone, from, to }: { userId: string; timeZone: string; from: Date; to: Date },
): Promise<{ date: string; count: number }[]> {
  const { rows } = await db.execute<{ date: string; count: number }>(sql`
    SELECT to_char(at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS date, count(*)::int AS count
    FROM (
      SELECT completed_at AS at FROM ${tasks}
      WHERE user_id = ${userId} AND completed_at IS NOT NULL AND completed_at >= ${from} AND completed_at < ${to}
      UNION ALL
      SELECT completed_at FROM ${reminders}
      WHERE user_id = ${userId} AND completed_at IS NOT NULL AND completed_at >= ${from} AND completed_at < ${to}
      UNION ALL
      SELECT reviewed_at FROM ${reviewLogs}
      WHERE user_id = ${userId} AND reviewed_at >= ${from} AND reviewed_at < ${to}
    ) AS done
    GROUP BY 1 ORDER BY 1`);
  return rows;
}
