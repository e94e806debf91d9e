import type { Db } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import { reminders, tasks } from '../schema.ts';

/**
 * Runs of days in a row with something completed (gaps and islands: a day minus its rank is the same for all days
 * of a run). The active run reaches today or yesterday: a day that is not over yet breaks nothing.
 */
export async function findStreaks(
  db: Db,
  { userId, timeZone, today }: { userId: string; timeZone: string; today: string },
): Promise<{ active: number; longest: number }> {
  const result = await db.execute<{ active: number; longest: number }>(sql`
    WITH days AS (
      SELECT (completed_at AT TIME ZONE ${timeZone})::date AS day
      FROM ${tasks} WHERE user_id = ${userId} AND completed_at IS NOT NULL
      UNION
      SELECT (completed_at AT TIME ZONE ${timeZone})::date
      FROM ${reminders} WHERE user_id = ${userId} AND completed_at IS NOT NULL
    ), islands AS (
      SELECT day, day - (row_number() OVER (ORDER BY day))::int AS island FROM days
    ), runs AS (
      SELECT max(day) AS last_day, count(*)::int AS length FROM islands GROUP BY island
    )
    SELECT coalesce(max(length), 0) AS longest,
           coalesce(max(length) FILTER (WHERE last_day >= ${today}::date - 1), 0) AS active
    FROM runs`);
  const [row] = result.rows;
  return { active: row?.active ?? 0, longest: row?.longest ?? 0 };
}
