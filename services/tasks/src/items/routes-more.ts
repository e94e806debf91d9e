import { tasksRoutes } from '@spacedly/contracts';
import { bindRoute, created, ok } from '@spacedly/kit';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { assertSharedToo, taskInOwnersName } from '../shares/access.ts';
import { replaceTask } from './service.ts';
import { restoreTask } from './service-bin.ts';
import { bulkTasks } from './service-bulk.ts';
import { moveTask } from './service-move.ts';
import { createQuick, previewQuick } from './service-quick.ts';
import { undoTask } from './service-undo.ts';

/** What can be done with tasks besides the plain create, read, change and delete. */
export function moreItemRoutes(app: FastifyInstance, deps: TasksDeps): void {
  bindRoute(app, tasksRoutes.replaceTask, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(
      await taskInOwnersName(deps.db, { userId, id: params.taskId }, 'write', async (key, shared) => {
        await assertSharedToo(deps.db, userId, shared, body.parentId);
        // Whose subtask it is stays as it is, as they may not see of which.
        return replaceTask(deps, { ...key, ifMatch }, body, { keepParent: shared !== null });
      }),
    ),
  );

  bindRoute(app, tasksRoutes.moveTask, async ({ identity: { userId }, params, ifMatch, body }) =>
    ok(
      await taskInOwnersName(deps.db, { userId, id: params.taskId }, 'write', async (key, shared) => {
        await assertSharedToo(deps.db, userId, shared, body.before ?? body.after);
        return moveTask(deps, { ...key, ifMatch }, body);
      }),
    ),
  );

  bindRoute(app, tasksRoutes.bulkTasks, async ({ identity, body }) =>
    ok({ items: await bulkTasks(deps, identity.userId, body), nextCursor: null }),
  );

  bindRoute(
    app,
    tasksRoutes.quickTask,
    async ({ identity: { userId }, query, body: { text }, idempotency }) => {
      if (query.preview) return ok(await previewQuick(deps, userId, text));
      const task = await createQuick(deps, userId, text, idempotency);
      return created(`/v1/tasks/${task.id}`, task);
    },
  );

  bindRoute(app, tasksRoutes.restoreTask, async ({ identity: { userId }, params, ifMatch }) =>
    ok(await restoreTask(deps, { userId, id: params.taskId, ifMatch })),
  );

  bindRoute(app, tasksRoutes.undoTask, async ({ identity: { userId }, params, ifMatch }) =>
    ok(
      await taskInOwnersName(deps.db, { userId, id: params.taskId }, 'owner', (key) =>
        undoTask(deps, { ...key, ifMatch }),
      ),
    ),
  );
}
