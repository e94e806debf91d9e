import type { Document } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { authorizeDocument, authorizeFull } from '../access/authorize.ts';
import type { DocumentsDeps, Target } from '../deps.ts';
import { assertVersion } from './rules.ts';
import { withOwner } from './service.ts';
import { setDeleted } from './store.ts';

/**
 * Puts a document in the bin, where it stays 30 days; only its owner still knows of it. Its version stays, as what it
 * says does.
 * @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, PRECONDITION_FAILED, UNAVAILABLE
 */
export async function removeDocument(
  { db, outbox, now }: DocumentsDeps,
  { docId, viewer, ifMatch }: Target,
): Promise<void> {
  await db.transaction(async (tx) => {
    const ask = { docId, viewer, needed: 'owner', deed: 'document.deleted', lock: true } as const;
    const { document } = await authorizeDocument(tx, outbox, ask);
    assertVersion(document, ifMatch);
    const at = now();
    await setDeleted(tx, docId, { deletedAt: at, updatedAt: at });
  });
}

/**
 * Takes a document out of the bin, with its versions, comments and shares.
 * @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, DOCUMENT_NOT_DELETED, PRECONDITION_FAILED, UNAVAILABLE
 */
export async function restoreDocument(
  deps: DocumentsDeps,
  { docId, viewer, ifMatch }: Target,
): Promise<Document> {
  const restored = await deps.db.transaction(async (tx) => {
    const bin = { needed: 'owner', deed: 'document.restored', inBin: true, lock: true } as const;
    const { document, access } = await authorizeFull(tx, deps.outbox, { docId, viewer, ...bin });
    if (document.deletedAt === null) throw new Problem('DOCUMENT_NOT_DELETED');
    assertVersion(document, ifMatch);
    const back = { deletedAt: null, updatedAt: deps.now() };
    await setDeleted(tx, docId, back);
    return { document: { ...document, ...back }, access };
  });
  return withOwner(deps, restored);
}
