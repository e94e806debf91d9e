import type { ShareKind } from '@spacedly/kit';
import { documentShares, documents, shareSends } from '../schema.ts';

/** How documents are shared. */
export const DOCUMENT_SHARES: ShareKind = {
  what: 'document',
  shares: documentShares,
  thing: 'doc_id',
  sends: shareSends,
  things: documents,
  owner: 'owner_id',
  tell: (tx, outbox, { id: docId, ...told }) => outbox.publish(tx, 'document.shared', { docId, ...told }),
};
