import type { CreateTaskBody, Task, UpdateTaskBody } from '@spacedly/contracts';
import { type Db, type IdempotencyClaim, newId, once, Problem } from '@spacedly/kit';
import type { Target, TasksDeps } from '../deps.ts';
import { type Clock, withZone } from '../people/zone-needed.ts';
import { presentReminderRow, type ReminderRow } from '../reminders/rules.ts';
import { addDefaultReminder, defaultReminder, tellWhenNear } from '../reminders/service-follow.ts';
import { followTask } from '../reviews/service-follow.ts';
import { idempotencyKeys, tasks } from '../schema.ts';
import { planTask, planUpdate, presentTask, type TaskChanges, type TaskRow, toReplacement } from './rules.ts';
import { movedRule } from './rules-move.ts';
import { applyChange, checkParent, loadForChange } from './service-change.ts';
import { tellCompleted } from './service-complete.ts';
import { findTask, insertTask, lockOrder, type TaskKey } from './store.ts';
import { toRow } from './store-insert.ts';

async function insert(
  tx: Db,
  { outbox }: TasksDeps,
  userId: string,
  { body, clock }: { body: CreateTaskBody; clock: Clock },
): Promise<Task> {
  const { now } = clock;
  const plan = planTask(body, newId(), clock);
  if (plan.parentId != null) {
    await lockOrder(tx, userId);
    await checkParent(tx, { userId, id: plan.id }, plan.parentId);
  }
  const row = await insertTask(tx, { ...plan, userId, createdAt: now, updatedAt: now });
  if (row.status === 'completed') await tellCompleted(tx, outbox, row);
  return presentNew(row, await addDefaultReminder(tx, row, clock));
}

function presentNew(row: TaskRow, reminder: ReminderRow | null): Task {
  const task = presentTask({ ...row, reminders: [], attachments: [] });
  return { ...task, reminders: reminder === null ? [] : [presentReminderRow(reminder)] };
}

/** Nothing has to be looked at first, and nothing but a reminder comes along. */
function standsAlone({ parentId, status }: CreateTaskBody): boolean {
  return parentId == null && status !== 'completed';
}

/**
 * By one prepared statement, or two with a due date, instead of six with its reminder in a transaction: a third of the
 * database's time and of Node's.
 */
async function insertAlone(
  deps: TasksDeps,
  userId: string,
  body: CreateTaskBody,
  clock: Clock,
): Promise<Task> {
  const { now } = clock;
  const plan = planTask(body, newId(), clock);
  const row = toRow(tasks, { ...plan, userId, createdAt: now, updatedAt: now });
  const reminder = await defaultReminder(row, clock, deps.findReminderSettings);
  await deps.insertNew(row, reminder);
  if (reminder !== null) await tellWhenNear(deps.db, reminder, clock);
  return presentNew(row, reminder);
}

/**
 * Creates a task; with the same idempotency key it is created once.
 * @throws Problem DUE_DATE_AND_DAY, TASK_NOT_FOUND, TASK_PARENT, RECURRENCE_INVALID, RECURRENCE_IMPOSSIBLE,
 *   IDEMPOTENCY_KEY_REUSED
 */
export async function createTask(
  deps: TasksDeps,
  userId: string,
  body: CreateTaskBody,
  idempotency: IdempotencyClaim | null,
): Promise<Task> {
  return withZone(deps, userId, (clock) => {
    if (idempotency === null && standsAlone(body)) return insertAlone(deps, userId, body, clock);
    return deps.db.transaction((tx) =>
      once(tx, idempotencyKeys, idempotency, () => insert(tx, deps, userId, { body, clock })),
    );
  });
}

/** @throws Problem TASK_NOT_FOUND */
export async function presentCurrent(tx: Db, key: TaskKey): Promise<Task> {
  const task = await findTask(tx, key);
  if (task === null) throw new Problem('TASK_NOT_FOUND');
  return presentTask(task);
}

/** Loads, lets `plan` decide, writes and tells; null from `plan` changes nothing. */
async function change(
  deps: TasksDeps,
  target: Target,
  plan: (current: TaskRow, clock: Clock) => TaskChanges | null,
  { mayMoveUnder = false } = {},
): Promise<Task> {
  return withZone(deps, target.userId, (clock) =>
    deps.db.transaction(async (tx) => {
      if (mayMoveUnder) await lockOrder(tx, target.userId);
      const current = await loadForChange(tx, target);
      const changes = plan(current, clock);
      if (changes !== null) await applyChange(tx, { outbox: deps.outbox, clock }, current, changes);
      return presentCurrent(tx, target);
    }),
  );
}

/** Exams choose their reviews by category and label. */
export async function followChange(
  deps: TasksDeps,
  userId: string,
  ids: readonly string[],
  body: UpdateTaskBody,
): Promise<void> {
  if (body.category === undefined && body.labels === undefined) return;
  for (const id of ids) await followTask(deps, userId, id);
}

/**
 * Changes a task. Setting the status to completed is completing it, with all that follows.
 * @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED, DUE_DATE_AND_DAY, TASK_PARENT, RECURRENCE_INVALID,
 *   RECURRENCE_IMPOSSIBLE
 */
export async function changeTask(deps: TasksDeps, target: Target, body: UpdateTaskBody): Promise<Task> {
  const mayMoveUnder = body.parentId != null;
  const task = await change(deps, target, (current, clock) => planUpdate(current, body, clock), {
    mayMoveUnder,
  });
  await followChange(deps, target.userId, [task.id], body);
  return task;
}

/**
 * Moves an occurrence, and with it the rule of its series, so that those to come follow.
 * @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED, RECURRENCE_IMPOSSIBLE
 */
export async function moveSeries(
  deps: TasksDeps,
  target: Target,
  due: Pick<UpdateTaskBody, 'dueDate' | 'dueDay'>,
): Promise<Task> {
  return change(deps, target, (current, clock) => {
    const { recurrence: series } = current;
    const recurrence = series && { rrule: movedRule(series, due, clock), anchor: series.anchor };
    return planUpdate(current, recurrence === null ? due : { ...due, recurrence }, clock);
  });
}

/** Replaces a task. @throws Problem as `changeTask` */
export async function replaceTask(
  deps: TasksDeps,
  target: Target,
  body: CreateTaskBody,
  { keepParent = false } = {},
): Promise<Task> {
  const { parentId, ...rest } = toReplacement(body);
  const isKept = keepParent && body.parentId === undefined;
  return changeTask(deps, target, isKept || parentId === undefined ? rest : { ...rest, parentId });
}

/**
 * Sets a task to completed or back to todo. Doing it twice changes nothing the second time.
 * @throws Problem TASK_NOT_FOUND, PRECONDITION_FAILED, RECURRENCE_IMPOSSIBLE
 */
export async function setCompleted(deps: TasksDeps, target: Target, isCompleted: boolean): Promise<Task> {
  return change(deps, target, (current, clock) => {
    if ((current.status === 'completed') === isCompleted) return null;
    return planUpdate(current, { status: isCompleted ? 'completed' : 'todo' }, clock);
  });
}
