import type { Db } from '@spacedly/kit';
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { isLive } from '../items/store.ts';
import { searchBlocks, searchChanges, tasks } from '../schema.ts';
import { type Block, cutIntoBlocks, type Place } from './rules.ts';

/** Tasks, or changes of them, that are taken up in one transaction: what Node makes filters of in some milliseconds. */
const BATCH = 200;

/** Before every task. */
const BEGINNING: Place = {
  createdAt: new Date('0001-01-01T00:00:00.000Z'),
  id: '00000000-0000-0000-0000-000000000000',
};

const place = ({ createdAt, id }: Place) => sql`(${createdAt.toISOString()}::timestamptz, ${id}::uuid)`;
const ofTask = sql`(${tasks.createdAt}, ${tasks.id})`;

/**
 * One at a time makes the blocks of a person, until the transaction ends. Who changes tasks takes no part in it: what a
 * statement cannot see yet leaves a row in `search_changes` that it cannot see either.
 */
export async function lockSearch(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`search:${userId}`}, 0))`);
}

/** The live tasks of a person after a place, in order, with their words in lower case as a search compares them. */
function textsAfter(tx: Db, userId: string, after: Place, only: SQL) {
  return tx
    .select({
      createdAt: tasks.createdAt,
      id: tasks.id,
      title: sql<string>`lower(${tasks.title})`,
      description: sql<string | null>`lower(${tasks.description})`,
    })
    .from(tasks)
    .where(and(eq(tasks.userId, userId), isLive, sql`${ofTask} > ${place(after)}`, only))
    .orderBy(asc(tasks.createdAt), asc(tasks.id));
}

async function addBlocks(tx: Db, userId: string, after: Place, blocks: readonly Block[]): Promise<void> {
  if (blocks.length === 0) return;
  const rows = blocks.map(({ last, filter }, index) => {
    const before = blocks[index - 1]?.last ?? after;
    return {
      ...{ userId, filter, since: before.createdAt, sinceId: before.id },
      ...{ until: last.createdAt, untilId: last.id },
    };
  });
  await tx.insert(searchBlocks).values(rows);
}

async function endOfBlocks(tx: Db, userId: string): Promise<Place> {
  const [last] = await tx
    .select({ createdAt: searchBlocks.until, id: searchBlocks.untilId })
    .from(searchBlocks)
    .where(eq(searchBlocks.userId, userId))
    .orderBy(desc(searchBlocks.until), desc(searchBlocks.untilId))
    .limit(1);
  return last ?? BEGINNING;
}

/** Makes blocks of tasks that are in none and are old enough. @returns whether there are more */
async function extend(tx: Db, userId: string, ageMs: number): Promise<boolean> {
  const after = await endOfBlocks(tx, userId);
  const isOld = sql`${tasks.createdAt} < clock_timestamp() - make_interval(secs => ${ageMs / 1_000})`;
  const texts = await textsAfter(tx, userId, after, isOld).limit(BATCH);
  await addBlocks(
    tx,
    userId,
    after,
    cutIntoBlocks(texts).filter(({ isFull }) => isFull),
  );
  return texts.length === BATCH;
}

interface Stale {
  since: Place;
  until: Place;
}

/** Forgets some changes. @returns how many, and the blocks they fall into */
async function takeChanges(tx: Db, userId: string): Promise<{ count: number; stale: Stale[] }> {
  const gone = await tx.execute<{ created_at: string; id: string }>(sql`
    DELETE FROM ${searchChanges} WHERE ctid IN (
      SELECT ctid FROM ${searchChanges} WHERE user_id = ${userId} LIMIT ${BATCH})
    RETURNING created_at, id`);
  const createdAt = gone.rows.map((row) => row.created_at);
  const ids = gone.rows.map((row) => row.id);
  const { rows } = await tx.execute<Record<'since' | 'since_id' | 'until' | 'until_id', string>>(sql`
    SELECT DISTINCT block.since, block.since_id, block.until, block.until_id
    FROM unnest(${sql.param(createdAt)}::timestamptz[], ${sql.param(ids)}::uuid[]) AS changed (created_at, id),
      LATERAL (SELECT * FROM ${searchBlocks} WHERE user_id = ${userId}
        AND (until, until_id) >= (changed.created_at, changed.id) ORDER BY until, until_id LIMIT 1) AS block`);
  const stale = rows.map((row) => ({
    since: { createdAt: new Date(row.since), id: row.since_id },
    until: { createdAt: new Date(row.until), id: row.until_id },
  }));
  return { count: gone.rows.length, stale };
}

/** Makes a block anew, or as many as its tasks need now; together they end where it did. */
async function renew(tx: Db, userId: string, { since, until }: Stale): Promise<void> {
  await tx
    .delete(searchBlocks)
    .where(and(eq(searchBlocks.userId, userId), sql`(until, until_id) = ${place(until)}`));
  const blocks = cutIntoBlocks(await textsAfter(tx, userId, since, sql`${ofTask} <= ${place(until)}`));
  const last = blocks.pop() ?? cutIntoBlocks([{ ...until, title: '', description: null }])[0];
  if (last !== undefined) await addBlocks(tx, userId, since, [...blocks, { ...last, last: until }]);
}

/** Brings the blocks of a person up to what was changed. Changes of people without blocks are only forgotten. */
export async function renewBlocks(db: NodePgDatabase, userId: string): Promise<void> {
  for (;;) {
    const count = await db.transaction(async (tx) => {
      await lockSearch(tx, userId);
      // First the changes, then the rows: what comes in between is noted still.
      const changes = await takeChanges(tx, userId);
      for (const block of changes.stale) await renew(tx, userId, block);
      return changes.count;
    });
    if (count < BATCH) return;
  }
}

/**
 * Makes blocks of what a person wrote, some tasks at a time.
 * @param ageMs what is younger, by the clock of the database, is left alone. It has to be more than the ten minutes after
 * which a trigger takes a new task for one with an older date, and longer than any transaction lasts: so no task
 * comes into a block that is not known to.
 */
export async function extendBlocks(db: NodePgDatabase, userId: string, ageMs: number): Promise<void> {
  for (;;) {
    const isMore = await db.transaction(async (tx) => {
      await lockSearch(tx, userId);
      return extend(tx, userId, ageMs);
    });
    if (!isMore) return;
  }
}

/** People with changes that no filter has seen. */
export async function findChanged(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ userId: searchChanges.userId }).from(searchChanges);
  return rows.map(({ userId }) => userId);
}
