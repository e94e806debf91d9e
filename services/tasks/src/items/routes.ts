import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, isKnown, jsonText, markOpened, noContent, notModified, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import { dayIn } from '../analytics/rules.ts';
import type { TasksDeps } from '../deps.ts';
import { createFinder } from '../search/find.ts';
import { assertSharedToo, inOwnersName, taskInOwnersName } from '../shares/access.ts';
import { TASK_SHARES } from '../shares/kind.ts';
import { moreItemRoutes } from './routes-more.ts';
import { changeTask, createTask, presentCurrent, setCompleted } from './service.ts';
import { removeTask } from './service-bin.ts';
import { getToday } from './service-today.ts';
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
    // What time alone changes has no tag, nor what others change.
    const hasTag = !isAboutDays && query.shared !== true;
    const timeZone = isAboutDays ? await zones.of(userId) : 'UTC';
    const today = isAboutDays ? dayIn(timeZone, at) : '';
    const where = { userId, now: at, today, timeZone };
    if (hasTag && request.headers['if-none-match'] !== undefined) {
      const etag = await findTag(userId);
      if (isKnown(request, etag)) return { ...notModified(), etag };
    }
    const { text, changes } = await listTasks(where, query);
    return { ...ok(jsonText(text)), ...(hasTag && { etag: listTag(userId, changes) }) };
  });

  bindRoute(app, tasksRoutes.getToday, async ({ identity }) => ok(await getToday(deps, identity.userId)));

  bindRoute(app, tasksRoutes.getTask, async ({ identity: { userId }, params }) => {
    const key = { userId, id: params.taskId };
    const task = await taskInOwnersName(db, key, 'read', (ownersKey) => presentCurrent(db, ownersKey));
    if (task.access !== undefined)
      await markOpened(db, TASK_SHARES, { thingId: task.id, userId, now: now() });
    return ok(task);
  });

  bindRoute(app, tasksRoutes.updateTask, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(
      await taskInOwnersName(db, { userId, id: params.taskId }, 'write', async (key, shared) => {
        await assertSharedToo(db, userId, shared, body.parentId);
        return changeTask(deps, { ...key, ifMatch }, body);
      }),
    ),
  );

  bindRoute(app, tasksRoutes.deleteTask, async ({ identity: { userId }, params, ifMatch }) => {
    const mine = { userId, id: params.taskId };
    await inOwnersName(db, mine, 'owner', (key) => removeTask(deps, { ...key, ifMatch }));
    return noContent();
  });

  bindRoute(app, tasksRoutes.completeTask, async ({ identity: { userId }, params, ifMatch }) =>
    ok(
      await taskInOwnersName(db, { userId, id: params.taskId }, 'write', (key) =>
        setCompleted(deps, { ...key, ifMatch }, true),
      ),
    ),
  );

  bindRoute(app, tasksRoutes.reopenTask, async ({ identity: { userId }, params, ifMatch }) =>
    ok(
      await taskInOwnersName(db, { userId, id: params.taskId }, 'write', (key) =>
        setCompleted(deps, { ...key, ifMatch }, false),
      ),
    ),
  );

  moreItemRoutes(app, deps);
}
