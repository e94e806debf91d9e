import type { AdminDeed, DocumentAccess } from '@spacedly/contracts';
import { type Db, type Outbox, Problem } from '@spacedly/kit';
import type { Need, Viewer } from '../deps.ts';
import { allows, type Level, levelOf, whyRefused } from './rules.ts';
import { type DocumentHead, findFull, findHead } from './store.ts';

/** What is asked of a document, and how the audit log calls it where only an admin's right allows it. */
export interface Ask extends Need {
  deed: AdminDeed;
  /** Whether it may be done with a document in the bin; only its owner and admins know of it. */
  inBin?: boolean;
  /** Holds the document still until the transaction ends. */
  lock?: boolean;
}

export interface Authorized<D> {
  document: D;
  /** What the viewer may do with it; everything, for an admin. */
  access: DocumentAccess;
}

type Found = DocumentHead & { level: number };

/** @throws Problem DOCUMENT_NOT_FOUND, DOCUMENT_FORBIDDEN, UNAVAILABLE */
async function decide<F extends Found>(
  tx: Db,
  outbox: Outbox,
  { docId, viewer, needed, deed, inBin = false }: Ask,
  found: F | null,
): Promise<Authorized<Omit<F, 'level'>>> {
  const isThere = found !== null && (found.deletedAt === null || inBin);
  const level: Level = isThere ? levelOf(found.level) : 'none';
  const refusal = whyRefused({ ...viewer, isThere }, level, needed);
  if (refusal !== null || !isThere) throw new Problem(refusal ?? 'DOCUMENT_NOT_FOUND');
  if (!allows(level, needed)) await tellDeed(tx, outbox, viewer, { deed, docId, ownerId: found.ownerId });
  const { level: _, ...document } = found;
  return { document, access: viewer.isAdmin ? 'owner' : (level as DocumentAccess) };
}

async function tellDeed(
  tx: Db,
  outbox: Outbox,
  { userId, ip, requestId }: Viewer,
  { deed, docId, ownerId }: { deed: AdminDeed; docId: string; ownerId: string },
): Promise<void> {
  const detail = { docId };
  const actorId = userId as string;
  await outbox.publish(tx, 'admin.acted', {
    ...{ actorId, action: deed, targetId: ownerId, detail, ip, requestId },
  });
}

/**
 * The one door to a document: loads it without its text, decides by `accessLevel`, and has an admin's use of their right
 * over what is not theirs written to the audit log, in the transaction of the deed.
 * @param tx the transaction of a change; plain reads need none
 * @throws Problem DOCUMENT_NOT_FOUND without any access, DOCUMENT_FORBIDDEN with too little, UNAVAILABLE where a
 *   refusal would need to know what the auth service could not be asked
 */
export async function authorizeDocument(tx: Db, outbox: Outbox, ask: Ask): Promise<Authorized<DocumentHead>> {
  return decide(tx, outbox, ask, await findHead(tx, ask));
}

/** The same, with the text. */
export async function authorizeFull(tx: Db, outbox: Outbox, ask: Ask) {
  return decide(tx, outbox, ask, await findFull(tx, ask));
}
