import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { getAnalytics, getHeatmap, getStreaks } from './service.ts';

export function analyticsRoutes(app: FastifyInstance, deps: TasksDeps): void {
  bindRoute(app, tasksRoutes.getAnalytics, async ({ identity }) =>
    ok(await getAnalytics(deps, identity.userId)),
  );

  bindRoute(app, tasksRoutes.getStreaks, async ({ identity }) => ok(await getStreaks(deps, identity.userId)));

  bindRoute(app, tasksRoutes.getHeatmap, async ({ identity, query }) =>
    ok(await getHeatmap(deps, identity.userId, query.year)),
  );
}
