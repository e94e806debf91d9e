import { fromWall, startOfDay, toWall } from '../people/days.ts';
import type { Clock } from '../people/zone-needed.ts';
import type { ReminderRow } from '../reminders/rules.ts';
import type { reminders } from '../schema.ts';
import type { TaskChanges, TaskRow } from './rules.ts';
import { type Due, nextOccurrence } from './rules-recurrence.ts';

export type NextOccurrence = NonNullable<ReturnType<typeof nextOccurrence>>;

/** The occurrence that follows when this task is completed now; null when it does not recur, or no more. */
export function planNext(task: TaskRow, clock: Clock): NextOccurrence | null {
  return task.recurrence === null ? null : nextOccurrence(task.recurrence, task, clock);
}

/** The instant a due date or day begins; null without one. */
export function dueInstant({ dueDate, dueDay }: Due, { timeZone }: Clock): Date | null {
  if (dueDate !== null) return dueDate;
  return dueDay === null ? null : startOfDay(dueDay, timeZone());
}

interface Shift {
  from: Date;
  to: Date;
  timeZone: string;
}

/** As far from `to` on the wall as it was from `from`: nine in the morning stays nine when clocks change. */
function shifted(at: Date, { from, to, timeZone }: Shift): Date {
  const distanceMs = toWall(at, timeZone).getTime() - toWall(from, timeZone).getTime();
  return fromWall(new Date(toWall(to, timeZone).getTime() + distanceMs), timeZone);
}

type Copy = TaskChanges & { id: string; userId: string; title: string; createdAt: Date; updatedAt: Date };

/** A task anew, to be done again. */
function copyTask(task: TaskRow, id: string, now: Date): Copy {
  return {
    id,
    userId: task.userId,
    title: task.title,
    description: task.description,
    link: task.link,
    priority: task.priority,
    category: task.category,
    labels: task.labels,
    estimateMinutes: task.estimateMinutes,
    parentId: task.parentId,
    position: task.position,
    createdAt: now,
    updatedAt: now,
  };
}

export function nextTask(done: TaskRow, next: NextOccurrence, id: string, { now }: Clock): Copy {
  return {
    ...copyTask(done, id, now),
    ...next.due,
    recurrence: next.series,
    seriesId: done.seriesId ?? done.id,
  };
}

/** Where the dates of an occurrence's parts lie in the next one; null where an occurrence has no date. */
export function shiftOf(done: TaskRow, next: NextOccurrence, clock: Clock): Shift | null {
  const [from, to] = [dueInstant(done, clock), dueInstant(next.due, clock)];
  return from === null || to === null ? null : { from, to, timeZone: clock.timeZone() };
}

/** A subtask that was done, to be done again; its date lies as far from the new occurrence's. */
export function nextSubtask(
  subtask: TaskRow,
  { id, parentId, shift, now }: { id: string; parentId: string; shift: Shift | null; now: Date },
): Copy {
  const copy = { ...copyTask(subtask, id, now), parentId };
  if (shift === null) return copy;
  if (subtask.dueDate !== null) return { ...copy, dueDate: shifted(subtask.dueDate, shift) };
  if (subtask.dueDay === null) return copy;
  const start = shifted(startOfDay(subtask.dueDay, shift.timeZone), shift);
  return { ...copy, dueDay: toWall(start, shift.timeZone).toISOString().slice(0, 10) };
}

const MINUTE_MS = 60_000;

/** A reminder of the next occurrence, as long before it as this one was. One whose time is over already waits no more. */
export function nextReminder(
  reminder: ReminderRow,
  { id, taskId, shift, now }: { id: string; taskId: string; shift: Shift; now: Date },
): typeof reminders.$inferInsert {
  const { offsetMinutes } = reminder;
  const scheduledAt =
    offsetMinutes === null
      ? shifted(reminder.scheduledAt, shift)
      : new Date(shift.to.getTime() - offsetMinutes * MINUTE_MS);
  return {
    id,
    taskId,
    userId: reminder.userId,
    scheduledAt,
    offsetMinutes,
    type: reminder.type,
    message: reminder.message,
    status: scheduledAt > now ? 'pending' : 'skipped',
    createdAt: now,
    updatedAt: now,
  };
}
