import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { findBudget, upsertBudget } from './store.ts';

export function budgetRoutes(app: FastifyInstance, { db }: TasksDeps): void {
  bindRoute(app, tasksRoutes.getBudget, async ({ identity }) => ok(await findBudget(db, identity.userId)));

  bindRoute(app, tasksRoutes.putBudget, async ({ identity, body, ifMatch }) => {
    const budget = await upsertBudget(db, identity.userId, body, ifMatch);
    if (budget === null) throw new Problem('PRECONDITION_FAILED');
    return ok(budget);
  });
}
