import type { CreateDocumentBody, Document, PersonRef } from '@spacedly/contracts';
import { type IdempotencyClaim, newId, once, Problem } from '@spacedly/kit';
import { levelOf } from '../access/rules.ts';
import type { DocumentsDeps, Target } from '../deps.ts';
import type { Person } from '../people/people.ts';
import { idempotencyKeys } from '../schema.ts';
import { planDocument, presentDocument } from './rules.ts';
import { findDocument, insertDocument } from './store.ts';

/** What others see of a person. */
export function refOf(person: Person | undefined): PersonRef | null {
  if (person === undefined) return null;
  const { id, name, username, avatarUrl } = person;
  return { id, name, username, avatarUrl };
}

/**
 * Stores a document; with the same idempotency key it is stored once.
 * @throws Problem IDEMPOTENCY_KEY_REUSED, UNAVAILABLE
 */
export async function createDocument(
  deps: DocumentsDeps,
  ownerId: string,
  body: CreateDocumentBody,
  idempotency: IdempotencyClaim | null,
): Promise<Document> {
  const owner = refOf((await deps.people.byIds([ownerId])).get(ownerId));
  const row = planDocument(body, { id: newId(), ownerId, now: deps.now() });
  return deps.db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      await insertDocument(tx, row);
      return presentDocument(row, 'owner', owner);
    }),
  );
}

/** @throws Problem DOCUMENT_NOT_FOUND where there is none that the viewer may read, UNAVAILABLE */
export async function readDocument(
  deps: DocumentsDeps,
  { docId, viewer }: Pick<Target, 'docId' | 'viewer'>,
): Promise<Document> {
  const row = await findDocument(deps.db, { docId, viewer });
  if (row === null) throw new Problem('DOCUMENT_NOT_FOUND');
  const { level: count, ...document } = row;
  const level = levelOf(count);
  if (level === 'none') throw new Problem('DOCUMENT_NOT_FOUND');
  const owner = refOf((await deps.people.byIds([document.ownerId])).get(document.ownerId));
  return presentDocument(document, level, owner);
}
