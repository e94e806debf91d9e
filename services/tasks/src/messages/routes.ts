import { notificationRoutes, tasksRoutes } from '@spacedly/contracts';
import { bindRoute, call, ok, Problem, type ServiceTokens, type Transports } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { Numbers } from '../analytics/service.ts';
import type { TasksDeps } from '../deps.ts';
import { getToday } from '../items/service-today.ts';
import { findReminder } from '../reminders/store.ts';
import { ownSteps } from './rules.ts';
import { followReminder, getWeek } from './service.ts';

interface Others {
  numbers: Numbers;
  transports: Transports;
  serviceTokens: ServiceTokens;
}

/** What messages need of tasks, and what people see of the messages of a reminder. */
export function messageRoutes(
  app: FastifyInstance,
  deps: TasksDeps,
  { numbers, transports, serviceTokens }: Others,
): void {
  bindRoute(
    app,
    tasksRoutes.getReminderTimeline,
    async ({ identity: { userId }, params: { reminderId } }) => {
      const reminder = await findReminder(deps.db, { userId, id: reminderId });
      if (reminder === null) throw new Problem('REMINDER_NOT_FOUND');
      const context = { authorization: `Service ${serviceTokens.issue()}` };
      const input = { params: { userId, reminderId } };
      const route = notificationRoutes.getDeliveryTimeline;
      const { items } = (await call(transports('notifications'), route, input, context)).body;
      const all = [...ownSteps(reminder), ...items];
      return ok({ items: all.sort((a, b) => a.at.localeCompare(b.at)), nextCursor: null });
    },
  );

  bindRoute(app, tasksRoutes.getTodayOf, async ({ params }) => ok(await getToday(deps, params.userId)));

  bindRoute(app, tasksRoutes.getWeekOf, async ({ params }) =>
    ok(await getWeek(deps, numbers, params.userId)),
  );

  bindRoute(app, tasksRoutes.followReminder, async ({ params, body }) =>
    ok({ isDone: await followReminder(deps, { ...body, reminderId: params.reminderId }) }),
  );
}
