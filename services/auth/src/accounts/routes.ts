import { authRoutes } from '@spacedly/contracts';
import { bindRoute, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { presentContact, presentUser } from './rules.ts';
import { updateProfile } from './service.ts';
import { findUser, hasAnyUser } from './store.ts';

export function accountRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const { db } = deps;

  bindRoute(app, authRoutes.setupState, async () => ok({ needsFirstAccount: !(await hasAnyUser(db)) }));

  bindRoute(app, authRoutes.me, async ({ identity }) => {
    const row = await findUser(db, identity.userId);
    if (row === null) throw new Problem('UNAUTHENTICATED');
    return ok(presentUser(row));
  });

  bindRoute(app, authRoutes.updateMe, async ({ identity, ifMatch, body }) =>
    ok(presentUser(await updateProfile(deps, { userId: identity.userId, ifMatch }, body))),
  );

  bindRoute(app, authRoutes.getContact, async ({ params }) => {
    const row = await findUser(db, params.userId);
    if (row === null) throw new Problem('USER_NOT_FOUND');
    return ok(presentContact(row));
  });
}
