import { type Db, type Outbox, Problem } from '@spacedly/kit';
import type { Target } from '../deps.ts';
import type { Clock } from '../people/zone-needed.ts';
import { followDue } from '../reminders/service-follow.ts';
import { assertParent, isCompletion, type TaskChanges, type TaskRow } from './rules.ts';
import { planNext } from './rules-next.ts';
import { afterCompletion } from './service-complete.ts';
import { hasSubtasks, lockTask, type TaskKey, updateTask } from './store.ts';
import { recordBefore } from './store-history.ts';

/** What a change works with inside its transaction. */
export interface ChangeContext {
  outbox: Outbox;
  clock: Clock;
}

/** @throws Problem PRECONDITION_FAILED */
export function assertVersion({ version }: { version: number }, ifMatch: number | null): void {
  if (ifMatch === null || ifMatch === version) return;
  throw new Problem('PRECONDITION_FAILED', { detail: `The current version is ${version}` });
}

/** @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED */
export async function loadForChange(tx: Db, target: Target): Promise<TaskRow> {
  const task = await lockTask(tx, target);
  if (task === null) throw new Problem('TASK_NOT_FOUND');
  assertVersion(task, target.ifMatch);
  return task;
}

/**
 * Holds the parent-to-be still and judges it. The caller holds the order of the person's tasks, so that two changes
 * cannot make a circle together.
 * @throws Problem TASK_NOT_FOUND, TASK_PARENT
 */
export async function checkParent(tx: Db, { userId, id }: TaskKey, parentId: string): Promise<void> {
  const parent = parentId === id ? null : await lockTask(tx, { userId, id: parentId });
  if (parent === null && parentId !== id) {
    throw new Problem('TASK_NOT_FOUND', { detail: 'The task named by parentId does not exist' });
  }
  assertParent({ id, hasSubtasks: await hasSubtasks(tx, id) }, parent ?? { id, parentId: null });
}

const hasNewDue = (current: TaskRow, { dueDate, dueDay }: TaskChanges) =>
  (dueDate !== undefined && dueDate?.getTime() !== current.dueDate?.getTime()) ||
  (dueDay !== undefined && dueDay !== current.dueDay);

/**
 * Writes a decided change of a locked task with all that follows from it, and keeps how it was before.
 * @throws Problem TASK_NOT_FOUND, TASK_PARENT, RECURRENCE_IMPOSSIBLE
 */
export async function applyChange(
  tx: Db,
  context: ChangeContext,
  current: TaskRow,
  changes: TaskChanges,
): Promise<void> {
  const { clock } = context;
  if (changes.parentId != null && changes.parentId !== current.parentId)
    await checkParent(tx, current, changes.parentId);
  const done = isCompletion(current, changes);
  const changed = { ...current, ...changes } as TaskRow;
  const next = done ? planNext(changed, clock) : null;
  await recordBefore(tx, current, { at: clock.now, withSubtasks: next !== null });
  // The rule goes along to the next occurrence: completing this one again must not make a second series.
  const rule = next === null ? {} : { recurrence: null };
  await updateTask(tx, current, { ...changes, ...rule, updatedAt: clock.now });
  if (hasNewDue(current, changes)) await followDue(tx, current, changed, clock);
  if (done) await afterCompletion(tx, context, changed, next);
}
