import { type Db, newId } from '@spacedly/kit';
import type { TaskRow } from '../items/rules.ts';
import { dueInstant } from '../items/rules-next.ts';
import type { Clock } from '../people/zone-needed.ts';
import { planDefault, type ReminderRow } from './rules.ts';
import { insertReminders, tellDispatchers } from './store.ts';
import { hasRelativeReminders, moveRelativeReminders } from './store-follow.ts';
import { findSettings } from './store-settings.ts';

/** The reminder that a task with a due date gets by itself, where the person wants one and there is time for it. */
export async function addDefaultReminder(tx: Db, task: TaskRow, { now }: Clock): Promise<ReminderRow | null> {
  if (task.dueDate === null || task.dueDate <= now || task.status === 'completed') return null;
  const settings = await findSettings(tx, task.userId);
  const plan = planDefault(settings, { dueDate: task.dueDate, now });
  if (plan === null) return null;
  const values = {
    ...plan,
    id: newId(),
    userId: task.userId,
    taskId: task.id,
    createdAt: now,
    updatedAt: now,
  };
  const [row] = await insertReminders(tx, [values]);
  return row ?? null;
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
