import { type DocumentAccess, documentsRoutes } from '@spacedly/contracts';
import { areRelated, bindRoute, created, type Db, noContent, ok, Problem, type Shares } from '@spacedly/kit';
import { and, eq, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { authorizeDocument } from '../access/authorize.ts';
import type { DocumentsDeps, Viewer } from '../deps.ts';
import { viewerOf } from '../people/viewer.ts';
import { documents } from '../schema.ts';
import { DOCUMENT_SHARES } from './kind.ts';

interface Asked {
  docId: string;
  viewer: Viewer;
}

/** The first share of a private document makes it one that is shared. That is no save, so its version stays. */
async function openUp(tx: Db, docId: string): Promise<void> {
  await tx
    .update(documents)
    .set({ visibility: 'shared' })
    .where(and(eq(documents.id, docId), eq(documents.visibility, 'private')));
}

export function shareRoutes(app: FastifyInstance, deps: DocumentsDeps, shares: Shares): void {
  const { db, outbox } = deps;

  /** The document, held still, for whoever may do what is needed. */
  const loads =
    ({ docId, viewer }: Asked, needed: DocumentAccess) =>
    async (tx: Db) => {
      const ask = { docId, viewer, needed, deed: 'document.shared', lock: true } as const;
      return (await authorizeDocument(tx, outbox, ask)).document;
    };

  bindRoute(
    app,
    documentsRoutes.createDocumentShare,
    async ({ request, identity: { userId }, params: { docId }, body, idempotency }) => {
      const load = loads({ docId, viewer: await viewerOf(deps, request) }, 'owner');
      const asked = { sharerId: userId, body, idempotency };
      const { isNew, share } = await shares.add(load, asked, (tx) => openUp(tx, docId));
      return isNew ? created(`/v1/docs/${docId}/shares/${share.id}`, share) : ok(share);
    },
  );

  bindRoute(app, documentsRoutes.listDocumentShares, async ({ request, params: { docId }, query }) => {
    const viewer = await viewerOf(deps, request);
    await authorizeDocument(db, outbox, { docId, viewer, needed: 'write', deed: 'document.read' });
    return ok(await shares.list(docId, query));
  });

  bindRoute(app, documentsRoutes.updateDocumentShare, async ({ request, params, body }) => {
    const load = loads({ docId: params.docId, viewer: await viewerOf(deps, request) }, 'owner');
    return ok(await shares.change(load, params.shareId, body.access));
  });

  bindRoute(app, documentsRoutes.deleteDocumentShare, async ({ request, identity: { userId }, params }) => {
    const { docId, shareId } = params;
    const asked = { docId, viewer: await viewerOf(deps, request) };
    await shares.remove(loads(asked, 'read'), { shareId, userId }, async (tx, { ownerId }) => {
      if (asked.viewer.isAdmin || ownerId === userId) return void (await loads(asked, 'owner')(tx));
      throw new Problem('DOCUMENT_FORBIDDEN');
    });
    return noContent();
  });

  const isLive = sql`t.deleted_at IS NULL AND t.visibility <> 'private'`;
  bindRoute(app, documentsRoutes.findDocumentRelation, async ({ query }) =>
    ok({ isShared: await areRelated(db, DOCUMENT_SHARES, query, isLive) }),
  );
}
