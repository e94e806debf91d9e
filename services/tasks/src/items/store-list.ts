import type { ListTasksQuery } from '@spacedly/contracts';
import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, arrayContains, eq, ilike, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { tasks } from '../schema.ts';
import type { TaskWithParts } from './rules.ts';
import { isLive, taskColumns } from './store.ts';

const dueKey = sql`coalesce(${tasks.dueDate}, ${tasks.dueDay}::timestamp AT TIME ZONE 'UTC', 'infinity')`;

const PRIORITY_RANK = { low: 1, medium: 2, high: 3 } as const;
const RANK_PRIORITY = { 1: 'low', 2: 'medium', 3: 'high' } as const;

/** Newest first, soonest due first (none last), most important first, the manual order: each with the id to break ties. */
const sorts = {
  created: {
    order: [sql`${tasks.createdAt} DESC`, sql`${tasks.id} DESC`],
    keyOf: (row: TaskWithParts) => [row.createdAt.toISOString(), row.id],
    after: (cursor: string) => {
      const [createdAt, id] = decodeCursor(cursor, ['instant', 'uuid']);
      return sql`(${tasks.createdAt}, ${tasks.id}) < (${createdAt}::timestamptz, ${id}::uuid)`;
    },
  },
  due: {
    order: [sql`${dueKey} ASC`, sql`${tasks.id} ASC`],
    keyOf: (row: TaskWithParts) => [dueKeyOf(row), row.id],
    after: (cursor: string) => {
      const [due, id] = decodeCursor(cursor, ['instant', 'uuid']);
      return sql`(${dueKey}, ${tasks.id}) > (${due}::timestamptz, ${id}::uuid)`;
    },
  },
  priority: {
    order: [sql`${tasks.priority} DESC`, sql`${tasks.id} DESC`],
    keyOf: (row: TaskWithParts) => [PRIORITY_RANK[row.priority], row.id],
    after: (cursor: string) => {
      const [rank, id] = decodeCursor(cursor, ['number', 'uuid']);
      const priority = RANK_PRIORITY[Number(rank) as 1 | 2 | 3] ?? 'low';
      return sql`(${tasks.priority}, ${tasks.id}) < (${priority}::tasks.priority, ${id}::uuid)`;
    },
  },
  position: {
    order: [sql`${tasks.position} ASC`, sql`${tasks.id} ASC`],
    keyOf: (row: TaskWithParts) => [row.position, row.id],
    after: (cursor: string) => {
      const [position, id] = decodeCursor(cursor, ['number', 'uuid']);
      return sql`(${tasks.position}, ${tasks.id}) > (${position}::bigint, ${id}::uuid)`;
    },
  },
} as const;

function dueKeyOf({ dueDate, dueDay }: TaskWithParts): string {
  if (dueDate !== null) return dueDate.toISOString();
  return dueDay === null ? 'infinity' : `${dueDay}T00:00:00.000Z`;
}

/** `%`, `_` and `\` of what people type mean themselves. */
function contains(words: string): string {
  return `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** Overdue is an open task whose instant has passed or whose day is over where the person lives. */
export function isOverdue(now: Date, today: string): SQL | undefined {
  return and(
    ne(tasks.status, 'completed'),
    or(sql`${tasks.dueDate} < ${now}`, sql`${tasks.dueDay} < ${today}::date`),
  );
}

export interface ListWhere {
  userId: string;
  now: Date;
  /** Today where the person lives, `YYYY-MM-DD`. */
  today: string;
}

function matches({ userId, now, today }: ListWhere, query: ListTasksQuery): SQL | undefined {
  const { status, priority, category, label, dueBefore, dueAfter, overdue, q, parentId, seriesId } = query;
  const isOverdueNow = isOverdue(now, today);
  return and(
    eq(tasks.userId, userId),
    query.deleted === true ? isNotNull(tasks.deletedAt) : isLive,
    parentId === undefined ? undefined : eq(tasks.parentId, parentId),
    seriesId === undefined ? undefined : eq(tasks.seriesId, seriesId),
    status === undefined ? undefined : eq(tasks.status, status),
    priority === undefined ? undefined : eq(tasks.priority, priority),
    category === undefined ? undefined : eq(tasks.category, category),
    label === undefined ? undefined : arrayContains(tasks.labels, [label]),
    dueBefore === undefined ? undefined : sql`${dueKey} < ${dueBefore}::timestamptz`,
    dueAfter === undefined
      ? undefined
      : sql`${dueKey} >= ${dueAfter}::timestamptz AND ${dueKey} < 'infinity'`,
    overdue === undefined ? undefined : overdue ? isOverdueNow : sql`(${isOverdueNow}) IS NOT TRUE`,
    q === undefined ? undefined : or(ilike(tasks.title, contains(q)), ilike(tasks.description, contains(q))),
  );
}

/** One page of a person's tasks with their reminders and attachments, in one statement. */
export async function listTasks(db: Db, where: ListWhere, query: ListTasksQuery) {
  const { cursor, limit } = query;
  const sort = sorts[query.sort];
  const rows = await db
    .select(taskColumns)
    .from(tasks)
    .where(and(matches(where, query), cursor === undefined ? undefined : sort.after(cursor)))
    .orderBy(...sort.order)
    .limit(limit + 1);
  return toPage(rows, limit, sort.keyOf);
}
