import { documentsRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { DocumentsDeps } from '../deps.ts';
import { viewerOf } from '../people/viewer.ts';
import { search } from './service.ts';

export function searchRoutes(app: FastifyInstance, deps: DocumentsDeps): void {
  bindRoute(app, documentsRoutes.search, async ({ request, query }) =>
    ok(await search(deps, await viewerOf(deps, request), query)),
  );
}
