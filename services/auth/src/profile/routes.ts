import { authRoutes } from '@spacedly/contracts';
import { bindRoute, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import type { MayView } from './relations.ts';
import { presentMe, presentPublic } from './rules.ts';
import { updateProfile } from './service.ts';
import { createFindPerson } from './store.ts';

export function profileRoutes(app: FastifyInstance, deps: AuthDeps, mayView: MayView): void {
  const findPerson = createFindPerson(deps.db);

  bindRoute(app, authRoutes.me, async ({ identity }) => {
    const person = await findPerson(identity.userId);
    if (person === null) throw new Problem('UNAUTHENTICATED');
    return ok(presentMe(person, identity));
  });

  bindRoute(app, authRoutes.updateMe, async ({ identity, ifMatch, body }) =>
    ok(presentMe(await updateProfile(deps, { userId: identity.userId, ifMatch }, body), identity)),
  );

  bindRoute(app, authRoutes.completeProfile, async ({ identity, ifMatch, body }) =>
    ok(presentMe(await updateProfile(deps, { userId: identity.userId, ifMatch }, body), identity)),
  );

  bindRoute(app, authRoutes.getUser, async ({ identity, params }) => {
    const person = (await mayView(identity, params.userId)) ? await findPerson(params.userId) : null;
    if (person === null) throw new Problem('USER_NOT_FOUND');
    return ok(presentPublic(person));
  });
}
