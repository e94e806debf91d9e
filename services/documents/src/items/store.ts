import type { Db } from '@spacedly/kit';
import { eq, getTableColumns } from 'drizzle-orm';
import { accessLevel } from '../access/store.ts';
import type { Viewer } from '../deps.ts';
import { documents, documentVersions } from '../schema.ts';
import type { DocumentRow } from './rules.ts';

/** A document and what the viewer may do with it, as `accessLevel` counts; null where there is none. */
export async function findDocument(
  db: Db,
  { docId, viewer }: { docId: string; viewer: Viewer },
): Promise<(DocumentRow & { level: number }) | null> {
  const [row] = await db
    .select({ ...getTableColumns(documents), level: accessLevel(viewer) })
    .from(documents)
    .where(eq(documents.id, docId));
  return row ?? null;
}

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
