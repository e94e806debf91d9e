import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, noContent, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { findTask } from '../items/store.ts';
import { presentReminderRow, presentSettings } from './rules.ts';
import { changeReminder, closeReminder, createReminder, removeReminder, snoozeReminder } from './service.ts';
import { changeSettings } from './service-settings.ts';
import { findReminder, listReminders } from './store.ts';
import { findSettings } from './store-settings.ts';

/** A task has few reminders; the list is one page. */
const TASK_PAGE = { limit: 100 };

export function reminderRoutes(app: FastifyInstance, deps: TasksDeps): void {
  const { db } = deps;

  bindRoute(app, tasksRoutes.createReminder, async ({ identity, body, idempotency }) => {
    const reminder = await createReminder(deps, identity.userId, body, idempotency);
    return created(`/v1/reminders/${reminder.id}`, reminder);
  });

  bindRoute(app, tasksRoutes.listReminders, async ({ identity: { userId }, query }) => {
    const { items, nextCursor } = await listReminders(db, { userId, ...query }, query);
    return ok({ items: items.map(presentReminderRow), nextCursor });
  });

  bindRoute(app, tasksRoutes.getReminderSettings, async ({ identity: { userId } }) =>
    ok(presentSettings(await findSettings(db, userId))),
  );

  bindRoute(app, tasksRoutes.updateReminderSettings, async ({ identity: { userId }, ifMatch, body }) =>
    ok(await changeSettings(deps, { userId, ifMatch }, body)),
  );

  bindRoute(app, tasksRoutes.listTaskReminders, async ({ identity: { userId }, params: { taskId } }) => {
    if ((await findTask(db, { userId, id: taskId })) === null) throw new Problem('TASK_NOT_FOUND');
    const { items, nextCursor } = await listReminders(db, { userId, taskId }, TASK_PAGE);
    return ok({ items: items.map(presentReminderRow), nextCursor });
  });

  bindRoute(app, tasksRoutes.getReminder, async ({ identity: { userId }, params }) => {
    const row = await findReminder(db, { userId, id: params.reminderId });
    if (row === null) throw new Problem('REMINDER_NOT_FOUND');
    return ok(presentReminderRow(row));
  });

  bindRoute(app, tasksRoutes.updateReminder, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(await changeReminder(deps, { userId, id: params.reminderId, ifMatch }, body)),
  );

  bindRoute(app, tasksRoutes.deleteReminder, async ({ identity: { userId }, params, ifMatch }) => {
    await removeReminder(deps, { userId, id: params.reminderId, ifMatch });
    return noContent();
  });

  bindRoute(app, tasksRoutes.completeReminder, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await closeReminder(deps, { userId, id: params.reminderId, ifMatch }, 'completed')),
  );

  bindRoute(app, tasksRoutes.skipReminder, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await closeReminder(deps, { userId, id: params.reminderId, ifMatch }, 'skipped')),
  );

  bindRoute(app, tasksRoutes.snoozeReminder, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(await snoozeReminder(deps, { userId, id: params.reminderId, ifMatch }, body)),
  );
}
