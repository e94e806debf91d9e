import { idempotencyTable } from '@spacedly/kit/idempotency-table';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, schema, statusEnum } from './schema-base.ts';

export * from './schema-attachments.ts';
export * from './schema-calendar.ts';
export * from './schema-counts.ts';
export * from './schema-history.ts';
export * from './schema-reviews.ts';
export * from './schema-search.ts';
export * from './schema-shares.ts';
export { schema, statusEnum };

/** Declared from low to high, so that PostgreSQL sorts it so. */
export const priorityEnum = schema.enum('priority', ['low', 'medium', 'high']);
export const reminderTypeEnum = schema.enum('reminder_type', ['email', 'push', 'sms', 'in-app', 'both']);
export const reminderStatusEnum = schema.enum('reminder_status', [
  'pending',
  'sent',
  'completed',
  'skipped',
  'missed',
]);

/** The rule of a recurring task and where this occurrence stands in it. */
export interface Series {
  rrule: string;
  anchor: 'due' | 'completion';
  /** DTSTART on the wall of the owner: `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS`. */
  start: string;
  /** The date the rule gave this occurrence, in the same form; its due date may have been moved since. */
  slot: string;
  /** How many occurrences there were up to this one, itself included: what COUNT counts. */
  index: number;
}

export const tasks = schema.table(
  'tasks',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    title: text('title').notNull(),
    description: text('description'),
    link: text('link'),
    status: statusEnum('status').notNull().default('todo'),
    priority: priorityEnum('priority').notNull().default('medium'),
    category: text('category'),
    labels: text('labels').array().notNull().default([]),
    dueDate: instant('due_date'),
    dueDay: date('due_day'),
    estimateMinutes: integer('estimate_minutes'),
    // Not `cascade`: a subtask leaves the bin for good by its own date, and never because of another row.
    parentId: uuid('parent_id').references((): AnyPgColumn => tasks.id, { onDelete: 'set null' }),
    /** Place in the manual order: milliseconds of creation × 1,024, or between two neighbours. */
    position: bigint('position', { mode: 'number' }).notNull().default(0),
    recurrence: jsonb('recurrence').$type<Series>(),
    /** The first task of the series; the same for all its occurrences. */
    seriesId: uuid('series_id'),
    completedAt: instant('completed_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (table) => {
    const isLive = sql`${table.deletedAt} IS NULL`;
    return [
      index('tasks_by_created').on(table.userId, table.createdAt, table.id).where(isLive),
      index('tasks_by_due')
        .on(
          table.userId,
          sql`coalesce(${table.dueDate}, ${table.dueDay}::timestamp AT TIME ZONE 'UTC', 'infinity')`,
          table.id,
        )
        .where(isLive),
      index('tasks_by_priority').on(table.userId, table.priority, table.id).where(isLive),
      index('tasks_by_position').on(table.userId, table.position, table.id).where(isLive),
      index('tasks_of_parent').on(table.parentId).where(sql`${table.parentId} IS NOT NULL`),
      index('tasks_recurring')
        .on(table.userId)
        .where(sql`${table.recurrence} IS NOT NULL AND ${table.status} <> 'completed' AND ${isLive}`),
      index('tasks_of_series').on(table.seriesId).where(sql`${table.seriesId} IS NOT NULL`),
      index('tasks_in_bin').on(table.deletedAt).where(sql`${table.deletedAt} IS NOT NULL`),
      index('tasks_in_bin_of_user').on(table.userId).where(sql`${table.deletedAt} IS NOT NULL`),
      index('tasks_completed')
        .on(table.userId, table.completedAt)
        .where(sql`${table.completedAt} IS NOT NULL`),
    ];
  },
);

export const reminders = schema.table(
  'reminders',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    scheduledAt: instant('scheduled_at').notNull(),
    /** Minutes before the due date of the task, which `scheduledAt` then follows. */
    offsetMinutes: integer('offset_minutes'),
    type: reminderTypeEnum('type').notNull(),
    message: text('message'),
    status: reminderStatusEnum('status').notNull().default('pending'),
    sentAt: instant('sent_at'),
    completedAt: instant('completed_at'),
    /** Its task is in the bin: it waits there and is not handed over. */
    isHeld: boolean('is_held').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('reminders_due')
      .on(table.scheduledAt)
      .where(sql`${table.status} = 'pending' AND NOT ${table.isHeld}`),
    index('reminders_of_task').on(table.taskId, table.scheduledAt),
    index('reminders_of_user').on(table.userId, table.scheduledAt, table.id),
    // Read when a person is counted; without it PostgreSQL prefers the whole table to one with a fifth of it.
    index('reminders_open').on(table.userId).where(sql`${table.status} IN ('pending', 'sent', 'missed')`),
    index('reminders_completed')
      .on(table.userId, table.completedAt)
      .where(sql`${table.completedAt} IS NOT NULL`),
  ],
);

/** What tells whether a person's lists or numbers changed; filled by triggers, see `items/store-stamp.ts`. */
export const listChanges = schema.table(
  'list_changes',
  {
    userId: uuid('user_id').notNull(),
    changes: bigint('changes', { mode: 'number' }).notNull().default(1),
  },
  (table) => [index('list_changes_of_user').on(table.userId, table.changes)],
);

export const idempotencyKeys = idempotencyTable(schema);
