import type { CreateTaskBody, Task, UpdateTaskBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { presentReminder, type ReminderJson } from '../reminders/rules.ts';
import type { tasks } from '../schema.ts';

export type TaskRow = typeof tasks.$inferSelect;
/** A task with its reminders, as one query gives them. */
export type TaskWithReminders = TaskRow & { reminders: ReminderJson[] };
export type TaskChanges = Partial<Omit<typeof tasks.$inferInsert, 'id' | 'userId'>>;

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function presentTask(row: TaskWithReminders): Task {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    link: row.link,
    status: row.status,
    priority: row.priority,
    category: row.category,
    labels: row.labels,
    dueDate: iso(row.dueDate),
    dueDay: row.dueDay,
    estimateMinutes: row.estimateMinutes,
    completedAt: iso(row.completedAt),
    reminders: row.reminders.map(presentReminder),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const toDate = (value: string | null) => (value === null ? null : new Date(value));

function assertOneDue(dueDate: unknown, dueDay: unknown): void {
  if (dueDate == null || dueDay == null) return;
  const errors = [{ path: 'body.dueDay', message: 'Give dueDate or dueDay, not both' }];
  throw new Problem('DUE_DATE_AND_DAY', { errors });
}

/** The row of a new task. @throws Problem DUE_DATE_AND_DAY */
export function planTask(body: CreateTaskBody, now: Date): TaskChanges & { title: string } {
  assertOneDue(body.dueDate, body.dueDay);
  return {
    ...body,
    dueDate: toDate(body.dueDate ?? null),
    completedAt: body.status === 'completed' ? now : null,
  };
}

/**
 * What a change of a task means. Giving one kind of due date clears the other; the status settles `completedAt`.
 * @throws Problem DUE_DATE_AND_DAY when the body itself gives both
 */
export function planUpdate(current: TaskRow, body: UpdateTaskBody, now: Date): TaskChanges {
  assertOneDue(body.dueDate, body.dueDay);
  const { dueDate, ...rest } = body;
  const changes: TaskChanges = { ...rest };
  if (dueDate !== undefined) changes.dueDate = toDate(dueDate);
  if (dueDate != null) changes.dueDay = null;
  if (body.dueDay != null) changes.dueDate = null;
  if (body.status === 'completed' && current.status !== 'completed') changes.completedAt = now;
  if (body.status !== undefined && body.status !== 'completed') changes.completedAt = null;
  return changes;
}

/** True when a change turns an open task into a completed one. */
export function isCompletion(current: TaskRow, changes: TaskChanges): boolean {
  return current.status !== 'completed' && changes.status === 'completed';
}
