import { authRoutes } from '@spacedly/contracts';
import { bindRoute, noContent } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../audit/service.ts';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { clearCookies } from '../sessions/delivery.ts';
import { deleteMe } from './service.ts';
import { restoreByLink } from './service-restore.ts';

export function deletionRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.deleteMe, async ({ identity, body, request, reply }) => {
    await deleteMe(deps, actorOf(request), identity.userId, body, originOf(request));
    clearCookies(deps, reply);
    return noContent();
  });

  bindRoute(app, authRoutes.restoreAccount, async ({ body, request }) => {
    await restoreByLink(deps, actorOf(request), body.token, originOf(request));
    return noContent();
  });
}
