import type { ReminderType } from '@spacedly/contracts';
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { tasks } from './schema.ts';
import { instant, schema } from './schema-base.ts';

/** What a change touched, as it was before it. */
export interface BeforeImage {
  /** Rows of tasks: the task itself, and subtasks that went along. */
  tasks: Record<string, unknown>[];
  /** Rows of their reminders. */
  reminders: Record<string, unknown>[];
  /** The next occurrence that completing made, and the subtasks copied for it. */
  created: { taskId: string; subtaskIds: string[] } | null;
}

/** The last change of each task, for as long as it can be taken back. */
export const taskChanges = schema.table('task_changes', {
  taskId: uuid('task_id')
    .primaryKey()
    .references(() => tasks.id, { onDelete: 'cascade' }),
  userId: uuid('user_id').notNull(),
  before: jsonb('before').$type<BeforeImage>().notNull(),
  changedAt: instant('changed_at').notNull(),
});

/** The reminder that a task with a due date gets by itself; no row means the defaults. */
export const reminderSettings = schema.table('reminder_settings', {
  userId: uuid('user_id').primaryKey(),
  beforeDue: boolean('before_due').notNull(),
  offsetMinutes: integer('offset_minutes').notNull(),
  type: text('type').$type<ReminderType>().notNull(),
  version: integer('version').notNull().default(1),
});
