import type { Today } from '@spacedly/contracts';
import { and, count, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import { dayIn } from '../analytics/rules.ts';
import { budgetOf } from '../budget/service.ts';
import type { TasksDeps } from '../deps.ts';
import { tasks } from '../schema.ts';
import { presentTask } from './rules.ts';
import { isLive, taskColumns } from './store.ts';
import { isOverdue } from './store-list.ts';

/** A day with more than this is not a plan; the rest is found in the list of tasks. */
const MAX_SHOWN = 200;

/** The start of a day where the person lives, as an instant. */
const startOf = (day: string, zone: string, addDays = 0): SQL =>
  sql`((${day}::date + ${addDays}::int)::timestamp AT TIME ZONE ${zone})`;

/** What is due today, what is overdue, and whether it fits into the day, in the person's own zone. */
export async function getToday({ db, zones, now }: TasksDeps, userId: string): Promise<Today> {
  const at = now();
  const timeZone = await zones.of(userId);
  const today = dayIn(timeZone, at);
  const isMine = and(eq(tasks.userId, userId), isLive);
  const isDueLaterToday = and(
    ne(tasks.status, 'completed'),
    or(
      sql`${tasks.dueDate} >= ${at} AND ${tasks.dueDate} < ${startOf(today, timeZone, 1)}`,
      sql`${tasks.dueDay} = ${today}::date`,
    ),
  );
  const bySoonest = sql`coalesce(${tasks.dueDate}, ${startOf(today, timeZone, 1)}), ${tasks.id}`;
  const select = (where: SQL | undefined) =>
    db.select(taskColumns).from(tasks).where(and(isMine, where)).orderBy(bySoonest).limit(MAX_SHOWN);
  const [overdue, due, [done]] = await Promise.all([
    select(isOverdue(at, today)),
    select(isDueLaterToday),
    db
      .select({ count: count() })
      .from(tasks)
      .where(and(isMine, sql`${tasks.completedAt} >= ${startOf(today, timeZone)}`)),
  ]);
  const taskMinutes = [...overdue, ...due].reduce((sum, task) => sum + (task.estimateMinutes ?? 0), 0);
  const budget = await budgetOf(db, userId, { now: at, timeZone }, { today, taskMinutes });
  return {
    date: today,
    timeZone,
    overdue: overdue.map(presentTask),
    due: due.map(presentTask),
    completedToday: done?.count ?? 0,
    ...budget,
  };
}
