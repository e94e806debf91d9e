import type { Db } from '@spacedly/kit';
import { documents, documentVersions } from '../schema.ts';
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
