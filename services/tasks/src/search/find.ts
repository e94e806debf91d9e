import { SEARCH_QUEUE } from '@spacedly/kit';
import { type SQL, sql } from 'drizzle-orm';
import type { TasksDeps } from '../deps.ts';
import { searchBlocks, searchChanges, tasks } from '../schema.ts';
import { ASKED_BITS, bitsOf, SETTLED_MS } from './rules.ts';

const given = (name: string) => sql.placeholder(name);
const BITS = Array.from({ length: ASKED_BITS }, (_, n) => `bit${n}`);

/** Blocks read for a list in another order than that of time. Beyond them the words are common, and soon met on the way. */
const MAX_UNORDERED = 500;
/** So many tasks in no block are worth making blocks of, and so many changes worth making blocks anew. */
const MANY = { tasks: 1_000, changes: 100 };

/** The filter has every bit that is asked for. */
const hasBits = sql.join(
  BITS.map((name) => sql`get_bit(filter, ${given(name)}::bigint) = 1`),
  sql` AND `,
);

/** Blocks with changes their filters do not know of. */
const stale = sql`ARRAY(SELECT changed.until_id FROM ${searchChanges} AS change,
  LATERAL (SELECT until_id FROM ${searchBlocks} WHERE user_id = change.user_id
    AND (until, until_id) >= (change.created_at, change.id) ORDER BY until, until_id LIMIT 1) AS changed
  WHERE change.user_id = ${given('userId')})`;

const blocks = sql`FROM ${searchBlocks}
  WHERE user_id = ${given('userId')} AND ((${hasBits}) OR until_id = ANY (${stale}))`;

/** What a page begins after, in a list by time. */
const BEYOND = {
  asc: sql`AND (until, until_id) > (${given('cursorKey')}::timestamptz, ${given('cursorId')}::uuid)`,
  desc: sql`AND (since, since_id) < (${given('cursorKey')}::timestamptz, ${given('cursorId')}::uuid)`,
};

/** How the pieces of a list by time follow each other. */
export const pieceOrder = { asc: sql`piece.until ASC`, desc: sql`piece.until DESC` };

/**
 * Stands for the table of tasks in a list: those of a person that say the words, piece by piece, where a filter does not
 * rule them out. With a `LIMIT` only the pieces up to the end of the page are read: they come in order, so that
 * PostgreSQL sorts within each. `OFFSET 0` keeps it from reading all tasks first; that creation lies between the ends of
 * the piece tells nothing new, but tells it how short a piece is.
 */
export function tasksInPieces(
  saysWords: SQL | undefined,
  direction: 'asc' | 'desc',
  hasCursor: boolean,
): SQL {
  const beyond = hasCursor ? BEYOND[direction] : sql``;
  return sql`(SELECT since, since_id, until, until_id ${blocks} ${beyond}
    UNION ALL
    (SELECT until, until_id, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff' FROM ${searchBlocks}
      WHERE user_id = ${given('userId')} ORDER BY until DESC, until_id DESC LIMIT 1)
    ORDER BY ${sql.raw(`until ${direction}`)} OFFSET 0) AS piece,
    LATERAL (SELECT id FROM ${tasks} WHERE user_id = ${given('userId')} AND deleted_at IS NULL
      AND created_at BETWEEN piece.since AND piece.until
      AND (created_at, id) > (piece.since, piece.since_id) AND (created_at, id) <= (piece.until, piece.until_id)
      AND ${saysWords} OFFSET 0) AS found
    JOIN ${tasks} USING (id)`;
}

/** Values of the placeholders of `tasksInPieces`. */
export type Bits = Record<string, number>;

export interface TimePage {
  direction: 'asc' | 'desc';
  limit: number;
  /** What it begins after, by the names that `tasksInPieces` gives it; without for a first page. */
  cursor: { cursorKey?: string; cursorId?: string };
}

export interface Finder {
  /**
   * What to ask the filters of a person for; null when there are none, or reading all tasks in order is no worse.
   * @param page of a list that is ordered by creation; null for another order
   */
  bitsFor(userId: string, words: string, page: TimePage | null): Promise<Bits | null>;
  /** Has filters made, soon, of what a search had to read without, if that is much. */
  keepUp(userId: string): Promise<void>;
}

