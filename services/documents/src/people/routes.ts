import { documentsRoutes } from '@spacedly/contracts';
import { bindRoute, ok, readExportPage } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { DocumentsDeps } from '../deps.ts';
import { sections } from './store.ts';

/** What this service keeps about a person, for the archive they can ask for. */
export function peopleRoutes(app: FastifyInstance, { db }: Pick<DocumentsDeps, 'db'>): void {
  bindRoute(app, documentsRoutes.exportDocumentData, async ({ params, query }) =>
    ok(await readExportPage(db, sections, params.userId, query.cursor)),
  );
}
