import type { Db, ExportSection } from '@spacedly/kit';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import {
  comments,
  documentShares,
  documents,
  documentVersions,
  idempotencyKeys,
  shareSends,
} from '../schema.ts';

/** Up to ten megabytes of text. */
const TEXTS_A_PAGE = 10;

/** What this service tells people about themselves; the bin included. */
export const sections: readonly ExportSection[] = [
  {
    name: 'documents',
    table: documents,
    owner: documents.ownerId,
    key: documents.id,
    pageRows: TEXTS_A_PAGE,
  },
  {
    name: 'versions',
    table: documentVersions,
    owner: documentVersions.authorId,
    key: sql<string>`${documentVersions.docId} || ':' || lpad(${documentVersions.version}::text, 10, '0')`,
    pageRows: TEXTS_A_PAGE,
  },
  { name: 'comments', table: comments, owner: comments.authorId, key: comments.id },
  {
    name: 'shares',
    table: documentShares,
    owner: documentShares.userId,
    key: documentShares.id,
    omit: ['createdBy'],
  },
];

/** Whose what stays of somebody is that is gone: nobody's. */
export const GONE = '00000000-0000-0000-0000-000000000000';

const MAX_DEPTH = 2;

/**
 * Takes the comments of a person out of the documents of others, from the deepest up. One with replies stays as a
 * tombstone, or the replies would go too.
 */
async function forgetComments(tx: Db, userId: string, now: Date): Promise<void> {
  const isTheirs = eq(comments.authorId, userId);
  const hasReplies = sql`EXISTS (SELECT 1 FROM ${comments} AS reply WHERE reply.parent_id = ${comments}.id)`;
  for (let depth = MAX_DEPTH; depth >= 0; depth -= 1)
    await tx.delete(comments).where(and(isTheirs, eq(comments.depth, depth), sql`NOT ${hasReplies}`));
  const tombstone = { authorId: GONE, content: '', deletedAt: now };
  await tx.update(comments).set(tombstone).where(isTheirs);
}

/**
 * Removes every row of a person: their documents with all that hangs on them, what was shared with them, and their name
 * from what they wrote for others.
 * @param addresses their e-mail and phone in lower case, as something may wait for them under one
 */
export async function deletePerson(
  tx: Db,
  { userId, addresses, now }: { userId: string; addresses: readonly string[]; now: Date },
): Promise<void> {
  await tx.delete(documents).where(eq(documents.ownerId, userId));
  await forgetComments(tx, userId, now);
  await tx.delete(documentShares).where(eq(documentShares.userId, userId));
  if (addresses.length > 0)
    await tx
      .delete(documentShares)
      .where(and(isNull(documentShares.userId), inArray(documentShares.email, [...addresses])));
  await tx.update(documentShares).set({ createdBy: GONE }).where(eq(documentShares.createdBy, userId));
  await tx.update(documentVersions).set({ authorId: GONE }).where(eq(documentVersions.authorId, userId));
  await tx.delete(shareSends).where(eq(shareSends.sharerId, userId));
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.userId, userId));
}
