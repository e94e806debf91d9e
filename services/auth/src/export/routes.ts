import { authRoutes } from '@spacedly/contracts';
import { accepted, bindRoute, ok, readExportPage } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../audit/service.ts';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { presentExport } from './rules.ts';
import { sections } from './sections.ts';
import { openExport, requestExport } from './service-request.ts';

export function exportRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.requestExport, async ({ identity, request, reply }) => {
    const row = await requestExport(deps, actorOf(request), identity.userId, originOf(request));
    reply.header('cache-control', 'no-store');
    return accepted(presentExport(row));
  });

  bindRoute(app, authRoutes.downloadExport, async ({ identity, params, reply }) => {
    const { row, file } = await openExport(deps, { userId: identity.userId, id: params.exportId });
    const day = row.createdAt.toISOString().slice(0, 10);
    await reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="spacedly-${day}.zip"`)
      .header('content-length', file.sizeBytes)
      .type('application/zip')
      .send(file.stream);
    return ok(undefined);
  });

  bindRoute(app, authRoutes.exportAuthData, async ({ params, query }) =>
    ok(await readExportPage(deps.db, sections, params.userId, query.cursor)),
  );
}
