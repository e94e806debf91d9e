import { Problem, SCOPE_OF_SERVICE } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { RoutingEntry } from '../routing-table.ts';

const METHODS = ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Puts the table's auth mode on the addresses under a local service's prefixes that are no route of it. Without this a
 * stranger would get 404 for them in one process and 401 through a proxy, which knows the prefix only.
 */
export function closedRoutes(app: FastifyInstance, entries: readonly RoutingEntry[]): void {
  for (const { prefix, auth } of entries) {
    for (const url of [prefix, `${prefix}/*`]) {
      const free = METHODS.filter((method) => !app.hasRoute({ method, url }));
      app.route({
        method: free,
        url,
        config: { auth, scope: SCOPE_OF_SERVICE },
        handler: async () => {
          throw new Problem('NOT_FOUND');
        },
      });
    }
  }
}
