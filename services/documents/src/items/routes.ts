import { documentsRoutes } from '@spacedly/contracts';
import { bindRoute, created, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { DocumentsDeps } from '../deps.ts';
import { viewerOf } from '../people/viewer.ts';
import { createDocument, readDocument } from './service.ts';

export function itemRoutes(app: FastifyInstance, deps: DocumentsDeps): void {
  bindRoute(app, documentsRoutes.createDocument, async ({ identity, body, idempotency }) => {
    const document = await createDocument(deps, identity.userId, body, idempotency);
    return created(`/v1/docs/${document.id}`, document);
  });

  bindRoute(app, documentsRoutes.getDocument, async ({ request, params }) =>
    ok(await readDocument(deps, { docId: params.docId, viewer: await viewerOf(deps, request) })),
  );
}
