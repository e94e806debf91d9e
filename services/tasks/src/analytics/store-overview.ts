import type { Db } from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import { reminders, reviewLogs, tasks } from '../schema.ts';

export interface Overview {
  tasks: { status: 'todo' | 'in-progress' | 'completed'; category: string | null; count: number }[];
  completedReminders: number;
  reminders: { upcoming: number; overdue: number };
  days: { date: string; completed: number; reviewed: number }[];
  retention: { reviews: number; remembered: number };
}

interface OverviewWhere {
  userId: string;
  timeZone: string;
  now: Date;
  /** Begin of what is counted by day. */
  since: Date;
  /** Begin of what is counted as review retention. */
  retentionSince: Date;
}

/** Everything the analytics page shows, in one round trip. */
export async function findOverview(
  db: Db,
  { userId, timeZone, now, since, retentionSince }: OverviewWhere,
): Promise<Overview> {
  const dayOf = (column: 'completed_at' | 'reviewed_at') =>
    sql`to_char(${sql.raw(column)} AT TIME ZONE ${timeZone}, 'YYYY-MM-DD')`;
  const { rows } = await db.execute<{ [K in keyof Overview]: Overview[K] }>(sql`
    SELECT
      (SELECT coalesce(json_agg(g), '[]') FROM (
        SELECT status, category, count(*)::int AS count FROM ${tasks}
        WHERE user_id = ${userId} AND deleted_at IS NULL GROUP BY status, category) AS g) AS tasks,
      (SELECT count(*)::int FROM ${reminders}
        WHERE user_id = ${userId} AND completed_at IS NOT NULL AND status = 'completed') AS "completedReminders",
      (SELECT row_to_json(c) FROM (
        SELECT count(*) FILTER (WHERE r.status = 'pending' AND r.scheduled_at > ${now})::int AS upcoming,
          count(*) FILTER (WHERE r.scheduled_at <= ${now})::int AS overdue
        FROM ${reminders} AS r
        JOIN ${tasks} AS t ON t.id = r.task_id AND t.user_id = ${userId} AND t.deleted_at IS NULL
        WHERE r.user_id = ${userId} AND r.status IN ('pending', 'sent', 'missed')) AS c) AS reminders,
      (SELECT coalesce(json_agg(d), '[]') FROM (
        SELECT date, sum(completed)::int AS completed, sum(reviewed)::int AS reviewed FROM (
          SELECT ${dayOf('completed_at')} AS date, count(*) AS completed, 0 AS reviewed FROM ${tasks}
          WHERE user_id = ${userId} AND completed_at IS NOT NULL AND completed_at >= ${since} GROUP BY 1
          UNION ALL
          SELECT ${dayOf('completed_at')}, count(*), 0 FROM ${reminders}
          WHERE user_id = ${userId} AND completed_at IS NOT NULL AND completed_at >= ${since} GROUP BY 1
          UNION ALL
          SELECT ${dayOf('reviewed_at')}, 0, count(*) FROM ${reviewLogs}
          WHERE user_id = ${userId} AND reviewed_at >= ${since} GROUP BY 1) AS done
        GROUP BY date) AS d) AS days,
      (SELECT row_to_json(v) FROM (
        SELECT count(*)::int AS reviews, count(*) FILTER (WHERE grade <> 'again')::int AS remembered
        FROM ${reviewLogs}
        WHERE user_id = ${userId} AND reviewed_at >= ${retentionSince} AND state_before = 'review') AS v) AS retention`);
  return rows[0] as Overview;
}