const count = (rows: SQL, atMost: number) =>
  sql<number>`(SELECT count(*) FROM (SELECT ${rows} LIMIT ${sql.raw(String(atMost))}) AS counted)::int`;
const nothing = sql`(SELECT) AS nothing`;

/** Asks and cares for the filters of people who look for words. */
export function createFinder({ db, outbox }: Pick<TasksDeps, 'db' | 'outbox'>): Finder {
  const start = db
    .select({
      // By the database, so that each letter becomes what it becomes in the texts.
      lower: sql<string>`lower(${given('words')}::text)`,
      hasBlocks: sql<boolean>`EXISTS (SELECT FROM ${searchBlocks} WHERE user_id = ${given('userId')})`,
    })
    .from(nothing)
    .prepare('search_start');
  const candidates = db
    .select({ blocks: count(blocks, MAX_UNORDERED + 1) })
    .from(nothing)
    .prepare('search_candidates');
  /** How many of the blocks a page begins with may have the words. */
  const nextBlocks = (direction: 'asc' | 'desc', beyond: SQL, name: string) =>
    db
      .select({ n: sql<number>`(count(*) FILTER (WHERE ${hasBits}))::int` })
      .from(sql`(SELECT filter FROM ${searchBlocks} WHERE user_id = ${given('userId')} ${beyond}
        ORDER BY ${sql.raw(`until ${direction}, until_id ${direction}`)} LIMIT ${given('most')}) AS block`)
      .prepare(`search_${direction}_${name}`);
  const next = {
    asc: { first: nextBlocks('asc', sql``, 'first'), later: nextBlocks('asc', BEYOND.asc, 'later') },
    desc: { first: nextBlocks('desc', sql``, 'first'), later: nextBlocks('desc', BEYOND.desc, 'later') },
  };
  /** Nearly each of the next blocks may have the words, so that the page is full before they end. */
  async function areCommon(userId: string, bits: Bits, { direction, limit, cursor }: TimePage) {
    const which = cursor.cursorKey === undefined ? 'first' : 'later';
    const [found] = await next[direction][which].execute({ userId, ...bits, ...cursor, most: 2 * limit });
    return (found?.n ?? 0) > 1.2 * limit;
  }
  const end = sql`coalesce((SELECT max(until) FROM ${searchBlocks} WHERE user_id = ${given('userId')}), '-infinity')`;
  const settled = sql`clock_timestamp() - make_interval(secs => ${sql.raw(String(SETTLED_MS / 1_000))})`;
  const backlog = db
    .select({
      tasks: count(
        sql`FROM ${tasks} WHERE user_id = ${given('userId')} AND deleted_at IS NULL
          AND created_at > ${end} AND created_at < ${settled}`,
        MANY.tasks,
      ),
      changes: count(sql`FROM ${searchChanges} WHERE user_id = ${given('userId')}`, MANY.changes),
      hasBlocks: sql<boolean>`EXISTS (SELECT FROM ${searchBlocks} WHERE user_id = ${given('userId')})`,
    })
    .from(nothing)
    .prepare('search_backlog');

  return {
    async bitsFor(userId, words, page) {
      const [first] = await start.execute({ userId, words });
      if (!first?.hasBlocks) return null;
      const bits: Bits = Object.fromEntries(bitsOf(first.lower).map((bit, n) => [BITS[n] as string, bit]));
      if (page !== null) return (await areCommon(userId, bits, page)) ? null : bits;
      const [found] = await candidates.execute({ userId, ...bits });
      return found !== undefined && found.blocks > MAX_UNORDERED ? null : bits;
    },
    async keepUp(userId) {
      const [behind] = await backlog.execute({ userId });
      if (behind === undefined) return;
      const isStale = behind.hasBlocks && behind.changes >= MANY.changes;
      if (isStale || behind.tasks >= MANY.tasks) await outbox.enqueue(db, SEARCH_QUEUE, { userId });
    },
  };
}
