import type { CreateDocumentBody, Document, UpdateDocumentBody } from '@spacedly/contracts';
import { type IdempotencyClaim, markOpened, newId, once } from '@spacedly/kit';
import { authorizeFull } from '../access/authorize.ts';
import type { DocumentsDeps, Target, Viewer } from '../deps.ts';
import { idempotencyKeys } from '../schema.ts';
import { DOCUMENT_SHARES } from '../shares/kind.ts';
import {
  assertDepartment,
  assertVersion,
  neededFor,
  planChanges,
  planDocument,
  presentDocument,
} from './rules.ts';
import { insertDocument, saveChanges } from './store.ts';

/**
 * Stores a document; with the same idempotency key it is stored once.
 * @throws Problem IDEMPOTENCY_KEY_REUSED, DEPARTMENT_NOT_YOURS, UNAVAILABLE
 */
export async function createDocument(
  deps: DocumentsDeps,
  viewer: Viewer & { userId: string },
  body: CreateDocumentBody,
  idempotency: IdempotencyClaim | null,
): Promise<Document> {
  const { userId: ownerId } = viewer;
  assertDepartment(viewer, body.department);
  const owner = (await deps.people.refsOf([ownerId])).get(ownerId) ?? null;
  const row = planDocument(body, { id: newId(), ownerId, now: deps.now() });
  return deps.db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      await insertDocument(tx, row);
      return presentDocument(row, 'owner', owner);
    }),
  );
}

/** Adds the name of its owner to what is shown of a document. */
export async function withOwner(
  { people }: Pick<DocumentsDeps, 'people'>,
  { document, access }: Awaited<ReturnType<typeof authorizeFull>>,
): Promise<Document> {
  const owners = await people.refsOf([document.ownerId]);
  return presentDocument(document, access, owners.get(document.ownerId) ?? null);
}

/**
 * A document with its text; in the bin for its owner alone.
 * @throws Problem DOCUMENT_NOT_FOUND where there is none that the viewer may read, UNAVAILABLE
 */
export async function readDocument(
  deps: DocumentsDeps,
  { docId, viewer }: Pick<Target, 'docId' | 'viewer'>,
): Promise<Document> {
  const ask = { docId, viewer, needed: 'read', deed: 'document.read', inBin: true } as const;
  const found = await authorizeFull(deps.db, deps.outbox, ask);
  const { userId } = viewer;
  if (userId !== null && found.access !== 'owner') {
    await markOpened(deps.db, DOCUMENT_SHARES, { thingId: docId, userId, now: deps.now() });
  }
  return withOwner(deps, found);
}

/**
 * Changes a document. What changes something is a new version; what does not is none.
 * @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, PRECONDITION_FAILED, DEPARTMENT_NOT_YOURS, UNAVAILABLE
 */
export async function changeDocument(
  deps: DocumentsDeps,
  { docId, viewer, ifMatch }: Target,
  body: UpdateDocumentBody,
): Promise<Document> {
  const { db, outbox, now } = deps;
  const changed = await db.transaction(async (tx) => {
    const ask = { docId, viewer, needed: neededFor(body), deed: 'document.changed', lock: true } as const;
    const { document, access } = await authorizeFull(tx, outbox, ask);
    assertVersion(document, ifMatch);
    const changes = planChanges(document, body);
    if (changes === null) return { document, access };
    assertDepartment(viewer, changes.department);
    const save = { ...document, ...changes, version: document.version + 1, updatedAt: now() };
    await saveChanges(tx, save, { authorId: viewer.userId as string });
    return { document: save, access };
  });
  return withOwner(deps, changed);
}
