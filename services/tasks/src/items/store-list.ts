import type { ListTasksQuery } from '@spacedly/contracts';
import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, arrayContains, eq, ilike, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { tasks } from '../schema.ts';
import type { TaskWithParts } from './rules.ts';
import { isLive, taskColumns } from './store.ts';

/** When a task is due; one without a date counts as `undated`. Indexed with `infinity`. */
const dueKeyWith = (undated: string) =>
  sql`coalesce(${tasks.dueDate}, ${tasks.dueDay}::timestamp AT TIME ZONE 'UTC', ${sql.raw(`'${undated}'`)})`;
const dueKey = dueKeyWith('infinity');
/** Before every due date there can be: sorts what has none last when the latest come first. */
const EARLIEST = '0001-01-01T00:00:00.000Z';

const PRIORITY_RANK = { low: 1, medium: 2, high: 3 } as const;
const RANK_PRIORITY = { 1: 'low', 2: 'medium', 3: 'high' } as const;

type Direction = 'asc' | 'desc';

interface Sort {
  /** Newest, soonest due, most important, the manual order first. */
  natural: Direction;
  key: (direction: Direction) => SQL;
  kind: 'instant' | 'number';
  cast: SQL;
  /** The key as a cursor carries it, and back. */
  write: (row: TaskWithParts, direction: Direction) => string | number;
  read?: (value: string) => string;
}

const timestamptz = sql.raw('timestamptz');

const sorts: Readonly<Record<ListTasksQuery['sort'], Sort>> = {
  created: {
    natural: 'desc',
    key: () => sql`${tasks.createdAt}`,
    kind: 'instant',
    cast: timestamptz,
    write: (row) => row.createdAt.toISOString(),
  },
  due: {
    natural: 'asc',
    key: (direction) => (direction === 'asc' ? dueKey : dueKeyWith(EARLIEST)),
    kind: 'instant',
    cast: timestamptz,
    write: ({ dueDate, dueDay }, direction) => {
      if (dueDate !== null) return dueDate.toISOString();
      if (dueDay !== null) return `${dueDay}T00:00:00.000Z`;
      return direction === 'asc' ? 'infinity' : EARLIEST;
    },
  },
  priority: {
    natural: 'desc',
    key: () => sql`${tasks.priority}`,
    kind: 'number',
    cast: sql.raw('tasks.priority'),
    write: (row) => PRIORITY_RANK[row.priority],
    read: (rank) => RANK_PRIORITY[Number(rank) as 1 | 2 | 3] ?? 'low',
  },
  position: {
    natural: 'asc',
    key: () => sql`${tasks.position}`,
    kind: 'number',
    cast: sql.raw('bigint'),
    write: (row) => row.position,
  },
};

/** How one page is ordered and found: the key, with the id to break ties. */
function paging({ sort: name, order, cursor }: ListTasksQuery) {
  const sort = sorts[name];
  const direction = order ?? sort.natural;
  const key = sort.key(direction);
  const [way, beyond] =
    direction === 'asc' ? [sql.raw('ASC'), sql.raw('>')] : [sql.raw('DESC'), sql.raw('<')];
  const after = () => {
    const [value = '', id] = decodeCursor(cursor ?? '', [sort.kind, 'uuid']);
    const bound = sort.read?.(value) ?? value;
    return sql`(${key}, ${tasks.id}) ${beyond} (${bound}::${sort.cast}, ${id}::uuid)`;
  };
  return {
    order: [sql`${key} ${way}`, sql`${tasks.id} ${way}`],
    keyOf: (row: TaskWithParts) => [sort.write(row, direction), row.id],
    after: cursor === undefined ? undefined : after(),
  };
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
  timeZone: string;
}

function matches({ userId, now, today, timeZone }: ListWhere, query: ListTasksQuery): SQL | undefined {
  const { status, priority, category, label, dueBefore, dueAfter, overdue, q } = query;
  const { parentId, seriesId, subtasks, completed } = query;
  // A day begins where the person lives.
  const startsAt = sql`coalesce(${tasks.dueDate}, ${tasks.dueDay}::timestamp AT TIME ZONE ${timeZone})`;
  const isOverdueNow = isOverdue(now, today);
  return and(
    eq(tasks.userId, userId),
    query.deleted === true ? isNotNull(tasks.deletedAt) : isLive,
    parentId === undefined ? undefined : eq(tasks.parentId, parentId),
    subtasks === undefined ? undefined : subtasks ? isNotNull(tasks.parentId) : isNull(tasks.parentId),
    seriesId === undefined ? undefined : eq(tasks.seriesId, seriesId),
    status === undefined ? undefined : eq(tasks.status, status),
    completed === undefined
      ? undefined
      : completed
        ? eq(tasks.status, 'completed')
        : ne(tasks.status, 'completed'),
    priority === undefined ? undefined : eq(tasks.priority, priority),
    category === undefined ? undefined : eq(tasks.category, category),
    label === undefined ? undefined : arrayContains(tasks.labels, [label]),
    dueBefore === undefined ? undefined : sql`${startsAt} < ${dueBefore}::timestamptz`,
    dueAfter === undefined ? undefined : sql`${startsAt} >= ${dueAfter}::timestamptz`,
    overdue === undefined ? undefined : overdue ? isOverdueNow : sql`(${isOverdueNow}) IS NOT TRUE`,
    q === undefined ? undefined : or(ilike(tasks.title, contains(q)), ilike(tasks.description, contains(q))),
  );
}

/** One page of a person's tasks with their reminders and attachments, in one statement. */
export async function listTasks(db: Db, where: ListWhere, query: ListTasksQuery) {
  const { limit } = query;
  const { order, keyOf, after } = paging(query);
  const rows = await db
    .select(taskColumns)
    .from(tasks)
    .where(and(matches(where, query), after))
    .orderBy(...order)
    .limit(limit + 1);
  return toPage(rows, limit, keyOf);
}
