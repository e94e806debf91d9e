import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, isKnown, jsonText, noContent, notModified, ok, Problem } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { dayIn } from '../analytics/rules.ts';
import type { TasksDeps } from '../deps.ts';
import { createFinder } from '../search/find.ts';
import { moreItemRoutes } from './routes-more.ts';
import { presentTask } from './rules.ts';
import { changeTask, createTask, setCompleted } from './service.ts';
import { removeTask } from './service-bin.ts';
import { getToday } from './service-today.ts';
import { findTask } from './store.ts';
import { createTaskList } from './store-list.ts';
import { createFindTag, listTag } from './store-stamp.ts';

export function itemRoutes(app: FastifyInstance, deps: TasksDeps): void {
  const { db, zones, now } = deps;
  const listTasks = createTaskList(db, createFinder(deps));
  const findTag = createFindTag(db);

  bindRoute(app, tasksRoutes.createTask, async ({ identity, body, idempotency }) => {
    const task = await createTask(deps, identity.userId, body, idempotency);
    return created(`/v1/tasks/${task.id}`, task);
  });

  bindRoute(app, tasksRoutes.listTasks, async ({ identity: { userId }, query, request }) => {
    const at = now();
    const { overdue, dueBefore, dueAfter } = query;
    const isAboutDays = [overdue, dueBefore, dueAfter].some((value) => value !== undefined);
    const timeZone = isAboutDays ? await zones.of(userId) : 'UTC';
    const today = isAboutDays ? dayIn(timeZone, at) : '';
    const where = { userId, now: at, today, timeZone };
    // What time alone changes has no tag.
    if (!isAboutDays && request.headers['if-none-match'] !== undefined) {
      const etag = await findTag(userId);
      if (isKnown(request, etag)) return { ...notModified(), etag };
    }
    const { text, changes } = await listTasks(where, query);
    return { ...ok(jsonText(text)), ...(!isAboutDays && { etag: listTag(userId, changes) }) };
  });

  bindRoute(app, tasksRoutes.getToday, async ({ identity }) => ok(await getToday(deps, identity.userId)));

  bindRoute(app, tasksRoutes.getTask, async ({ identity: { userId }, params }) => {
    const task = await findTask(db, { userId, id: params.taskId });
    if (task === null) throw new Problem('TASK_NOT_FOUND');
    return ok(presentTask(task));
  });

  bindRoute(app, tasksRoutes.updateTask, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(await changeTask(deps, { userId, id: params.taskId, ifMatch }, body)),
  );

  bindRoute(app, tasksRoutes.deleteTask, async ({ identity: { userId }, params, ifMatch }) => {
    await removeTask(deps, { userId, id: params.taskId, ifMatch });
    return noContent();
  });

  bindRoute(app, tasksRoutes.completeTask, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await setCompleted(deps, { userId, id: params.taskId, ifMatch }, true)),
  );

  bindRoute(app, tasksRoutes.reopenTask, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await setCompleted(deps, { userId, id: params.taskId, ifMatch }, false)),
  );

  moreItemRoutes(app, deps);
}
