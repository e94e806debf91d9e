import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { createFinder } from './find.ts';
import { createRankedSearch } from './ranked.ts';

/** What the search over everything asks for. */
export function taskSearchRoutes(app: FastifyInstance, deps: TasksDeps): void {
  const search = createRankedSearch(deps.db, createFinder(deps));
  bindRoute(app, tasksRoutes.searchTasks, async ({ body }) => ok({ items: await search(body) }));
}
