import type { CreateTaskBody, Task, UpdateTaskBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { type AttachmentJson, presentAttachmentJson } from '../attachments/present.ts';
import type { Clock } from '../people/zone-needed.ts';
import { presentReminder, type ReminderJson } from '../reminders/rules.ts';
import type { tasks } from '../schema.ts';
import { positionAt } from './rules-position.ts';
import { startSeries } from './rules-recurrence.ts';

export type TaskRow = typeof tasks.$inferSelect;
/** A task with its reminders and attachments, as one query gives them. */
export type TaskWithParts = TaskRow & { reminders: ReminderJson[]; attachments: AttachmentJson[] };
export type TaskChanges = Partial<Omit<typeof tasks.$inferInsert, 'id' | 'userId'>>;

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function presentTask(row: TaskWithParts): Task {
  const { recurrence } = row;
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
    parentId: row.parentId,
    position: row.position,
    recurrence: recurrence && { rrule: recurrence.rrule, anchor: recurrence.anchor },
    seriesId: row.seriesId,
    completedAt: iso(row.completedAt),
    deletedAt: iso(row.deletedAt),
    reminders: row.reminders.map(presentReminder),
    attachments: row.attachments.map(presentAttachmentJson),
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

type NewTask = TaskChanges & { id: string; title: string };

/**
 * The row of a new task.
 * @throws Problem DUE_DATE_AND_DAY, RECURRENCE_INVALID, RECURRENCE_IMPOSSIBLE
 */
export function planTask(body: CreateTaskBody, id: string, clock: Clock): NewTask {
  assertOneDue(body.dueDate, body.dueDay);
  const { recurrence, ...rest } = body;
  const row: NewTask = {
    ...rest,
    id,
    dueDate: toDate(body.dueDate ?? null),
    position: body.position ?? positionAt(clock.now),
    completedAt: body.status === 'completed' ? clock.now : null,
  };
  if (recurrence == null) return row;
  const { series, due } = startSeries(
    recurrence,
    { dueDate: row.dueDate ?? null, dueDay: row.dueDay ?? null },
    clock,
  );
  return { ...row, ...due, recurrence: series, seriesId: id };
}

/** What a change does to the series a task belongs to. */
function planSeries(current: TaskRow, changes: TaskChanges, body: UpdateTaskBody, clock: Clock): TaskChanges {
  const { recurrence } = body;
  if (recurrence === null) return { recurrence: null };
  const { dueDate, dueDay } = { ...current, ...changes };
  const due = { dueDate, dueDay };
  const hasNewDue = body.dueDate !== undefined || body.dueDay !== undefined;
  if (recurrence === undefined) {
    if (current.recurrence === null || !hasNewDue || dueDate !== null || dueDay !== null) return {};
    throw new Problem('RECURRENCE_IMPOSSIBLE', {
      detail: 'A recurring task needs a due date; set recurrence to null too',
    });
  }
  const isSameRule =
    current.recurrence?.rrule === recurrence.rrule && current.recurrence.anchor === recurrence.anchor;
  const isSameDue =
    dueDay === current.dueDay && (dueDate?.getTime() ?? null) === (current.dueDate?.getTime() ?? null);
  // Whoever sends the whole task back has not asked for a new series.
  if (isSameRule && isSameDue) return {};
  const started = startSeries(recurrence, due, clock);
  return { ...started.due, recurrence: started.series, seriesId: current.seriesId ?? current.id };
}

/**
 * What a change of a task means. Giving one kind of due date clears the other; the status settles `completedAt`; a rule
 * starts a series.
 * @throws Problem DUE_DATE_AND_DAY when the body itself gives both; RECURRENCE_INVALID, RECURRENCE_IMPOSSIBLE
 */
export function planUpdate(current: TaskRow, body: UpdateTaskBody, clock: Clock): TaskChanges {
  assertOneDue(body.dueDate, body.dueDay);
  const { dueDate, recurrence: _, ...rest } = body;
  const changes: TaskChanges = { ...rest };
  if (dueDate !== undefined) changes.dueDate = toDate(dueDate);
  if (dueDate != null) changes.dueDay = null;
  if (body.dueDay != null) changes.dueDate = null;
  if (body.status === 'completed' && current.status !== 'completed') changes.completedAt = clock.now;
  if (body.status !== undefined && body.status !== 'completed') changes.completedAt = null;
  return { ...changes, ...planSeries(current, changes, body, clock) };
}

/** Everything a replacement leaves out returns to its default; the position has none, so it stays. */
export function toReplacement(body: CreateTaskBody): UpdateTaskBody {
  return {
    description: null,
    link: null,
    status: 'todo',
    priority: 'medium',
    category: null,
    labels: [],
    dueDate: null,
    dueDay: null,
    estimateMinutes: null,
    parentId: null,
    recurrence: null,
    ...body,
  };
}

/** True when a change turns an open task into a completed one. */
export function isCompletion(current: TaskRow, changes: TaskChanges): boolean {
  return current.status !== 'completed' && changes.status === 'completed';
}

/** What makes a task its parent: one level, and never in a circle. @throws Problem TASK_PARENT */
export function assertParent(
  task: { id: string; hasSubtasks: boolean },
  parent: Pick<TaskRow, 'id' | 'parentId'>,
): void {
  const refuse = (message: string) => {
    throw new Problem('TASK_PARENT', { errors: [{ path: 'body.parentId', message }] });
  };
  if (parent.id === task.id) refuse('A task is not its own subtask');
  if (parent.parentId !== null) refuse('A subtask has no subtasks');
  if (task.hasSubtasks) refuse('This task has subtasks of its own');
}
