import type { Db } from '@spacedly/kit';
import { eq, inArray, lt } from 'drizzle-orm';
import { documents, documentVersions, idempotencyKeys } from '../schema.ts';
import type { DocumentRow } from './rules.ts';

/** Keeps a save, as the newest version of its document. */
export async function insertVersion(
  tx: Db,
  { id, version, title, content, tags, updatedAt }: DocumentRow,
  { authorId, restoredFrom = null }: { authorId: string; restoredFrom?: number | null },
): Promise<void> {
  const save = { docId: id, version, authorId, title, content, tags, restoredFrom, createdAt: updatedAt };
  await tx.insert(documentVersions).values(save);
}

/** Stores a new document with its first version. */
export async function insertDocument(tx: Db, row: DocumentRow): Promise<void> {
  await tx.insert(documents).values(row);
  await insertVersion(tx, row, { authorId: row.ownerId });
}

/** Writes a changed document, and what it says now as its newest version. */
export async function saveChanges(
  tx: Db,
  row: DocumentRow,
  save: { authorId: string; restoredFrom?: number | null },
): Promise<void> {
  const { id, title, content, tags, visibility, department, version, updatedAt } = row;
  await tx
    .update(documents)
    .set({ title, content, tags, visibility, department, version, updatedAt })
    .where(eq(documents.id, id));
  await insertVersion(tx, row, save);
}

/** Puts a document in the bin, or takes it out. */
export async function setDeleted(
  tx: Db,
  docId: string,
  dates: Pick<DocumentRow, 'deletedAt' | 'updatedAt'>,
): Promise<void> {
  await tx.update(documents).set(dates).where(eq(documents.id, docId));
}

/** Up to `limit` documents that lie in the bin since before an instant; those another instance holds are skipped. */
export async function lockExpired(tx: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: documents.id })
    .from(documents)
    .where(lt(documents.deletedAt, before))
    .orderBy(documents.deletedAt)
    .limit(limit)
    .for('update', { skipLocked: true });
  return rows.map((row) => row.id);
}

/** Removes documents for good, with their versions, comments and shares. */
export async function deleteDocuments(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(documents).where(inArray(documents.id, [...ids]));
}

/** Answers kept for repeated requests hold a whole document each, and serve for a day. */
export async function deleteOldAnswers(tx: Db, before: Date): Promise<void> {
  await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before));
}
