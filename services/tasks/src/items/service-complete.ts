import { type Db, newId, type Outbox } from '@spacedly/kit';
import type { Clock } from '../people/zone-needed.ts';
import { insertReminders, skipPendingReminders } from '../reminders/store.ts';
import { copyShares } from '../shares/store.ts';
import type { TaskRow } from './rules.ts';
import { type NextOccurrence, nextReminder, nextSubtask, nextTask, shiftOf } from './rules-next.ts';
import { insertTask } from './store.ts';
import { recordCreated } from './store-history.ts';
import { findCompletedSubtasks, findRemindersOf, moveOpenSubtasks, moveParts } from './store-series.ts';

export async function tellCompleted(tx: Db, outbox: Outbox, { userId, id, title }: TaskRow): Promise<void> {
  await outbox.publish(tx, 'task.completed', { userId, taskId: id, title });
}

/**
 * Makes the occurrence after the one just completed. That one stays as the log; what belongs to the series goes along:
 * attachments, the review, open subtasks. Completed subtasks stay with the log and are there again to be done.
 */
async function makeNext(tx: Db, done: TaskRow, next: NextOccurrence, clock: Clock): Promise<void> {
  const { now } = clock;
  const { id } = await insertTask(tx, nextTask(done, next, newId(), clock));
  const shift = shiftOf(done, next, clock);
  const subtaskIds: string[] = [];
  for (const subtask of await findCompletedSubtasks(tx, done.id)) {
    const copy = nextSubtask(subtask, { id: newId(), parentId: id, shift, now });
    await insertTask(tx, copy);
    subtaskIds.push(copy.id);
  }
  await moveOpenSubtasks(tx, done.id, id, now);
  await moveParts(tx, done.id, id);
  await copyShares(tx, done.id, id);
  if (shift !== null) {
    const rows = await findRemindersOf(tx, done.id);
    await insertReminders(
      tx,
      rows.map((row) => nextReminder(row, { id: newId(), taskId: id, shift, now })),
    );
  }
  await recordCreated(tx, done.id, { taskId: id, subtaskIds });
}

/** What follows when a task was completed: its reminders end, the person hears of it, the series goes on. */
export async function afterCompletion(
  tx: Db,
  { outbox, clock }: { outbox: Outbox; clock: Clock },
  done: TaskRow,
  next: NextOccurrence | null,
): Promise<void> {
  // The reminders of the next occurrence are made from these, whatever their status.
  await skipPendingReminders(tx, done.id, clock.now);
  await tellCompleted(tx, outbox, done);
  if (next !== null) await makeNext(tx, done, next, clock);
}
