import type { Reminder, ReminderSettings, ReminderStatus } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { reminderSettings, reminders } from '../schema.ts';

export type ReminderRow = typeof reminders.$inferSelect;

/** A reminder as PostgreSQL's json_agg gives it inside a task. */
export interface ReminderJson {
  id: string;
  task_id: string;
  scheduled_at: string;
  offset_minutes: number | null;
  type: ReminderRow['type'];
  message: string | null;
  status: ReminderStatus;
  sent_at: string | null;
  completed_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

const iso = (value: Date | string | null) => (value === null ? null : new Date(value).toISOString());

export function presentReminderRow(row: ReminderRow): Reminder {
  return {
    id: row.id,
    taskId: row.taskId,
    scheduledAt: row.scheduledAt.toISOString(),
    offsetMinutes: row.offsetMinutes,
    type: row.type,
    message: row.message,
    status: row.status,
    sentAt: iso(row.sentAt),
    completedAt: iso(row.completedAt),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function presentReminder(json: ReminderJson): Reminder {
  return {
    id: json.id,
    taskId: json.task_id,
    scheduledAt: new Date(json.scheduled_at).toISOString(),
    offsetMinutes: json.offset_minutes,
    type: json.type,
    message: json.message,
    status: json.status,
    sentAt: iso(json.sent_at),
    completedAt: iso(json.completed_at),
    version: json.version,
    createdAt: new Date(json.created_at).toISOString(),
    updatedAt: new Date(json.updated_at).toISOString(),
  };
}

/** @throws Problem REMINDER_IN_PAST */
export function assertFuture(scheduledAt: Date, now: Date, path: string): void {
  if (scheduledAt > now) return;
  const errors = [{ path, message: 'Must be in the future' }];
  throw new Problem('REMINDER_IN_PAST', { errors });
}

const CLOSED: readonly ReminderStatus[] = ['completed', 'skipped'];

/** Completed and skipped reminders are over. @throws Problem REMINDER_CLOSED */
export function assertOpen(row: Pick<ReminderRow, 'status'>): void {
  if (CLOSED.includes(row.status)) {
    throw new Problem('REMINDER_CLOSED', { detail: `This reminder is already ${row.status}` });
  }
}

export type ReminderChanges = Partial<Omit<typeof reminders.$inferInsert, 'id' | 'userId' | 'taskId'>>;

/** A reminder with a new time waits for it again: the mark that it was sent belongs to the old time. */
export function moveTo(scheduledAt: Date): ReminderChanges {
  return { scheduledAt, status: 'pending', sentAt: null };
}

export type SettingsRow = typeof reminderSettings.$inferSelect;

/** What counts while a person has set nothing. */
export const DEFAULT_SETTINGS = { beforeDue: true, offsetMinutes: 60, type: 'email' } as const;

export function presentSettings({ userId: _, ...settings }: SettingsRow): ReminderSettings {
  return settings;
}

const MINUTE_MS = 60_000;

/** When a reminder so many minutes before the due date comes. */
export function beforeDue(due: Date, offsetMinutes: number): Date {
  return new Date(due.getTime() - offsetMinutes * MINUTE_MS);
}

/** The reminder of a new due date; null when the person wants none or its time is over already. */
export function planDefault(
  { beforeDue: isWanted, offsetMinutes, type }: SettingsRow,
  { dueDate, now }: { dueDate: Date; now: Date },
): Pick<ReminderRow, 'scheduledAt' | 'offsetMinutes' | 'type'> | null {
  const scheduledAt = beforeDue(dueDate, offsetMinutes);
  return isWanted && scheduledAt > now ? { scheduledAt, offsetMinutes, type } : null;
}

const DAY_MS = 86_400_000;

/** After an outage: what is more than a day late is missed, not sent. */
export function missedBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
