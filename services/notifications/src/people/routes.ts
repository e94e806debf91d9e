import { notificationRoutes } from '@spacedly/contracts';
import { bindRoute, ok, type Platform, readExportPage } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { sections } from './store.ts';

/** What this service keeps about a person, for the archive they can ask for. */
export function registerPeopleRoutes(app: FastifyInstance, { database }: Platform): void {
  bindRoute(app, notificationRoutes.exportNotificationData, async ({ params, query }) =>
    ok(await readExportPage(database.db, sections, params.userId, query.cursor)),
  );
}
