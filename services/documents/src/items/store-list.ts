import type { ListDocumentsQuery } from '@spacedly/contracts';
import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, desc, inArray, type SQL, sql } from 'drizzle-orm';
import { accessLevel, headColumns } from '../access/store.ts';
import type { Viewer } from '../deps.ts';
import { documentShares, documents } from '../schema.ts';

type Listed = Viewer & { userId: string };

/** Where the documents of a list come from; each way has an index of its own. */
function waysOf({ userId, department, isEditor }: Listed, { filter, deleted }: ListDocumentsQuery): SQL[] {
  const isMine = sql`${documents.ownerId} = ${userId}`;
  if (deleted) return filter === 'shared' ? [] : [sql`${isMine} AND ${documents.deletedAt} IS NOT NULL`];
  const isLive = sql`${documents.deletedAt} IS NULL`;
  const shared = sql`${documents.id} IN (SELECT doc_id FROM ${documentShares} WHERE user_id = ${userId})`;
  const isEditing = isEditor && department !== null;
  const edited = isEditing ? [sql`${documents.department} = ${department}`] : [];
  const others = [shared, ...edited].map((way) => sql`${way} AND NOT ${isMine} AND ${isLive}`);
  return [
    ...(filter === 'shared' ? [] : [sql`${isMine} AND ${isLive}`]),
    ...(filter === 'mine' ? [] : others),
  ];
}

/**
 * One page of the documents somebody owns or others let them see, last changed first, in one statement. Public ones of
 * strangers are not among them: they are found by search.
 * @throws Problem VALIDATION_FAILED for a cursor that is none of this list
 */
export async function listDocuments(db: Db, viewer: Listed, query: ListDocumentsQuery) {
  const { tag, cursor, limit } = query;
  const level = accessLevel(viewer);
  const wanted = [
    sql`${level} > 0`,
    ...(tag === undefined ? [] : [sql`${documents.tags} @> ARRAY[${tag}]::text[]`]),
  ];
  if (cursor !== undefined) {
    const [updatedAt, id] = decodeCursor(cursor, ['instant', 'uuid']);
    wanted.push(sql`(${documents.updatedAt}, ${documents.id}) < (${updatedAt}::timestamptz, ${id}::uuid)`);
  }
  const order = sql`${documents.updatedAt} DESC, ${documents.id} DESC`;
  const branches = waysOf(viewer, query).map(
    (way) =>
      sql`(SELECT ${documents.id}, ${documents.updatedAt} FROM ${documents}
        WHERE ${and(way, ...wanted)} ORDER BY ${order} LIMIT ${limit + 1})`,
  );
  if (branches.length === 0) return { items: [], nextCursor: null };
  const ids = sql`(SELECT id FROM (${sql.join(branches, sql` UNION `)}) AS listed)`;
  const rows = await db
    .select({ ...headColumns, level })
    .from(documents)
    .where(inArray(documents.id, ids))
    .orderBy(desc(documents.updatedAt), desc(documents.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.updatedAt.toISOString(), row.id]);
}
