import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, isKnown, jsonText, notModified, ok } from '@spacedly/kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Told } from './kept.ts';
import type { Numbers } from './service.ts';

/** What the client has already is not sent again. */
const answer = (request: FastifyRequest, { text, etag }: Told) =>
  isKnown(request, etag) ? { ...notModified(), etag } : { ...ok(jsonText(text)), etag };

export function analyticsRoutes(
  app: FastifyInstance,
  { tellAnalytics, tellStreaks, tellHeatmap }: Numbers,
): void {
  bindRoute(app, tasksRoutes.getAnalytics, async ({ identity, request }) =>
    answer(request, await tellAnalytics(identity.userId)),
  );

  bindRoute(app, tasksRoutes.getStreaks, async ({ identity, request }) =>
    answer(request, await tellStreaks(identity.userId)),
  );

  bindRoute(app, tasksRoutes.getHeatmap, async ({ identity, query, request }) =>
    answer(request, await tellHeatmap(identity.userId, query.year)),
  );
}
