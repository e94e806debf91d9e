import type { Db } from '@spacedly/kit';
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { tasks } from '../schema.ts';
import type { TaskRow } from './rules.ts';
import { POSITION_STEP, positionAt } from './rules-position.ts';
import { isLive } from './store.ts';

/** The neighbour of `anchor` on one side in the manual order, `moved` left out; null at the end. */
export async function findNeighbour(
  tx: Db,
  anchor: TaskRow,
  { side, moved }: { side: 'before' | 'after'; moved: string },
): Promise<number | null> {
  const key = sql`(${tasks.position}, ${tasks.id})`;
  const anchorKey = sql`(${anchor.position}::bigint, ${anchor.id}::uuid)`;
  const [isBeyond, order]: [SQL, SQL] =
    side === 'before'
      ? [sql`${key} < ${anchorKey}`, sql`${tasks.position} DESC, ${tasks.id} DESC`]
      : [sql`${key} > ${anchorKey}`, sql`${tasks.position}, ${tasks.id}`];
  const [row] = await tx
    .select({ position: tasks.position })
    .from(tasks)
    .where(and(eq(tasks.userId, anchor.userId), isLive, ne(tasks.id, moved), isBeyond))
    .orderBy(order)
    .limit(1);
  return row?.position ?? null;
}

/** Numbers all tasks of a person anew in their order, a step apart and below those to come. */
export async function renumber(tx: Db, userId: string, now: Date): Promise<void> {
  await tx.execute(sql`
    UPDATE ${tasks} AS t SET position = ${positionAt(now)}::bigint - (numbered.count - numbered.place) * ${POSITION_STEP}::bigint
    FROM (
      SELECT id, row_number() OVER (ORDER BY position, id) AS place, count(*) OVER () AS count
      FROM ${tasks} WHERE user_id = ${userId} AND deleted_at IS NULL
    ) AS numbered
    WHERE t.id = numbered.id`);
}
