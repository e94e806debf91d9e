import type { Db } from '@spacedly/kit';
import { and, asc, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { comments, documents } from '../schema.ts';
import type { CommentRow } from './rules.ts';

export interface CommentKey {
  docId: string;
  commentId: string;
}

/**
 * Some threads of a document with all that is in them, in one statement.
 * @param after the id of the first comment of the thread before
 */
export async function listThreads(
  db: Db,
  { docId, after, limit }: { docId: string; after: string | null; limit: number },
): Promise<CommentRow[]> {
  const roots = db
    .select({ id: comments.id })
    .from(comments)
    .where(
      and(
        eq(comments.docId, docId),
        isNull(comments.parentId),
        after === null ? undefined : gt(comments.threadId, after),
      ),
    )
    .orderBy(asc(comments.threadId))
    .limit(limit);
  return db
    .select()
    .from(comments)
    .where(and(eq(comments.docId, docId), inArray(comments.threadId, roots)))
    .orderBy(asc(comments.threadId), asc(comments.depth), asc(comments.id));
}

/**
 * A comment of a document, when nobody else changes its thread any more: who replies and who deletes what is replied to
 * wait for each other at its first comment.
 */
export async function lockInThread(tx: Db, { docId, commentId }: CommentKey): Promise<CommentRow | null> {
  const isIt = and(eq(comments.id, commentId), eq(comments.docId, docId));
  const [found] = await tx.select({ threadId: comments.threadId }).from(comments).where(isIt);
  if (found === undefined) return null;
  await tx.select({ id: comments.id }).from(comments).where(eq(comments.id, found.threadId)).for('update');
  const [row] = await tx.select().from(comments).where(isIt).for('update');
  return row ?? null;
}

export async function countReplies(tx: Db, threadId: string): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(comments).where(eq(comments.threadId, threadId));
  return (row?.count ?? 1) - 1;
}

export async function insertComment(tx: Db, row: CommentRow): Promise<void> {
  await tx.insert(comments).values(row);
}

export async function updateContent(
  tx: Db,
  { id }: CommentRow,
  { content, now }: { content: string; now: Date },
): Promise<CommentRow> {
  const [row] = await tx
    .update(comments)
    .set({ content, updatedAt: now, version: sql`${comments.version} + 1` })
    .where(eq(comments.id, id))
    .returning();
  return row as CommentRow;
}

async function hasReplies(tx: Db, id: string): Promise<boolean> {
  const found = await tx.select({ id: comments.id }).from(comments).where(eq(comments.parentId, id)).limit(1);
  return found.length > 0;
}

/**
 * Deletes a comment of a locked thread. With replies it becomes a tombstone; without, it goes, and with it the tombstones
 * above that have no other replies.
 */
export async function deleteComment(tx: Db, comment: CommentRow, now: Date): Promise<void> {
  if (await hasReplies(tx, comment.id)) {
    const gone = { content: '', deletedAt: now, updatedAt: now, version: sql`${comments.version} + 1` };
    await tx.update(comments).set(gone).where(eq(comments.id, comment.id));
    return;
  }
  await tx.delete(comments).where(eq(comments.id, comment.id));
  const { parentId } = comment;
  if (parentId === null) return;
  const [parent] = await tx.select().from(comments).where(eq(comments.id, parentId));
  const isBare = parent !== undefined && parent.deletedAt !== null && !(await hasReplies(tx, parentId));
  if (isBare) await deleteComment(tx, parent, now);
}

/** The owner of a document, and the author of a comment of it that is replied to. */
export async function findConcerned(db: Db, docId: string, parentId: string | null): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT owner_id AS id FROM ${documents} WHERE id = ${docId}
    UNION SELECT author_id FROM ${comments}
    WHERE doc_id = ${docId} AND id = ${parentId}::uuid AND deleted_at IS NULL`);
  return rows.map(({ id }) => id);
}
