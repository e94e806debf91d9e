import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { dayIn } from './rules.ts';
import { findStreaks } from './store.ts';

export function analyticsRoutes(app: FastifyInstance, { db, zones, now }: TasksDeps): void {
  bindRoute(app, tasksRoutes.getStreaks, async ({ identity: { userId } }) => {
    const timeZone = await zones.of(userId);
    return ok(await findStreaks(db, { userId, timeZone, today: dayIn(timeZone, now()) }));
  });
}
