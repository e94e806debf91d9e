import { tasksRoutes } from '@spacedly/contracts';
import {
  areRelated,
  bindRoute,
  created,
  type Db,
  noContent,
  ok,
  Problem,
  type Shareable,
  type Shares,
} from '@spacedly/kit';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { TasksDeps } from '../deps.ts';
import { findTask, lockTask, type TaskKey } from '../items/store.ts';
import { inOwnersName } from './access.ts';
import { TASK_SHARES } from './kind.ts';
import { findShared } from './store.ts';

/** A task whose shares somebody may change, held still; their own. @throws Problem TASK_NOT_FOUND, TASK_FORBIDDEN */
async function loadOwn(tx: Db, key: TaskKey): Promise<Shareable> {
  const task = await lockTask(tx, key);
  if (task !== null) return { id: task.id, ownerId: task.userId, title: task.title };
  throw new Problem((await findShared(tx, key)) === null ? 'TASK_NOT_FOUND' : 'TASK_FORBIDDEN');
}

/** The same for any task they see. */
async function loadSeen(tx: Db, key: TaskKey): Promise<Shareable> {
  const shared = await findShared(tx, key);
  return loadOwn(tx, shared === null ? key : { ...key, userId: shared.ownerId });
}

export function shareRoutes(app: FastifyInstance, { db }: TasksDeps, shares: Shares): void {
  bindRoute(
    app,
    tasksRoutes.createTaskShare,
    async ({ identity: { userId }, params: { taskId: id }, body, idempotency }) => {
      const load = (tx: Db) => loadOwn(tx, { userId, id });
      const { isNew, share } = await shares.add(load, { sharerId: userId, body, idempotency });
      return isNew ? created(`/v1/tasks/${id}/shares/${share.id}`, share) : ok(share);
    },
  );

  bindRoute(
    app,
    tasksRoutes.listTaskShares,
    async ({ identity: { userId }, params: { taskId: id }, query }) => {
      await inOwnersName(db, { userId, id }, 'write', async (key) => {
        if ((await findTask(db, key)) === null) throw new Problem('TASK_NOT_FOUND');
      });
      return ok(await shares.list(id, query));
    },
  );

  bindRoute(app, tasksRoutes.updateTaskShare, async ({ identity: { userId }, params, body }) =>
    ok(await shares.change((tx) => loadOwn(tx, { userId, id: params.taskId }), params.shareId, body.access)),
  );

  bindRoute(app, tasksRoutes.deleteTaskShare, async ({ identity: { userId }, params }) => {
    const key = { userId, id: params.taskId };
    const { shareId } = params;
    await shares.remove(
      (tx) => loadSeen(tx, key),
      { shareId, userId },
      async (_tx, { ownerId }) => {
        if (ownerId !== userId) throw new Problem('TASK_FORBIDDEN');
      },
    );
    return noContent();
  });

  bindRoute(app, tasksRoutes.findTaskRelation, async ({ query }) =>
    ok({ isShared: await areRelated(db, TASK_SHARES, query, sql`t.deleted_at IS NULL`) }),
  );
}
