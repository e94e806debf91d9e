import { authRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { issuerMetadata } from './metadata.ts';
import { PUBLISHED_MAX_AGE_SECONDS } from './rules.ts';
import { rotateKeys } from './service.ts';
import type { KeyRow } from './store.ts';

export function keyRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const { keys, config } = deps;

  bindRoute(app, authRoutes.jwks, async ({ reply }) => {
    reply.header('cache-control', `public, max-age=${PUBLISHED_MAX_AGE_SECONDS}`);
    return ok({ keys: (await keys.published()) as Record<string, unknown>[] });
  });

  bindRoute(app, authRoutes.openidConfiguration, async ({ reply }) => {
    reply.header('cache-control', 'public, max-age=3600');
    return ok(issuerMetadata(config.PUBLIC_URL));
  });

  bindRoute(app, authRoutes.rotateKeys, async ({ body }) => {
    // Neither reason can find that no key is needed.
    const { kid, signsFrom } = (await rotateKeys(deps, body.revokeOld ? 'revoked' : 'asked')) as KeyRow;
    return ok({ kid, signsFrom: signsFrom.toISOString() });
  });
}
