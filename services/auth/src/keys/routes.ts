import { authRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';

export function keyRoutes(app: FastifyInstance, { keys }: AuthDeps): void {
  bindRoute(app, authRoutes.jwks, async ({ reply }) => {
    reply.header('cache-control', 'public, max-age=60');
    return ok({ keys: (await keys.published()) as Record<string, unknown>[] });
  });
}
