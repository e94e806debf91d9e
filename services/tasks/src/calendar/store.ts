import type { CalendarKind } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import { type SQL, sql } from 'drizzle-orm';
import { exams, reminders, reviews, type Series, tasks } from '../schema.ts';
import type { CalendarRow } from './rules.ts';
import type { Recurring } from './rules-expand.ts';

interface Owner {
  userId: string;
  timeZone: string;
}

interface Window {
  from: Date;
  to: Date;
}

const DAY_MS = 86_400_000;

// The owner stands on both sides of each join: so that the tasks are found by their owner too, not all tasks read.

/** A due day begins at another instant in each zone: a day more on each side holds them all, and the index finds it. */
function dueKeyWithin({ from, to }: Window): SQL {
  const [earliest, latest] = [new Date(from.getTime() - DAY_MS), new Date(to.getTime() + DAY_MS)];
  const dueKey = sql`coalesce(due_date, due_day::timestamp AT TIME ZONE 'UTC', 'infinity')`;
  return sql`AND ${dueKey} >= ${earliest} AND ${dueKey} < ${latest}`;
}

function taskRows({ userId, timeZone }: Owner, window: Window | null): SQL {
  return sql`
    SELECT 'task' AS kind, id, title, due_date IS NULL AS "allDay",
      coalesce(due_date, due_day::timestamp AT TIME ZONE ${timeZone}) AS start, status::text,
      id AS "taskId", estimate_minutes AS minutes, recurrence IS NOT NULL AS recurring, false AS projected, version,
      updated_at AS "updatedAt"
    FROM ${tasks}
    WHERE user_id = ${userId} AND deleted_at IS NULL ${window === null ? sql`` : dueKeyWithin(window)}`;
}

function reminderRows({ userId }: Owner, window: Window | null): SQL {
  const within =
    window === null ? sql`` : sql`AND r.scheduled_at >= ${window.from} AND r.scheduled_at < ${window.to}`;
  return sql`
    SELECT 'reminder', r.id, t.title, false, r.scheduled_at, r.status::text, r.task_id, NULL::int, false,
      false, r.version, r.updated_at
    FROM ${reminders} AS r JOIN ${tasks} AS t ON t.id = r.task_id AND t.user_id = ${userId} AND t.deleted_at IS NULL
    WHERE r.user_id = ${userId} ${within}`;
}

function reviewRows({ userId }: Owner, window: Window | null): SQL {
  const within = window === null ? sql`` : sql`AND r.due_at >= ${window.from} AND r.due_at < ${window.to}`;
  return sql`
    SELECT 'review', r.id, t.title, false, r.due_at, r.state::text, r.task_id, NULL::int, false, false,
      r.version, r.updated_at
    FROM ${reviews} AS r JOIN ${tasks} AS t ON t.id = r.task_id AND t.user_id = ${userId} AND t.deleted_at IS NULL
    WHERE r.user_id = ${userId} AND r.suspended_at IS NULL ${within}`;
}

function examRows({ userId, timeZone }: Owner): SQL {
  return sql`
    SELECT 'exam', id, name, true, day::timestamp AT TIME ZONE ${timeZone}, 'planned', NULL::uuid, NULL::int,
      false, false, version, updated_at
    FROM ${exams} WHERE user_id = ${userId}`;
}

const dayOf = (timeZone: string) => sql`to_char(start AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day`;

/** What a page ends with: the next one has what comes after it. */
export interface Place {
  start: string;
  id: string;
}

/** Some of what is stored within a window, by time, in one statement. */
export async function findWithin(
  db: Db,
  owner: Owner,
  window: Window,
  { limit, after }: { limit: number; after: Place | null },
): Promise<CalendarRow[]> {
  const isAfter =
    after === null ? sql`` : sql`AND (start, id) > (${after.start}::timestamptz, ${after.id}::uuid)`;
  const { rows } = await db.execute<{ [K in keyof CalendarRow]: CalendarRow[K] }>(sql`
    SELECT *, ${dayOf(owner.timeZone)} FROM (
      ${taskRows(owner, window)} UNION ALL ${reminderRows(owner, window)}
      UNION ALL ${reviewRows(owner, window)} UNION ALL ${examRows(owner)}
    ) AS items
    WHERE start >= ${window.from} AND start < ${window.to} ${isAfter}
    ORDER BY start, id LIMIT ${limit}`);
  return rows;
}

/** More series than one calendar can show; the oldest are taken. */
const MAX_SERIES = 500;

/** The open tasks whose coming dates are known: those counted from the schedule, not from completion. */
export async function findRecurring(db: Db, owner: Owner): Promise<Recurring[]> {
  const { rows } = await db.execute<{ [K in keyof CalendarRow]: CalendarRow[K] } & { series: Series }>(sql`
    SELECT items.*, ${dayOf(owner.timeZone)}, t.recurrence AS series
    FROM (${taskRows(owner, null)} AND recurrence IS NOT NULL AND status <> 'completed') AS items
    JOIN ${tasks} AS t ON t.id = items.id
    WHERE t.recurrence->>'anchor' = 'due' AND start IS NOT NULL
    ORDER BY items.id LIMIT ${MAX_SERIES}`);
  return rows.map(({ series, ...row }) => ({ row, series }));
}

/** One item, or null when it is not on the calendar. */
export async function findItem(
  db: Db,
  owner: Owner,
  { kind, id }: { kind: CalendarKind; id: string },
): Promise<CalendarRow | null> {
  const source = {
    task: taskRows(owner, null),
    // The names of a union are those of its first part, so that part comes first here too.
    reminder: sql`${taskRows(owner, null)} AND false UNION ALL ${reminderRows(owner, null)} AND r.id = ${id}`,
    review: sql`${taskRows(owner, null)} AND false UNION ALL ${reviewRows(owner, null)} AND r.id = ${id}`,
    exam: sql`${taskRows(owner, null)} AND false UNION ALL ${examRows(owner)} AND id = ${id}`,
  }[kind];
  const { rows } = await db.execute<{ [K in keyof CalendarRow]: CalendarRow[K] }>(sql`
    SELECT *, ${dayOf(owner.timeZone)} FROM (${source}) AS items WHERE id = ${id} AND start IS NOT NULL`);
  return rows[0] ?? null;
}
