import { sql } from 'drizzle-orm';
import { reminderCounts, reminders, taskCounts, tasks } from '../schema.ts';
import { daysDone, type Window, withChanges } from './store.ts';

export interface Overview {
  tasks: { status: 'todo' | 'in-progress' | 'completed'; category: string | null; count: number }[];
  completedReminders: number;
  reminders: { upcoming: number; overdue: number };
  days: { date: string; completed: number; reviewed: number }[];
  retention: { reviews: number; remembered: number };
}

/** The window is that of review retention. */
export interface OverviewWhere extends Window {
  /** ISO 8601. */
  now: string;
  /** The first day that is shown, within the window. */
  since: string;
}

const now = sql`${sql.placeholder('now')}::timestamptz`;
const isOpen = sql`status IN ('pending', 'sent', 'missed')`;
const upcomingAndOverdue = sql`count(*) FILTER (WHERE r.status = 'pending' AND r.scheduled_at > ${now}) AS upcoming,
  count(*) FILTER (WHERE r.scheduled_at <= ${now}) AS overdue`;

const tasksByKind = sql`
  SELECT coalesce(json_agg(kinds), '[]') FROM (
    SELECT status, category, sum(tasks) AS count FROM (
      SELECT status, category, tasks FROM ${taskCounts} WHERE user_id = counted_people.user_id
      UNION ALL SELECT status, category, tasks FROM changes WHERE tasks <> 0) AS counted
    GROUP BY status, category HAVING sum(tasks) <> 0) AS kinds`;

/**
 * Whole days in UTC from the sums, the day that is now by its rows. The sums know nothing of the bin, as a reminder and
 * its task change in transactions that do not wait for each other; what lies there, 30 days at most, is counted.
 */
const openReminders = sql`
  SELECT json_build_object(
    'upcoming', planned.upcoming + today.upcoming - binned.upcoming,
    'overdue', planned.overdue + today.overdue - binned.overdue)
  FROM (
    SELECT coalesce(sum(pending) FILTER (WHERE day > (${now} AT TIME ZONE 'UTC')::date), 0) AS upcoming,
      coalesce(sum(open) FILTER (WHERE day < (${now} AT TIME ZONE 'UTC')::date), 0) AS overdue
    FROM (
      SELECT day, pending, open FROM ${reminderCounts} WHERE user_id = counted_people.user_id
      UNION ALL SELECT day, pending, open FROM changes WHERE day IS NOT NULL) AS counted
  ) AS planned, (
    SELECT ${upcomingAndOverdue} FROM ${reminders} AS r
    WHERE r.user_id = counted_people.user_id AND r.${isOpen}
      AND r.scheduled_at >= date_trunc('day', ${now}, 'UTC')
      AND r.scheduled_at < date_trunc('day', ${now}, 'UTC') + interval '24 hours'
  ) AS today, (
    SELECT ${upcomingAndOverdue} FROM ${tasks} AS t
    JOIN ${reminders} AS r ON r.task_id = t.id AND r.user_id = t.user_id AND r.${isOpen}
    WHERE t.user_id = counted_people.user_id AND t.deleted_at IS NOT NULL
  ) AS binned`;

/** Everything the analytics page shows, in one round trip. */
export const overview = sql<Overview>`(${withChanges}, days AS MATERIALIZED (${daysDone})
  SELECT json_build_object(
    'tasks', (${tasksByKind}),
    'completedReminders', counted_people.completed_reminders
      + (SELECT coalesce(sum(completed_reminders), 0) FROM changes),
    'reminders', (${openReminders}),
    'days', (
      SELECT coalesce(json_agg(json_build_object('date', day, 'completed', completed, 'reviewed', reviewed)), '[]')
      FROM days WHERE day >= ${sql.placeholder('since')}::date),
    'retention', (
      SELECT json_build_object('reviews', coalesce(sum(recalls), 0), 'remembered', coalesce(sum(remembered), 0))
      FROM days)))`;
