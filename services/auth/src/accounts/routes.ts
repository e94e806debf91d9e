import { authRoutes } from '@spacedly/contracts';
import { bindRoute, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { AuthDeps } from '../deps.ts';
import { presentContact, presentKnown } from './rules.ts';
import { findPeople, findUser, findUsers, hasAnyUser } from './store.ts';

export function accountRoutes(app: FastifyInstance, { db }: AuthDeps): void {
  bindRoute(app, authRoutes.setupState, async () => ok({ needsFirstAccount: !(await hasAnyUser(db)) }));

  bindRoute(app, authRoutes.getContact, async ({ params }) => {
    const row = await findUser(db, params.userId);
    if (row === null) throw new Problem('USER_NOT_FOUND');
    return ok(presentContact(row));
  });

  bindRoute(app, authRoutes.findContacts, async ({ body }) =>
    ok({ items: (await findUsers(db, body.userIds)).map(presentContact) }),
  );

  bindRoute(app, authRoutes.findPeople, async ({ body }) =>
    ok({ items: (await findPeople(db, body)).map(presentKnown) }),
  );
}
