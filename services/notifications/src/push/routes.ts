import { notificationRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok, type Platform, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { VapidKeys } from './keys.ts';
import { presentSubscription, subscribe } from './service.ts';
import { deleteSubscription, findSubscriptions } from './store.ts';

/** The devices of a person that get push messages. */
export function registerPushRoutes(
  app: FastifyInstance,
  platform: Platform,
  keys: () => Promise<VapidKeys>,
): void {
  const { db } = platform.database;

  bindRoute(app, notificationRoutes.getPushKey, async () => ok({ publicKey: (await keys()).publicKey }));

  bindRoute(
    app,
    notificationRoutes.createPushSubscription,
    async ({ identity: { userId }, body, request }) => {
      const userAgent = (request.headers['user-agent'] ?? '').toWellFormed();
      const { row, isNew } = await subscribe(platform, { userId, userAgent }, body);
      const shown = presentSubscription(row);
      return isNew ? created(`/v1/notifications/push-subscriptions/${row.id}`, shown) : ok(shown);
    },
  );

  bindRoute(app, notificationRoutes.listPushSubscriptions, async ({ identity }) => {
    const rows = await findSubscriptions(db, [identity.userId]);
    return ok({ items: rows.map(presentSubscription), nextCursor: null });
  });

  bindRoute(app, notificationRoutes.deletePushSubscription, async ({ identity: { userId }, params }) => {
    const isGone = await deleteSubscription(db, { userId, id: params.subscriptionId });
    if (!isGone) throw new Problem('PUSH_SUBSCRIPTION_NOT_FOUND');
    return noContent();
  });
}
