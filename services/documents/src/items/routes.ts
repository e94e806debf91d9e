import { documentsRoutes } from '@spacedly/contracts';
import { bindRoute, created, type Identity, noContent, ok } from '@spacedly/kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DocumentsDeps, Target } from '../deps.ts';
import { viewerOf } from '../people/viewer.ts';
import { changeDocument, createDocument, readDocument } from './service.ts';
import { removeDocument, restoreDocument } from './service-bin.ts';
import { readList } from './service-list.ts';

export function itemRoutes(app: FastifyInstance, deps: DocumentsDeps): void {
  const signedIn = async (request: FastifyRequest, { userId }: Identity) => ({
    ...(await viewerOf(deps, request)),
    userId,
  });

  bindRoute(app, documentsRoutes.createDocument, async ({ identity, request, body, idempotency }) => {
    const document = await createDocument(deps, await signedIn(request, identity), body, idempotency);
    return created(`/v1/docs/${document.id}`, document);
  });

  bindRoute(app, documentsRoutes.listDocuments, async ({ identity, request, query }) =>
    ok(await readList(deps, await signedIn(request, identity), query)),
  );

  bindRoute(app, documentsRoutes.getDocument, async ({ request, params }) =>
    ok(await readDocument(deps, { docId: params.docId, viewer: await viewerOf(deps, request) })),
  );

  const targetOf = async (
    request: FastifyRequest,
    docId: string,
    ifMatch: number | null,
  ): Promise<Target> => ({
    viewer: await viewerOf(deps, request),
    docId,
    ifMatch,
  });

  bindRoute(app, documentsRoutes.updateDocument, async ({ request, params, ifMatch, body }) =>
    ok(await changeDocument(deps, await targetOf(request, params.docId, ifMatch), body)),
  );

  bindRoute(app, documentsRoutes.deleteDocument, async ({ request, params, ifMatch }) => {
    await removeDocument(deps, await targetOf(request, params.docId, ifMatch));
    return noContent();
  });

  bindRoute(app, documentsRoutes.restoreDocument, async ({ request, params, ifMatch }) =>
    ok(await restoreDocument(deps, await targetOf(request, params.docId, ifMatch))),
  );
}
