import { Socket } from 'node:net';
import { Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';

/**
 * Internal routes of services in this process are for its own injected calls: whatever comes over a socket gets 404,
 * even with a service token, as it would where the services run elsewhere.
 */
export function hideInternalRoutes(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isHidden = request.route.config.auth === 'internal' && request.raw.socket instanceof Socket;
    done(isHidden ? new Problem('NOT_FOUND') : undefined);
  });
}
