import { type SQL, sql } from 'drizzle-orm';
import { countChanges, dayCounts, reminderCounts, reminders, taskCounts, tasks } from '../schema.ts';
import { asked, askedWindow, given, type Question, type Window } from './store.ts';

/** The window is that of review retention. */
export interface OverviewWhere extends Window {
  /** ISO 8601. */
  now: string;
}

/** A list of numbers as JSON, by the functions that take PostgreSQL least: half of what as many `||` take. */
const numbers = (...values: SQL[]) => sql`array_to_json(ARRAY[${sql.join(values, sql`, `)}])::text`;
const kind = sql`'["' || status || '",' || coalesce(to_json(category)::text, 'null')`;
const kindOrNone = sql`'[' || coalesce('"' || status || '"', 'null') || ',' || coalesce(to_json(category)::text, 'null')`;
const list = (item: SQL, from: SQL) =>
  sql`'[' || coalesce((SELECT string_agg(${item}, ',') FROM ${from}), '') || ']'`;
const total = (column: string) => sql`coalesce(sum(${sql.raw(column)}), 0)`;

const ofPerson = sql`user_id = counted_people.user_id`;
const dayOf = sql`(at AT TIME ZONE counted_people.time_zone)::date - asked.from_day`;
/** Of whole days in UTC that are planned for later, and that are over. */
const planned = sql`coalesce(sum(pending) FILTER (WHERE day > asked.utc_day), 0)`;
const missed = sql`coalesce(sum(open) FILTER (WHERE day < asked.utc_day), 0)`;
const isOpen = sql`r.status IN ('pending', 'sent', 'missed')`;
const upcoming = sql`count(*) FILTER (WHERE r.status = 'pending' AND r.scheduled_at > asked.now)`;
const overdue = sql`count(*) FILTER (WHERE r.scheduled_at <= asked.now)`;
const nextMs = sql`(extract(epoch FROM min(r.scheduled_at) FILTER (WHERE r.scheduled_at > asked.now)) * 1000)::bigint`;

const kinds = list(sql`${kind} || ',' || tasks || ']'`, sql`${taskCounts} WHERE ${ofPerson}`);
const days = list(
  numbers(
    ...['day - asked.from_day', 'completed', 'reviewed', 'recalls', 'remembered'].map((of) => sql.raw(of)),
  ),
  sql`${dayCounts} WHERE ${ofPerson} AND day BETWEEN asked.from_day AND asked.to_day`,
);

/** The sums know nothing of days before the window, so those of what is not added to them are put together. */
const changes = list(
  sql`${kindOrNone} || ',' || numbers || ']'`,
  sql`(SELECT status, category, ${numbers(
    sql`greatest(${dayOf}, -1)`,
    ...['completed', 'reviewed', 'recalls', 'remembered', 'tasks', 'completed_reminders'].map(total),
    planned,
    missed,
  )} AS numbers FROM ${countChanges} WHERE ${ofPerson} GROUP BY status, category, greatest(${dayOf}, -1)) AS noted`,
);

/**
 * Whole days in UTC are in the sums, the day that is now is counted by its rows. The sums know nothing of the bin, as a
 * reminder and its task change in transactions that do not wait for each other; what lies there, 30 days at most, is
 * counted.
 */
const ofReminders = sql`'"planned":' || (SELECT ${numbers(planned, missed)} FROM ${reminderCounts} WHERE ${ofPerson})
  || ',"today":' || (
    SELECT ${numbers(upcoming, overdue, nextMs)} FROM ${reminders} AS r
    WHERE r.${ofPerson} AND ${isOpen}
      AND r.scheduled_at >= asked.utc_begin AND r.scheduled_at < asked.utc_begin + interval '24 hours')
  || ',"binned":' || (
    SELECT ${numbers(upcoming, overdue)} FROM ${tasks} AS t
    JOIN ${reminders} AS r ON r.task_id = t.id AND r.user_id = t.user_id AND ${isOpen}
    WHERE t.${ofPerson} AND t.deleted_at IS NOT NULL)`;

/** Everything the analytics page shows in one round trip, as JSON that `rules-sums.ts` adds up. */
export const overview: Question<string> = {
  name: 'sums_overview',
  asked: asked({
    ...askedWindow,
    now: given('now', 'timestamptz'),
    utc_day: sql`(${given('now', 'timestamptz')} AT TIME ZONE 'UTC')::date`,
    utc_begin: sql`date_trunc('day', ${given('now', 'timestamptz')}, 'UTC')`,
  }),
  value: sql`('{"completedReminders":' || counted_people.completed_reminders || ',"tasks":' || ${kinds}
    || ',"days":' || ${days} || ',"changes":' || ${changes} || ',' || ${ofReminders} || '}')`,
};
