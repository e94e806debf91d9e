import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, ok, readExportPage } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { sections } from './store.ts';

/** What this service keeps about a person, for the archive they can ask for. */
export function peopleRoutes(app: FastifyInstance, { db }: Pick<TasksDeps, 'db'>): void {
  bindRoute(app, tasksRoutes.exportTaskData, async ({ params, query }) =>
    ok(await readExportPage(db, sections, params.userId, query.cursor)),
  );
}
