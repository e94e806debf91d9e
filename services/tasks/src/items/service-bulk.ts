import type { BulkBody, Task } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { TasksDeps } from '../deps.ts';
import { withZone } from '../people/zone-needed.ts';
import { planUpdate, presentTask, type TaskChanges, type TaskRow } from './rules.ts';
import { followChange } from './service.ts';
import { bin } from './service-bin.ts';
import { applyChange, type ChangeContext } from './service-change.ts';
import { findTasksByIds, lockOrder, lockTasks } from './store.ts';

/** @throws Problem TASK_NOT_FOUND naming each id that is no task of this person */
async function loadAll(tx: Db, userId: string, ids: readonly string[]): Promise<TaskRow[]> {
  const rows = await lockTasks(tx, userId, ids);
  if (rows.length === ids.length) return rows;
  const found = new Set(rows.map(({ id }) => id));
  const errors = ids.flatMap((id, index) =>
    found.has(id.toLowerCase()) ? [] : [{ path: `body.ids.${index}`, message: 'There is no such task' }],
  );
  throw new Problem('TASK_NOT_FOUND', { errors });
}

function planOne(task: TaskRow, body: BulkBody, { clock }: ChangeContext): TaskChanges | null {
  if (body.action === 'patch') return planUpdate(task, body.patch, clock);
  return task.status === 'completed' ? null : planUpdate(task, { status: 'completed' }, clock);
}

async function applyAll(tx: Db, context: ChangeContext, userId: string, body: BulkBody): Promise<void> {
  if (body.action === 'patch' && body.patch.parentId != null) await lockOrder(tx, userId);
  for (const task of await loadAll(tx, userId, body.ids)) {
    if (body.action === 'delete') {
      await bin(tx, task, context.clock.now);
      continue;
    }
    const changes = planOne(task, body, context);
    if (changes !== null) await applyChange(tx, context, task, changes);
  }
}

/**
 * Does one thing to up to 200 tasks, to all or to none.
 * @returns the tasks as they are now, in the order they were named; deleted ones are left out
 * @throws Problem as a change of one task
 */
export async function bulkTasks(deps: TasksDeps, userId: string, body: BulkBody): Promise<Task[]> {
  const ids = body.ids.map((id) => id.toLowerCase());
  const rows = await withZone(deps, userId, (clock) =>
    deps.db.transaction(async (tx) => {
      await applyAll(tx, { outbox: deps.outbox, clock }, userId, { ...body, ids });
      return findTasksByIds(tx, userId, ids);
    }),
  );
  if (body.action === 'patch') await followChange(deps, userId, ids, body.patch);
  return rows.map(presentTask);
}
