import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { Numbers } from './service.ts';

export function analyticsRoutes(
  app: FastifyInstance,
  { getAnalytics, getStreaks, getHeatmap }: Numbers,
): void {
  bindRoute(app, tasksRoutes.getAnalytics, async ({ identity }) => ok(await getAnalytics(identity.userId)));

  bindRoute(app, tasksRoutes.getStreaks, async ({ identity }) => ok(await getStreaks(identity.userId)));

  bindRoute(app, tasksRoutes.getHeatmap, async ({ identity, query }) =>
    ok(await getHeatmap(identity.userId, query.year)),
  );
}
