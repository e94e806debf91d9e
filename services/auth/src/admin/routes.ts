import { authRoutes } from '@spacedly/contracts';
import { bindRoute, noContent, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../audit/service.ts';
import { deleteByAdmin } from '../deletion/service.ts';
import { purgeByAdmin } from '../deletion/service-purge.ts';
import { restoreByAdmin } from '../deletion/service-restore.ts';
import type { AuthDeps } from '../deps.ts';
import { originOf } from '../origin.ts';
import { ACCESS_TOKEN_SECONDS } from '../sessions/rules.ts';
import { presentAdminUser } from './rules.ts';
import { impersonate } from './service-impersonate.ts';
import { changeUser, revokeSessions } from './service-update.ts';
import { findAnyUser, listUsers } from './store.ts';
import { findStats } from './store-stats.ts';

export function adminRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const { db, now } = deps;

  bindRoute(app, authRoutes.adminListUsers, async ({ query }) => {
    const { items, nextCursor } = await listUsers(db, query);
    return ok({ items: items.map(presentAdminUser), nextCursor });
  });

  bindRoute(app, authRoutes.adminGetUser, async ({ params }) => {
    const row = await findAnyUser(db, params.userId);
    if (row === null) throw new Problem('USER_NOT_FOUND');
    return ok(presentAdminUser(row));
  });

  bindRoute(app, authRoutes.adminUpdateUser, async ({ params, ifMatch, body, request }) =>
    ok(presentAdminUser(await changeUser(deps, actorOf(request), { ...params, ifMatch }, body))),
  );

  bindRoute(app, authRoutes.adminDeleteUser, async ({ params, request }) => {
    await deleteByAdmin(deps, actorOf(request), params.userId);
    return noContent();
  });

  bindRoute(app, authRoutes.adminRestoreUser, async ({ params, request }) =>
    ok(presentAdminUser(await restoreByAdmin(deps, actorOf(request), params.userId))),
  );

  bindRoute(app, authRoutes.adminPurgeUser, async ({ params, body, request }) => {
    await purgeByAdmin(deps, actorOf(request), params.userId, body.confirm);
    return noContent();
  });

  bindRoute(app, authRoutes.adminRevokeSessions, async ({ params, request }) => {
    await revokeSessions(deps, actorOf(request), params.userId);
    return noContent();
  });

  bindRoute(app, authRoutes.adminImpersonate, async ({ params, request, reply }) => {
    const { user, accessToken } = await impersonate(deps, actorOf(request), params.userId, originOf(request));
    reply.header('cache-control', 'no-store');
    const expiresIn = ACCESS_TOKEN_SECONDS;
    return ok({ accessToken, tokenType: 'Bearer', expiresIn, user: presentAdminUser(user) });
  });

  bindRoute(app, authRoutes.adminStats, async () => ok(await findStats(db, now())));
}
