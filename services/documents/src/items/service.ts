import type { CreateDocumentBody, Document } from '@spacedly/contracts';
import { type IdempotencyClaim, newId, once } from '@spacedly/kit';
import { authorizeFull } from '../access/authorize.ts';
import type { DocumentsDeps, Target } from '../deps.ts';
import { idempotencyKeys } from '../schema.ts';
import { planDocument, presentDocument } from './rules.ts';
import { insertDocument } from './store.ts';

/**
 * Stores a document; with the same idempotency key it is stored once.
 * @throws Problem IDEMPOTENCY_KEY_REUSED
 */
export async function createDocument(
  deps: DocumentsDeps,
  ownerId: string,
  body: CreateDocumentBody,
  idempotency: IdempotencyClaim | null,
): Promise<Document> {
  const owner = (await deps.people.refsOf([ownerId])).get(ownerId) ?? null;
  const row = planDocument(body, { id: newId(), ownerId, now: deps.now() });
  return deps.db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      await insertDocument(tx, row);
      return presentDocument(row, 'owner', owner);
    }),
  );
}

/**
 * A document with its text; in the bin for its owner alone.
 * @throws Problem DOCUMENT_NOT_FOUND where there is none that the viewer may read, UNAVAILABLE
 */
export async function readDocument(
  { db, outbox, people }: DocumentsDeps,
  { docId, viewer }: Pick<Target, 'docId' | 'viewer'>,
): Promise<Document> {
  const ask = { docId, viewer, needed: 'read', deed: 'document.read', inBin: true } as const;
  const { document, access } = await authorizeFull(db, outbox, ask);
  const owners = await people.refsOf([document.ownerId]);
  return presentDocument(document, access, owners.get(document.ownerId) ?? null);
}
