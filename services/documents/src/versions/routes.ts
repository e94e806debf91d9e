import { documentsRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { DocumentsDeps } from '../deps.ts';
import { viewerOf } from '../people/viewer.ts';
import { compareVersions, readVersion, readVersions, restoreVersion } from './service.ts';

export function versionRoutes(app: FastifyInstance, deps: DocumentsDeps): void {
  bindRoute(app, documentsRoutes.listDocumentVersions, async ({ request, params: { docId }, query }) =>
    ok(await readVersions(deps, { docId, viewer: await viewerOf(deps, request) }, query)),
  );

  bindRoute(app, documentsRoutes.diffDocumentVersions, async ({ request, params: { docId }, query }) =>
    ok(await compareVersions(deps, { docId, viewer: await viewerOf(deps, request) }, query)),
  );

  bindRoute(app, documentsRoutes.getDocumentVersion, async ({ request, params: { docId, version } }) =>
    ok(await readVersion(deps, { docId, viewer: await viewerOf(deps, request) }, version)),
  );

  bindRoute(app, documentsRoutes.restoreDocumentVersion, async ({ request, params, ifMatch }) => {
    const { docId, version } = params;
    return ok(await restoreVersion(deps, { docId, viewer: await viewerOf(deps, request), ifMatch }, version));
  });
}
