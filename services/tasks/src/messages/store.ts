import type { Db } from '@spacedly/kit';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { tasks } from '../schema.ts';

interface Week {
  userId: string;
  now: Date;
  today: string;
  since: Date;
  until: Date;
  untilDay: string;
}

/** Tasks finished in the past week, overdue now, and due in the coming one. */
export async function countWeek(
  db: Db,
  { userId, now, today, since, until, untilDay }: Week,
): Promise<{ completed: number; overdue: number; upcoming: number }> {
  const isOpen = sql`${tasks.status} <> 'completed'`;
  const isLate = sql`(${tasks.dueDate} < ${now} OR ${tasks.dueDay} < ${today}::date)`;
  const isSoon = sql`((${tasks.dueDate} >= ${now} AND ${tasks.dueDate} < ${until})
    OR (${tasks.dueDay} >= ${today}::date AND ${tasks.dueDay} <= ${untilDay}::date))`;
  const [row] = await db
    .select({
      completed: sql<number>`count(*) FILTER (WHERE ${tasks.completedAt} >= ${since})::int`,
      overdue: sql<number>`count(*) FILTER (WHERE ${isOpen} AND ${isLate})::int`,
      upcoming: sql<number>`count(*) FILTER (WHERE ${isOpen} AND ${isSoon})::int`,
    })
    .from(tasks)
    .where(and(eq(tasks.userId, userId), isNull(tasks.deletedAt)));
  return row ?? { completed: 0, overdue: 0, upcoming: 0 };
}
