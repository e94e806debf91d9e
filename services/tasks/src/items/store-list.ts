import type { ListTasksQuery } from '@spacedly/contracts';
import { decodeCursor, encodeCursor } from '@spacedly/kit';
import { and, eq, ilike, isNotNull, isNull, ne, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { taskShares, tasks } from '../schema.ts';
import { type Finder, pieceOrder, tasksInPieces } from '../search/find.ts';
import { sharedTaskJson, taskJson, tasksWithParts } from './json.ts';
import { isLive } from './store.ts';
import { changesOf } from './store-stamp.ts';

/** When a task is due; one without a date counts as `undated`. Indexed with `infinity`. */
const dueKeyWith = (undated: string) =>
  sql`coalesce(${tasks.dueDate}, ${tasks.dueDay}::timestamp AT TIME ZONE 'UTC', ${sql.raw(`'${undated}'`)})`;
const dueKey = dueKeyWith('infinity');
/** Before every due date there can be: sorts what has none last when the latest come first. */
const EARLIEST = '0001-01-01T00:00:00.000Z';

const RANK_PRIORITY = { 1: 'low', 2: 'medium', 3: 'high' } as const;

type Direction = 'asc' | 'desc';

interface Sort {
  /** Newest, soonest due, most important, the manual order first. */
  natural: Direction;
  key: (direction: Direction) => SQL;
  kind: 'instant' | 'number';
  cast: SQL;
  /** The key as the text that a cursor carries, and back. */
  write: (direction: Direction) => SQL;
  read?: (value: string) => string;
}

const timestamptz = sql.raw('timestamptz');
const instantOf = (key: SQL) => sql`CASE WHEN ${key} = 'infinity' THEN 'infinity'
  ELSE to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END`;

const sorts: Readonly<Record<ListTasksQuery['sort'], Sort>> = {
  created: {
    natural: 'desc',
    key: () => sql`${tasks.createdAt}`,
    kind: 'instant',
    cast: timestamptz,
    write: () => instantOf(sql`${tasks.createdAt}`),
  },
  due: {
    natural: 'asc',
    key: (direction) => (direction === 'asc' ? dueKey : dueKeyWith(EARLIEST)),
    kind: 'instant',
    cast: timestamptz,
    write: (direction) => instantOf(direction === 'asc' ? dueKey : dueKeyWith(EARLIEST)),
  },
  priority: {
    natural: 'desc',
    key: () => sql`${tasks.priority}`,
    kind: 'number',
    cast: sql.raw('tasks.priority'),
    write: () => sql`CASE ${tasks.priority} WHEN 'high' THEN '3' WHEN 'medium' THEN '2' ELSE '1' END`,
    read: (rank) => RANK_PRIORITY[Number(rank) as 1 | 2 | 3] ?? 'low',
  },
  position: {
    natural: 'asc',
    key: () => sql`${tasks.position}`,
    kind: 'number',
    cast: sql.raw('bigint'),
    write: () => sql`${tasks.position}::text`,
  },
};

const given = (name: string): Placeholder => sql.placeholder(name);

/** How pages are ordered and found: the key, with the id to break ties. */
function paging({ sort: name, order, cursor }: ListTasksQuery) {
  const sort = sorts[name];
  const direction = order ?? sort.natural;
  const key = sort.key(direction);
  const [way, beyond] =
    direction === 'asc' ? [sql.raw('ASC'), sql.raw('>')] : [sql.raw('DESC'), sql.raw('<')];
  const after = sql`(${key}, ${tasks.id}) ${beyond} (${given('cursorKey')}::${sort.cast}, ${given('cursorId')}::uuid)`;
  return {
    key: sort.write(direction),
    direction,
    order: sql`${key} ${way}, ${tasks.id} ${way}`,
    after: cursor === undefined ? undefined : after,
  };
}

/** What stands in a cursor, by the names that `paging` gives it. */
function cursorValues({ sort: name, cursor }: ListTasksQuery) {
  if (cursor === undefined) return {};
  const sort = sorts[name];
  const [value = '', cursorId] = decodeCursor(cursor, [sort.kind, 'uuid']);
  return { cursorKey: sort.read?.(value) ?? value, cursorId };
}

/** `%`, `_` and `\` of what people type mean themselves. */
export function contains(words: string): string {
  return `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** Overdue is an open task whose instant has passed or whose day is over where the person lives. */
export function isOverdue(now: Date | Placeholder, today: string | Placeholder): SQL | undefined {
  return and(
    ne(tasks.status, 'completed'),
    or(sql`${tasks.dueDate} < ${now}::timestamptz`, sql`${tasks.dueDay} < ${today}::date`),
  );
}

export interface ListWhere {
  userId: string;
  now: Date;
  /** Today where the person lives, `YYYY-MM-DD`. */
  today: string;
  timeZone: string;
}

const present = (value: unknown, condition: SQL | undefined) => (value === undefined ? undefined : condition);

const saysWords = or(ilike(tasks.title, given('words')), ilike(tasks.description, given('words')));

/** The bin of others is nobody's business. */
const isSharedWithMe = and(
  sql`${tasks.id} IN (SELECT s.task_id FROM ${taskShares} AS s WHERE s.user_id = ${given('userId')})`,
  isLive,
);

/** What a list shows; what people look for comes by name when it is asked. */
function matches(query: ListTasksQuery): SQL | undefined {
  const { subtasks, completed, overdue } = query;
  // A day begins where the person lives.
  const startsAt = sql`coalesce(${tasks.dueDate}, ${tasks.dueDay}::timestamp AT TIME ZONE ${given('timeZone')})`;
  const isOverdueNow = isOverdue(given('now'), given('today'));
  return and(
    query.shared === true ? isSharedWithMe : eq(tasks.userId, given('userId')),
    query.deleted === true ? isNotNull(tasks.deletedAt) : isLive,
    present(query.parentId, eq(tasks.parentId, given('parentId'))),
    present(subtasks, subtasks ? isNotNull(tasks.parentId) : isNull(tasks.parentId)),
    present(query.seriesId, eq(tasks.seriesId, given('seriesId'))),
    present(query.status, eq(tasks.status, given('status'))),
    present(completed, completed ? eq(tasks.status, 'completed') : ne(tasks.status, 'completed')),
    present(query.priority, eq(tasks.priority, given('priority'))),
    present(query.category, eq(tasks.category, given('category'))),
    present(query.label, sql`${tasks.labels} @> ARRAY[${given('label')}]::text[]`),
    present(query.dueBefore, sql`${startsAt} < ${given('dueBefore')}::timestamptz`),
    present(query.dueAfter, sql`${startsAt} >= ${given('dueAfter')}::timestamptz`),
    present(overdue, overdue ? isOverdueNow : sql`(${isOverdueNow}) IS NOT TRUE`),
    present(query.q, saysWords),
  );
}

export interface ListPage {
  /** `{items, nextCursor}` as JSON. */
  text: string;
  /** The sum that the tag of this page is made of, as `changesOf`. */
  changes: string;
}

/** Everything that changes the text of the statement, and nothing else. */
function shapeOf({ cursor, limit: _, sort, order, ...filters }: ListTasksQuery): string {
  const parts = Object.entries(filters).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return typeof value === 'boolean' ? `${name}=${value}` : name;
  });
  return [sort, order, cursor === undefined ? 'first' : 'next', ...parts.sort()].join(' ');
}

/**
 * A statement without a name is planned each time, for what is looked for and for whose tasks. A named one is soon planned
 * for any word and an average person: then a search of 10,000 tasks for a common word read all of them, 21 ms of the
 * database instead of 6, of which planning takes one or two.
 */
const UNNAMED = '';
const isSearch = ({ q }: ListTasksQuery) => q !== undefined;

/** Statements kept for the session of each connection; people use a handful of shapes. */
const MAX_SHAPES = 200;

/** What a list by time reads: all tasks in order, or only those pieces of them that may have the words. */
function source(query: ListTasksQuery, isInPieces: boolean) {
  const { direction, order } = paging(query);
  if (!isInPieces) return { from: sql`${tasks}`, order };
  const isByTime = query.sort === 'created';
  return {
    from: tasksInPieces(saysWords, direction, isByTime && query.cursor !== undefined),
    order: isByTime ? sql`${pieceOrder[direction]}, ${order}` : order,
  };
}

/**
 * Lists a person's tasks with their reminders and attachments, in one statement for each page, as JSON. A statement is
 * built once for each combination of filters, which saves a fifth of the processor time of a list. The page comes as one
 * text: as a row for each task it took Node half as much again.
 */
export function createTaskList(db: NodePgDatabase, finder: Finder) {
  const build = (query: ListTasksQuery, isInPieces: boolean, name: string) => {
    const { key, after } = paging(query);
    const { from, order } = source(query, isInPieces);
    const n = sql`row_number() OVER (ORDER BY ${order})`;
    // The row beyond the limit only says that there is more.
    const page = db.$with('page').as(
      db
        .select({
          columns: sql`${tasks}.*`,
          n: n.as('n'),
          key: sql`CASE WHEN ${n} = ${given('limit')} THEN ${key} END`.as('key'),
        })
        .from(from)
        .where(and(matches(query), after))
        .orderBy(order)
        .limit(given('rows')),
    );
    return db
      .with(page)
      .select({
        items: sql<string>`coalesce(string_agg(${query.shared === true ? sharedTaskJson(given('userId')) : taskJson}, ',') FILTER (WHERE t.n <= ${given('limit')}), '')`,
        isMore: sql<boolean>`bool_or(t.n > ${given('limit')})`,
        key: sql<string>`max(t.key)`,
        id: sql<string>`max(t.id::text) FILTER (WHERE t.n = ${given('limit')})`,
        changes: changesOf(given('userId')),
      })
      .from(tasksWithParts)
      .prepare(name);
  };
  const statements = new Map<string, ReturnType<typeof build>>();
  const statementFor = (query: ListTasksQuery, isInPieces: boolean) => {
    const shape = `${shapeOf(query)}${isInPieces ? ' in pieces' : ''}`;
    const known = statements.get(shape);
    if (known !== undefined) return known;
    if (statements.size >= MAX_SHAPES) return build(query, isInPieces, UNNAMED);
    const made = build(query, isInPieces, isSearch(query) ? UNNAMED : `task_list_${statements.size}`);
    statements.set(shape, made);
    return made;
  };

  return async (where: ListWhere, query: ListTasksQuery): Promise<ListPage> => {
    const { limit, sort, order: _order, q, ...filters } = query;
    // The bin is small, and has no filters; those of others are made for what is theirs.
    const isFiltered = q !== undefined && query.deleted !== true && query.shared !== true;
    const cursor = cursorValues(query);
    const timePage = sort === 'created' ? { direction: paging(query).direction, limit, cursor } : null;
    const bits = isFiltered ? await finder.bitsFor(where.userId, q, timePage) : null;
    const [page] = await statementFor(query, bits !== null).execute({
      ...filters,
      ...where,
      ...cursor,
      ...bits,
      now: where.now.toISOString(),
      words: q === undefined ? undefined : contains(q),
      limit,
      rows: limit + 1,
    });
    const { items = '', isMore = false, key = '', id = '', changes = '' } = page ?? {};
    // Then all that is in no block was read.
    if (isFiltered && !isMore) await finder.keepUp(where.userId);
    const nextCursor = isMore ? `"${encodeCursor([key, id])}"` : 'null';
    return { text: `{"items":[${items}],"nextCursor":${nextCursor}}`, changes };
  };
}
