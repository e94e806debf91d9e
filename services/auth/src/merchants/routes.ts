import { authRoutes } from '@spacedly/contracts';
import { bindRoute, created, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../audit/service.ts';
import type { AuthDeps } from '../deps.ts';
import { presentMerchant } from './rules.ts';
import { putMerchant, reviewMerchant } from './service.ts';
import { findMerchant, listMerchants } from './store.ts';

const MY_MERCHANT = '/v1/users/me/merchant';

export function merchantRoutes(app: FastifyInstance, deps: AuthDeps): void {
  const { db } = deps;

  async function get(userId: string) {
    const row = await findMerchant(db, userId);
    if (row === null) throw new Problem('MERCHANT_NOT_FOUND');
    return ok(presentMerchant(row));
  }

  bindRoute(app, authRoutes.getMyMerchant, ({ identity }) => get(identity.userId));

  bindRoute(app, authRoutes.putMyMerchant, async ({ identity, ifMatch, body, request }) => {
    const target = { userId: identity.userId, ifMatch };
    const { merchant, isNew } = await putMerchant(deps, actorOf(request), target, body);
    return isNew ? created(MY_MERCHANT, presentMerchant(merchant)) : ok(presentMerchant(merchant));
  });

  bindRoute(app, authRoutes.adminListMerchants, async ({ query }) => {
    const { items, nextCursor } = await listMerchants(db, query);
    return ok({ items: items.map(presentMerchant), nextCursor });
  });

  bindRoute(app, authRoutes.adminGetMerchant, ({ params }) => get(params.userId));

  bindRoute(app, authRoutes.adminReviewMerchant, async ({ params, ifMatch, body, request }) =>
    ok(presentMerchant(await reviewMerchant(deps, actorOf(request), { ...params, ifMatch }, body))),
  );
}
