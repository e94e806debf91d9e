import type { Task } from '@spacedly/contracts';
import { type Db, Problem } from '@spacedly/kit';
import type { Target, TasksDeps } from '../deps.ts';
import { tellDispatchers } from '../reminders/store.ts';
import { followTask } from '../reviews/service-follow.ts';
import type { BeforeImage } from '../schema.ts';
import { presentCurrent } from './service.ts';
import { assertVersion } from './service-change.ts';
import { lockAnyTask, type TaskKey } from './store.ts';
import { deleteChange, findChange, restoreReminders, restoreTasks } from './store-history.ts';
import { deleteTasks, moveOtherSubtasks, moveParts } from './store-series.ts';

const UNDO_MS = 5 * 60_000;

const nothingToUndo = (detail: string) => new Problem('TASK_NOTHING_TO_UNDO', { detail });

/** Removes the next occurrence again, after everything that went along to it came back. */
async function unmakeNext(tx: Db, key: TaskKey, created: NonNullable<BeforeImage['created']>): Promise<void> {
  const { taskId, subtaskIds } = created;
  const next = await lockAnyTask(tx, { userId: key.userId, id: taskId });
  if (next === null) return;
  if (next.version > 1) throw nothingToUndo('The next occurrence was changed already');
  await moveParts(tx, taskId, key.id);
  await moveOtherSubtasks(tx, taskId, key.id, subtaskIds);
  await deleteTasks(tx, [taskId, ...subtaskIds]);
}

/**
 * Takes the last change of a task back, within five minutes: the task, its reminders, its place in the bin and the next
 * occurrence are as they were before. Version and `updatedAt` go on. A change is taken back once.
 * @throws Problem TASK_NOT_FOUND, TASK_NOTHING_TO_UNDO, PRECONDITION_FAILED
 */
export async function undoTask(deps: TasksDeps, target: Target): Promise<Task> {
  const now = deps.now();
  const task = await deps.db.transaction(async (tx) => {
    const current = await lockAnyTask(tx, target);
    if (current === null) throw new Problem('TASK_NOT_FOUND');
    assertVersion(current, target.ifMatch);
    const change = await findChange(tx, target, new Date(now.getTime() - UNDO_MS));
    if (change === null) throw nothingToUndo('Only the last change can be taken back, within 5 minutes');
    const { before, changedAt } = change;
    if (before.created !== null) await unmakeNext(tx, target, before.created);
    const times = { changedAt, now };
    await restoreTasks(tx, target.id, before, times);
    const next = await restoreReminders(tx, target.id, before, times);
    await deleteChange(tx, target.id);
    if (next !== null) await tellDispatchers(tx, next);
    return presentCurrent(tx, target);
  });
  await followTask(deps, target.userId, target.id);
  return task;
}
