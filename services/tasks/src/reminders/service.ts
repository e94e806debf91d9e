import type { createReminderBody, Reminder, snoozeBody, updateReminderBody } from '@spacedly/contracts';
import { type Db, type IdempotencyClaim, newId, once, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import type { Target, TasksDeps } from '../deps.ts';
import { lockTask } from '../items/store.ts';
import { idempotencyKeys } from '../schema.ts';
import {
  assertFuture,
  assertOpen,
  moveTo,
  presentReminderRow,
  type ReminderChanges,
  type ReminderRow,
} from './rules.ts';
import * as store from './store.ts';

/**
 * Plans a reminder of a task.
 * @throws Problem TASK_NOT_FOUND, TASK_COMPLETED, REMINDER_IN_PAST
 */
export async function createReminder(
  { db, now }: TasksDeps,
  userId: string,
  body: z.output<typeof createReminderBody>,
  idempotency: IdempotencyClaim | null,
): Promise<Reminder> {
  return db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      const at = now();
      const scheduledAt = new Date(body.scheduledAt);
      const task = await lockTask(tx, { userId, id: body.taskId });
      if (task === null) throw new Problem('TASK_NOT_FOUND');
      if (task.status === 'completed') throw new Problem('TASK_COMPLETED');
      assertFuture(scheduledAt, at, 'body.scheduledAt');
      const values = { ...body, id: newId(), userId, scheduledAt, createdAt: at, updatedAt: at };
      const row = await store.insertReminder(tx, values);
      await store.tellDispatchers(tx, scheduledAt);
      return presentReminderRow(row);
    }),
  );
}

type Locked = NonNullable<Awaited<ReturnType<typeof store.lockReminder>>>;

/** Loads, lets `decide` judge, writes; null from `decide` changes nothing. */
async function change(
  { db, now }: TasksDeps,
  target: Target,
  decide: (locked: Locked, now: Date) => ReminderChanges | null,
): Promise<Reminder> {
  const row = await db.transaction(async (tx) => {
    const at = now();
    const locked = await loadForChange(tx, target);
    const changes = decide(locked, at);
    if (changes === null) return locked.reminder;
    const changed = await store.updateReminder(tx, target, { ...changes, updatedAt: at });
    if (changed.status === 'pending') await store.tellDispatchers(tx, changed.scheduledAt);
    return changed;
  });
  return presentReminderRow(row);
}

async function loadForChange(tx: Db, target: Target): Promise<Locked> {
  const locked = await store.lockReminder(tx, target);
  if (locked === null) throw new Problem('REMINDER_NOT_FOUND');
  const { version } = locked.reminder;
  if (target.ifMatch !== null && target.ifMatch !== version) {
    throw new Problem('PRECONDITION_FAILED', { detail: `The current version is ${version}` });
  }
  return locked;
}

function planMove({ taskStatus }: Locked, scheduledAt: Date, now: Date, path: string): ReminderChanges {
  if (taskStatus === 'completed') throw new Problem('TASK_COMPLETED');
  assertFuture(scheduledAt, now, path);
  return moveTo(scheduledAt);
}

/** @throws Problem REMINDER_NOT_FOUND, REMINDER_CLOSED, REMINDER_IN_PAST, TASK_COMPLETED, PRECONDITION_FAILED */
export async function changeReminder(
  deps: TasksDeps,
  target: Target,
  { scheduledAt, ...rest }: z.output<typeof updateReminderBody>,
): Promise<Reminder> {
  return change(deps, target, (locked, now) => {
    assertOpen(locked.reminder);
    if (scheduledAt === undefined) return rest;
    return { ...rest, ...planMove(locked, new Date(scheduledAt), now, 'body.scheduledAt') };
  });
}

/** @throws Problem as `changeReminder` */
export async function snoozeReminder(
  deps: TasksDeps,
  target: Target,
  { minutes, until }: z.output<typeof snoozeBody>,
): Promise<Reminder> {
  return change(deps, target, (locked, now) => {
    assertOpen(locked.reminder);
    const scheduledAt =
      until === undefined ? new Date(now.getTime() + (minutes as number) * 60_000) : new Date(until);
    return planMove(locked, scheduledAt, now, until === undefined ? 'body.minutes' : 'body.until');
  });
}

/** Completing or skipping twice changes nothing the second time. */
function closing(status: 'completed' | 'skipped') {
  return ({ reminder }: { reminder: ReminderRow }, now: Date): ReminderChanges | null => {
    if (reminder.status === status) return null;
    assertOpen(reminder);
    return status === 'completed' ? { status, completedAt: now } : { status };
  };
}

/** @throws Problem REMINDER_NOT_FOUND, REMINDER_CLOSED, PRECONDITION_FAILED */
export async function closeReminder(
  deps: TasksDeps,
  target: Target,
  status: 'completed' | 'skipped',
): Promise<Reminder> {
  return change(deps, target, closing(status));
}

/** @throws Problem REMINDER_NOT_FOUND, PRECONDITION_FAILED */
export async function removeReminder({ db }: TasksDeps, target: Target): Promise<void> {
  await db.transaction(async (tx) => {
    await loadForChange(tx, target);
    await store.deleteReminder(tx, target);
  });
}
