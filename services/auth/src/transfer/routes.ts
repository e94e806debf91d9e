import { authRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { exportUsers, importUsers } from './service.ts';

export function transferRoutes(app: FastifyInstance, deps: AuthDeps): void {
  bindRoute(app, authRoutes.importUsers, async ({ body }) =>
    ok({ outcomes: await importUsers(deps, body.users) }),
  );
  bindRoute(app, authRoutes.exportUsers, async ({ query }) => ok(await exportUsers(deps, query.after)));
}
