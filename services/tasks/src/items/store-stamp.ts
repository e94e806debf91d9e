import { createHash } from 'node:crypto';
import type { Db } from '@spacedly/kit';
import { eq, type Placeholder, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import { listChanges } from '../schema.ts';
import { taskJson, tasksWithParts } from './json.ts';

/** How a task is written; anew with every change of it, so that nobody keeps a list of an older shape. */
const shape = new PgDialect().sqlToQuery(sql`${taskJson} ${tasksWithParts}`).sql;

/**
 * Tells by one short index read whether a person's lists may have changed: triggers add a row to `list_changes` with
 * every statement that touches a task, a reminder, a file or a review that was made, and the sum of them only ever grows.
 * Rows are added and never changed, so nobody waits for anybody. Read in one statement with a list, it is what the list was
 * made of.
 */
export const changesOf = (userId: Placeholder) => sql<string>`(
  SELECT coalesce(sum(${listChanges.changes}), 0)::text FROM ${listChanges} WHERE ${listChanges.userId} = ${userId})`;

/** The entity tag of all lists of a person (RFC 9110, section 8.8.3) at one of those sums. */
export function listTag(userId: string, changes: string): string {
  // Two people at one browser share its cache, so the tag is a person's own.
  const digest = createHash('sha256').update(`${shape} ${userId} ${changes}`).digest('base64url');
  return `W/"${digest.slice(0, 22)}"`;
}

/** Reads the sum alone, for whoever has a list already. */
export function createFindTag(db: NodePgDatabase): (userId: string) => Promise<string> {
  const statement = db
    .select({ sum: sql<string>`coalesce(sum(${listChanges.changes}), 0)` })
    .from(listChanges)
    .where(eq(listChanges.userId, sql.placeholder('userId')))
    .prepare('list_changes');
  return async (userId) => {
    const [row] = await statement.execute({ userId });
    return listTag(userId, row?.sum ?? '0');
  };
}

/** Puts the rows of each person together; the sums stay what they are, and nobody is kept waiting. */
export async function foldListChanges(db: Db): Promise<void> {
  await db.execute(sql`
    WITH many AS (
      SELECT user_id FROM ${listChanges} GROUP BY user_id HAVING count(*) > 1
    ), gone AS (
      DELETE FROM ${listChanges} USING many WHERE ${listChanges.userId} = many.user_id
      RETURNING ${listChanges.userId} AS user_id, ${listChanges.changes} AS changes
    )
    INSERT INTO ${listChanges} (user_id, changes) SELECT user_id, sum(changes) FROM gone GROUP BY user_id`);
}
