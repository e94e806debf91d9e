import type { createReminderBody, Reminder, snoozeBody, updateReminderBody } from '@spacedly/contracts';
import { type Db, type IdempotencyClaim, newId, once, Problem } from '@spacedly/kit';
import type { z } from 'zod';
import type { Target, TasksDeps } from '../deps.ts';
import { dueInstant } from '../items/rules-next.ts';
import type { Due } from '../items/rules-recurrence.ts';
import { lockTask } from '../items/store.ts';
import { type Clock, withZone } from '../people/zone-needed.ts';
import { idempotencyKeys } from '../schema.ts';
import {
  assertFuture,
  assertOpen,
  beforeDue,
  moveTo,
  presentReminderRow,
  type ReminderChanges,
  type ReminderRow,
} from './rules.ts';
import * as store from './store.ts';

/**
 * Plans a reminder of a task.
 * @throws Problem TASK_NOT_FOUND, TASK_COMPLETED, REMINDER_IN_PAST, REMINDER_WITHOUT_DUE
 */
export async function createReminder(
  deps: TasksDeps,
  userId: string,
  body: z.output<typeof createReminderBody>,
  idempotency: IdempotencyClaim | null,
): Promise<Reminder> {
  const create = async (tx: Db, clock: Clock) => {
    const task = await lockTask(tx, { userId, id: body.taskId });
    if (task === null) throw new Problem('TASK_NOT_FOUND');
    if (task.status === 'completed') throw new Problem('TASK_COMPLETED');
    const time = planTime(body, task, clock);
    const { now } = clock;
    const [row] = await store.insertReminders(tx, [
      { ...body, ...time, id: newId(), userId, createdAt: now, updatedAt: now },
    ]);
    return presentReminderRow(row as ReminderRow);
  };
  return withZone(deps, userId, (clock) =>
    deps.db.transaction((tx) => once(tx, idempotencyKeys, idempotency, () => create(tx, clock))),
  );
}

/**
 * When a reminder comes: at an instant, or so many minutes before the task is due.
 * @throws Problem REMINDER_WITHOUT_DUE, REMINDER_IN_PAST
 */
function planTime(
  { scheduledAt, offsetMinutes }: { scheduledAt?: string | undefined; offsetMinutes?: number | undefined },
  task: Due,
  clock: Clock,
): { scheduledAt: Date; offsetMinutes: number | null } {
  if (offsetMinutes === undefined) {
    const at = new Date(scheduledAt as string);
    assertFuture(at, clock.now, 'body.scheduledAt');
    return { scheduledAt: at, offsetMinutes: null };
  }
  const due = dueInstant(task, clock);
  if (due === null) throw new Problem('REMINDER_WITHOUT_DUE');
  const at = beforeDue(due, offsetMinutes);
  assertFuture(at, clock.now, 'body.offsetMinutes');
  return { scheduledAt: at, offsetMinutes };
}

type Locked = NonNullable<Awaited<ReturnType<typeof store.lockReminder>>>;

/** Loads, lets `decide` judge, writes; null from `decide` changes nothing. */
async function change(
  deps: TasksDeps,
  target: Target,
  decide: (locked: Locked, clock: Clock) => ReminderChanges | null,
): Promise<Reminder> {
  const apply = async (tx: Db, clock: Clock) => {
    const locked = await loadForChange(tx, target);
    const changes = decide(locked, clock);
    if (changes === null) return locked.reminder;
    const changed = await store.updateReminder(tx, target, { ...changes, updatedAt: clock.now });
    if (changed.status === 'pending') await store.tellDispatchers(tx, changed.scheduledAt);
    return changed;
  };
  const row = await withZone(deps, target.userId, (clock) => deps.db.transaction((tx) => apply(tx, clock)));
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

function assertTaskOpen({ task }: Locked): void {
  if (task.status === 'completed') throw new Problem('TASK_COMPLETED');
}

/**
 * Changes a reminder. Given an instant it stays there, given an offset it follows the due date from now on.
 * @throws Problem REMINDER_NOT_FOUND, REMINDER_CLOSED, REMINDER_IN_PAST, REMINDER_WITHOUT_DUE, TASK_COMPLETED,
 *   PRECONDITION_FAILED
 */
export async function changeReminder(
  deps: TasksDeps,
  target: Target,
  { scheduledAt, offsetMinutes, ...rest }: z.output<typeof updateReminderBody>,
): Promise<Reminder> {
  return change(deps, target, (locked, clock) => {
    assertOpen(locked.reminder);
    if (scheduledAt === undefined && offsetMinutes === undefined) return rest;
    assertTaskOpen(locked);
    const time = planTime({ scheduledAt, offsetMinutes }, locked.task, clock);
    return { ...rest, ...moveTo(time.scheduledAt), offsetMinutes: time.offsetMinutes };
  });
}

/** @throws Problem as `changeReminder` */
export async function snoozeReminder(
  deps: TasksDeps,
  target: Target,
  { minutes, until }: z.output<typeof snoozeBody>,
): Promise<Reminder> {
  return change(deps, target, (locked, { now }) => {
    assertOpen(locked.reminder);
    assertTaskOpen(locked);
    const scheduledAt =
      until === undefined ? new Date(now.getTime() + (minutes as number) * 60_000) : new Date(until);
    assertFuture(scheduledAt, now, until === undefined ? 'body.minutes' : 'body.until');
    return moveTo(scheduledAt);
  });
}

/** Completing or skipping twice changes nothing the second time. */
function closing(status: 'completed' | 'skipped') {
  return ({ reminder }: { reminder: ReminderRow }, { now }: Clock): ReminderChanges | null => {
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
