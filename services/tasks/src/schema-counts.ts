import { date, index, integer, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant, schema, statusEnum } from './schema-base.ts';

/**
 * What statements added to the sums below, as signed numbers. Triggers add rows in the transaction of the change, and
 * rows are never changed, so no writer waits for another; `analytics/store-fold.ts` moves them into the sums.
 */
export const countChanges = schema.table(
  'count_changes',
  {
    userId: uuid('user_id').notNull(),
    /** Of which tasks `tasks` tells. */
    status: statusEnum('status'),
    category: text('category'),
    tasks: integer('tasks'),
    /** The day in UTC for which the reminders of `pending` and `open` are planned. */
    day: date('day'),
    pending: integer('pending'),
    open: integer('open'),
    /** When the rest was done. An instant, as the day it belongs to depends on the zone of whoever asks. */
    at: instant('at'),
    completed: integer('completed'),
    completedReminders: integer('completed_reminders'),
    reviewed: integer('reviewed'),
    recalls: integer('recalls'),
    remembered: integer('remembered'),
  },
  (table) => [index('count_changes_of_user').on(table.userId)],
);

/** Whose sums are kept, and the zone of the days in `day_counts`. Without a row a person is counted when they ask. */
export const countedPeople = schema.table('counted_people', {
  userId: uuid('user_id').primaryKey(),
  timeZone: text('time_zone').notNull(),
  completedReminders: integer('completed_reminders').notNull().default(0),
});

/** Tasks that are not in the bin. */
export const taskCounts = schema.table(
  'task_counts',
  {
    userId: uuid('user_id').notNull(),
    status: statusEnum('status').notNull(),
    category: text('category'),
    tasks: integer('tasks').notNull(),
  },
  (table) => [unique('task_counts_key').on(table.userId, table.status, table.category).nullsNotDistinct()],
);

/** Reminders that are not over by the day in UTC they are planned for, those of tasks in the bin included. */
export const reminderCounts = schema.table(
  'reminder_counts',
  {
    userId: uuid('user_id').notNull(),
    day: date('day').notNull(),
    pending: integer('pending').notNull(),
    open: integer('open').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.day] })],
);

/** What was done on each day of the person, deleted tasks included. */
export const dayCounts = schema.table(
  'day_counts',
  {
    userId: uuid('user_id').notNull(),
    day: date('day').notNull(),
    /** Tasks and reminders. */
    completed: integer('completed').notNull(),
    reviewed: integer('reviewed').notNull(),
    /** Reviews of what was learnt before, and those of them that were not forgotten. */
    recalls: integer('recalls').notNull(),
    remembered: integer('remembered').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.day] })],
);
