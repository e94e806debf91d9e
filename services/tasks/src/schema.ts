import { idempotencyTable } from '@spacedly/kit/idempotency-table';
import { sql } from 'drizzle-orm';
import { date, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { instant, schema } from './schema-base.ts';

export * from './schema-calendar.ts';
export * from './schema-reviews.ts';
export { schema };

export const statusEnum = schema.enum('task_status', ['todo', 'in-progress', 'completed']);
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
    type: reminderTypeEnum('type').notNull(),
    message: text('message'),
    status: reminderStatusEnum('status').notNull().default('pending'),
    sentAt: instant('sent_at'),
    completedAt: instant('completed_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('reminders_due').on(table.scheduledAt).where(sql`${table.status} = 'pending'`),
    index('reminders_of_task').on(table.taskId, table.scheduledAt),
    index('reminders_of_user').on(table.userId, table.scheduledAt, table.id),
    index('reminders_completed')
      .on(table.userId, table.completedAt)
      .where(sql`${table.completedAt} IS NOT NULL`),
  ],
);

export const idempotencyKeys = idempotencyTable(schema);
