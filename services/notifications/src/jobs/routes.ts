import { notificationRoutes } from '@spacedly/contracts';
import { bindRoute, noContent, ok, type Platform, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { liftSuppression } from '../delivery/store.ts';
import { findDeliveryTimeline, findReminderTimeline } from '../delivery/timeline.ts';
import { findSmsStop, liftSmsStop } from '../held/sms-stop.ts';
import { discardJob, retryJob, retryJobs } from './service.ts';
import { listJobs } from './store.ts';
import { countSmsToday, listSuppressions } from './store-limits.ts';

/** Background work and what became of messages, for admins; and of a reminder's messages, for the tasks service. */
export function registerJobRoutes(app: FastifyInstance, platform: Platform): void {
  const { database, config, log, now } = platform;
  const { db } = database;

  bindRoute(app, notificationRoutes.adminListJobs, async ({ query }) => ok(await listJobs(db, query)));

  bindRoute(app, notificationRoutes.adminRetryJob, async ({ params, identity }) => {
    await retryJob(platform, params.jobId);
    log.info({ jobId: params.jobId, adminId: identity.userId }, 'a dead letter runs again');
    return noContent();
  });

  bindRoute(app, notificationRoutes.adminRetryJobs, async ({ body, identity }) => {
    const retried = await retryJobs(platform, body);
    log.info({ ...body, retried, adminId: identity.userId }, 'dead letters run again');
    return ok({ retried });
  });

  bindRoute(app, notificationRoutes.adminDiscardJob, async ({ params, identity }) => {
    await discardJob(platform, params.jobId);
    log.info({ jobId: params.jobId, adminId: identity.userId }, 'a dead letter was discarded');
    return noContent();
  });

  bindRoute(app, notificationRoutes.adminGetDelivery, async ({ params }) => {
    const items = await findDeliveryTimeline(db, params.deliveryId);
    if (items.length === 0) throw new Problem('DELIVERY_NOT_FOUND');
    return ok({ items, nextCursor: null });
  });

  bindRoute(app, notificationRoutes.getDeliveryTimeline, async ({ params }) =>
    ok({ items: await findReminderTimeline(db, params), nextCursor: null }),
  );

  bindRoute(app, notificationRoutes.adminSmsStatus, async () => {
    const stop = await findSmsStop(db);
    return ok({
      isStopped: stop !== undefined,
      reason: stop?.reason ?? null,
      since: stop?.since.toISOString() ?? null,
      sentToday: await countSmsToday(db, now()),
      maxPerDay: config.SMS_PER_DAY,
    });
  });

  bindRoute(app, notificationRoutes.adminLiftSmsStop, async ({ identity }) => {
    await db.transaction((tx) => liftSmsStop(tx));
    log.info({ adminId: identity.userId }, 'SMS leave again');
    return noContent();
  });

  bindRoute(app, notificationRoutes.adminListSuppressions, async ({ query }) =>
    ok(await listSuppressions(db, query)),
  );

  bindRoute(app, notificationRoutes.adminLiftSuppression, async ({ params: { channel, address } }) => {
    if (!(await liftSuppression(db, channel, address))) throw new Problem('SUPPRESSION_NOT_FOUND');
    return noContent();
  });
}
