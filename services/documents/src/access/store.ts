import type { Db } from '@spacedly/kit';
import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Viewer } from '../deps.ts';
import { documentShares, documents } from '../schema.ts';

/**
 * What somebody may do with a document: 0 nothing, 1 read, 2 comment, 3 write, 4 everything. The one place where access
 * is decided; routes, lists, search and live hints all ask it. Of a document in the bin only its owner knows.
 *
 * - owner: everything
 * - private: nobody else
 * - shared with them: what the share says
 * - editors of its department: write
 * - public: read, for anybody
 *
 * An admin's right to everything is not counted here: it is asked for apart, as each use of it is audited.
 */
export function accessLevel({
  userId,
  department,
  isEditor,
}: Pick<Viewer, 'userId' | 'department' | 'isEditor'>): SQL<number> {
  if (userId === null)
    return sql<number>`CASE WHEN ${documents.deletedAt} IS NULL THEN ${isPublic} ELSE 0 END`;
  const edited =
    isEditor && department !== null
      ? sql`CASE WHEN ${documents.department} = ${department} THEN 3 ELSE 0 END`
      : sql`0`;
  return levelOfPerson(sql`${userId}`, edited);
}

const isPublic = sql`CASE WHEN ${documents.visibility} = 'public' THEN 1 ELSE 0 END`;

/** What `accessLevel` counts for somebody who is named by an expression, with what they may do as an editor. */
function levelOfPerson(userId: SQL, edited: SQL): SQL<number> {
  const shared = sql`coalesce((SELECT CASE access WHEN 'write' THEN 3 WHEN 'comment' THEN 2 ELSE 1 END
    FROM ${documentShares} WHERE doc_id = ${documents.id} AND user_id = ${userId}), 0)`;
  return sql<number>`CASE
    WHEN ${documents.ownerId} = ${userId} THEN 4
    WHEN ${documents.deletedAt} IS NOT NULL OR ${documents.visibility} = 'private' THEN 0
    ELSE greatest(${isPublic}, ${shared}, ${edited}) END`;
}

const { content, ...headColumns } = getTableColumns(documents);
/** A document without its text, which may be a megabyte. */
export type DocumentHead = Omit<typeof documents.$inferSelect, 'content'>;
export { headColumns };

interface Where {
  docId: string;
  viewer: Viewer;
  lock?: boolean;
}

/** A document without its text, and what the viewer may do with it, as `accessLevel` counts; null where there is none. */
export async function findHead(db: Db, { docId, viewer, lock }: Where) {
  const query = db
    .select({ ...headColumns, level: accessLevel(viewer) })
    .from(documents)
    .where(eq(documents.id, docId));
  const [row] = await (lock ? query.for('update') : query);
  return row ?? null;
}

/** The same, with its text. */
export async function findFull(db: Db, { docId, viewer, lock }: Where) {
  const query = db
    .select({ ...headColumns, content, level: accessLevel(viewer) })
    .from(documents)
    .where(eq(documents.id, docId));
  const [row] = await (lock ? query.for('update') : query);
  return row ?? null;
}

type Candidate = { id: string } & Pick<Viewer, 'department' | 'isEditor'>;

/** Who of some people can see a document, in one statement. */
export async function findReaders(
  db: Db,
  docId: string,
  people: readonly Candidate[],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  const candidates = people.map(({ id, department, isEditor }) => ({ id, department, isEditor }));
  const edited = sql`CASE WHEN p."isEditor" AND ${documents.department} = p.department THEN 3 ELSE 0 END`;
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT p.id FROM ${documents}, json_to_recordset(${JSON.stringify(candidates)}::json)
      AS p(id uuid, department text, "isEditor" boolean)
    WHERE ${documents.id} = ${docId} AND ${levelOfPerson(sql`p.id`, edited)} > 0`);
  return new Set(rows.map(({ id }) => id));
}
