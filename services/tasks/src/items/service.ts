import type { CreateTaskBody, Task, UpdateTaskBody } from '@spacedly/contracts';
import { type Db, type IdempotencyClaim, newId, once, Problem } from '@spacedly/kit';
import type { Target, TasksDeps } from '../deps.ts';
import { deleteOpenReminders, skipPendingReminders } from '../reminders/store.ts';
import { followTask } from '../reviews/service-follow.ts';
import { idempotencyKeys } from '../schema.ts';
import { isCompletion, planTask, planUpdate, presentTask, type TaskChanges, type TaskRow } from './rules.ts';
import { findTask, insertTask, lockTask, updateTask } from './store.ts';

/**
 * Creates a task; with the same idempotency key it is created once.
 * @throws Problem DUE_DATE_AND_DAY, IDEMPOTENCY_KEY_REUSED
 */
export async function createTask(
  { db, outbox, now }: TasksDeps,
  userId: string,
  body: CreateTaskBody,
  idempotency: IdempotencyClaim | null,
): Promise<Task> {
  return db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      const at = now();
      const plan = planTask(body, at);
      const row = await insertTask(tx, { ...plan, id: newId(), userId, createdAt: at, updatedAt: at });
      if (row.status === 'completed') await tellCompleted(tx, outbox, row);
      return presentTask({ ...row, reminders: [] });
    }),
  );
}

async function tellCompleted(
  tx: Db,
  outbox: TasksDeps['outbox'],
  { userId, id, title }: TaskRow,
): Promise<void> {
  await outbox.publish(tx, 'task.completed', { userId, taskId: id, title });
}

async function loadForChange(tx: Db, { userId, id, ifMatch }: Target): Promise<TaskRow> {
  const task = await lockTask(tx, { userId, id });
  if (task === null) throw new Problem('TASK_NOT_FOUND');
  if (ifMatch !== null && ifMatch !== task.version) {
    throw new Problem('PRECONDITION_FAILED', { detail: `The current version is ${task.version}` });
  }
  return task;
}

async function presentChanged(tx: Db, target: Target): Promise<Task> {
  const changed = await findTask(tx, target);
  if (changed === null) throw new Problem('TASK_NOT_FOUND');
  return presentTask(changed);
}

/** Loads, lets `plan` decide, writes and tells; null from `plan` changes nothing. */
async function change(
  { db, outbox, now }: TasksDeps,
  target: Target,
  plan: (current: TaskRow, now: Date) => TaskChanges | null,
): Promise<Task> {
  return db.transaction(async (tx) => {
    const current = await loadForChange(tx, target);
    const at = now();
    const changes = plan(current, at);
    if (changes !== null) {
      await updateTask(tx, target, { ...changes, updatedAt: at });
      if (isCompletion(current, changes)) {
        await skipPendingReminders(tx, current.id, at);
        await tellCompleted(tx, outbox, { ...current, ...changes } as TaskRow);
      }
    }
    return presentChanged(tx, target);
  });
}

/**
 * Changes a task. Setting the status to completed is completing it, with all that follows.
 * @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED, DUE_DATE_AND_DAY
 */
export async function changeTask(deps: TasksDeps, target: Target, body: UpdateTaskBody): Promise<Task> {
  const task = await change(deps, target, (current, now) => planUpdate(current, body, now));
  if (body.category !== undefined || body.labels !== undefined)
    await followTask(deps, target.userId, task.id);
  return task;
}

/**
 * Sets a task to completed or back to todo. Doing it twice changes nothing the second time.
 * @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED
 */
export async function setCompleted(deps: TasksDeps, target: Target, isCompleted: boolean): Promise<Task> {
  return change(deps, target, (current, now) => {
    if ((current.status === 'completed') === isCompleted) return null;
    return planUpdate(current, { status: isCompleted ? 'completed' : 'todo' }, now);
  });
}

/**
 * Puts a task in the bin. Its open reminders are deleted; what was completed stays in the statistics.
 * @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED
 */
export async function removeTask({ db, now }: TasksDeps, target: Target): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await loadForChange(tx, target);
    await updateTask(tx, target, { deletedAt: now(), updatedAt: now() });
    await deleteOpenReminders(tx, task.id);
  });
}
