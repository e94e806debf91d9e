import type { CreateDocumentBody, Document, DocumentAccess, PersonRef } from '@spacedly/contracts';
import type { documents } from '../schema.ts';

export type DocumentRow = typeof documents.$inferSelect;

/** A new document as it is stored; private unless said otherwise. */
export function planDocument(
  { title, content = '', tags = [], visibility = 'private', department = null }: CreateDocumentBody,
  { id, ownerId, now }: { id: string; ownerId: string; now: Date },
): DocumentRow {
  const dates = { createdAt: now, updatedAt: now, deletedAt: null };
  return { id, ownerId, title, content, tags, visibility, department, version: 1, ...dates };
}

/** A document as one person sees it. */
export function presentDocument(row: DocumentRow, access: DocumentAccess, owner: PersonRef | null): Document {
  const { deletedAt, createdAt, updatedAt, ...rest } = row;
  return {
    ...rest,
    owner,
    access,
    deletedAt: deletedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
