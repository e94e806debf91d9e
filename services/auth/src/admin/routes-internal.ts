import { authRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { grantAdmin } from './service-grant.ts';

/** For the command line, which proves that it has the installation's secret. */
export function adminGrantRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.grantAdmin, async ({ body }) => {
    const { id, email, role } = await grantAdmin(deps, body.email);
    return ok({ id, email, role });
  });
}
