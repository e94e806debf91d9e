import { type Db, newId } from '@spacedly/kit';
import type { TaskRow } from '../items/rules.ts';
import { dueInstant } from '../items/rules-next.ts';
import { toRow } from '../items/store-insert.ts';
import type { Clock } from '../people/zone-needed.ts';
import { reminders } from '../schema.ts';
import { planDefault, type ReminderRow } from './rules.ts';
import { insertReminders, tellDispatchers } from './store.ts';
import { hasRelativeReminders, moveRelativeReminders } from './store-follow.ts';
import { type FindSettings, findSettings } from './store-settings.ts';

/** The reminder that a task with a due date gets by itself, where the person wants one and there is time for it. */
export async function defaultReminder(
  { id: taskId, userId, dueDate, status }: TaskRow,
  { now }: Clock,
  settingsOf: FindSettings,
): Promise<ReminderRow | null> {
  if (dueDate === null || dueDate <= now || status === 'completed') return null;
  const plan = planDefault(await settingsOf(userId), { dueDate, now });
  return plan && toRow(reminders, { ...plan, id: newId(), userId, taskId, createdAt: now, updatedAt: now });
}

/** Adds it to a task that is there. */
export async function addDefaultReminder(tx: Db, task: TaskRow, clock: Clock): Promise<ReminderRow | null> {
  const reminder = await defaultReminder(task, clock, (userId) => findSettings(tx, userId));
  if (reminder !== null) await insertReminders(tx, [reminder]);
  return reminder;
}

/** Far more than dispatchers ever sleep: they find by themselves what is due later. */
const FAR_MS = 60_000;

/** Wakes dispatchers for a reminder of a new task. Few are so near, and each signal is heard by every process. */
export async function tellWhenNear(tx: Db, { scheduledAt }: ReminderRow, { now }: Clock): Promise<void> {
  if (scheduledAt.getTime() - now.getTime() < FAR_MS) await tellDispatchers(tx, scheduledAt);
}

/** After the due date of a task changed: its reminders follow, and a task that had no due date gets its own one. */
export async function followDue(tx: Db, before: TaskRow, after: TaskRow, clock: Clock): Promise<void> {
  if (await hasRelativeReminders(tx, after.id)) {
    const next = await moveRelativeReminders(tx, after.id, { due: dueInstant(after, clock), now: clock.now });
    if (next !== null) await tellDispatchers(tx, next);
  } else if (before.dueDate === null && before.dueDay === null) {
    await addDefaultReminder(tx, after, clock);
  }
}
