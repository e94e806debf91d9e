import type { Task } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { Target, TasksDeps } from '../deps.ts';
import { tellDispatchers } from '../reminders/store.ts';
import { holdReminders, releaseReminders } from '../reminders/store-follow.ts';
import { presentCurrent } from './service.ts';
import { assertVersion, loadForChange } from './service-change.ts';
import { lockAnyTask, lockTask, type TaskKey } from './store.ts';
import { putInBin, takeFromBin } from './store-bin.ts';
import { deleteChange, recordBefore } from './store-history.ts';

/** Puts a locked task and its subtasks in the bin; their reminders wait there with them. */
export async function bin(tx: Db, key: TaskKey, now: Date): Promise<void> {
  await recordBefore(tx, key, { at: now, withSubtasks: true });
  const ids = await putInBin(tx, key, now);
  await holdReminders(tx, ids, now);
}

/**
 * Puts a task in the bin, where it stays 30 days. What was completed stays in the statistics.
 * @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED
 */
export async function removeTask({ db, now }: TasksDeps, target: Target): Promise<void> {
  await db.transaction(async (tx) => {
    await loadForChange(tx, target);
    await bin(tx, target, now());
  });
}

/**
 * Takes a task out of the bin, with the subtasks deleted together with it. A subtask whose task is in the bin comes back
 * on its own. Reminders whose time passed meanwhile stay silent.
 * @throws Problem TASK_NOT_FOUND, TASK_NOT_DELETED, PRECONDITION_FAILED
 */
export async function restoreTask({ db, now }: TasksDeps, target: Target): Promise<Task> {
  return db.transaction(async (tx) => {
    const task = await lockAnyTask(tx, target);
    if (task === null) throw new Problem('TASK_NOT_FOUND');
    if (task.deletedAt === null) throw new Problem('TASK_NOT_DELETED');
    assertVersion(task, target.ifMatch);
    const at = now();
    const { userId, parentId } = task;
    const parent = parentId === null ? null : await lockTask(tx, { userId, id: parentId });
    // What was changed before it was deleted is not to be taken back after it returned.
    await deleteChange(tx, task.id);
    const ids = await takeFromBin(tx, task, { parentId: parent?.id ?? null, now: at });
    const next = await releaseReminders(tx, ids, at);
    if (next !== null) await tellDispatchers(tx, next);
    return presentCurrent(tx, target);
  });
}
