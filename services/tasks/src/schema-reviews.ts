import type { DayLoad, Weekday } from '@spacedly/contracts';
import { sql } from 'drizzle-orm';
import { date, doublePrecision, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tasks } from './schema.ts';
import { instant, schema } from './schema-base.ts';

export const reviewStateEnum = schema.enum('review_state', ['new', 'learning', 'review', 'relearning']);
export const reviewGradeEnum = schema.enum('review_grade', ['again', 'hard', 'good', 'easy']);

/** What a person is to recall of a task, and the memory state of FSRS. */
export const reviews = schema.table(
  'reviews',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    desiredRetention: doublePrecision('desired_retention').notNull(),
    prompts: jsonb('prompts').$type<{ question: string; answer: string }[]>().notNull(),
    state: reviewStateEnum('state').notNull().default('new'),
    stabilityDays: doublePrecision('stability_days').notNull().default(0),
    difficulty: doublePrecision('difficulty').notNull().default(0),
    learningStep: integer('learning_step').notNull().default(0),
    scheduledDays: integer('scheduled_days').notNull().default(0),
    reps: integer('reps').notNull().default(0),
    lapses: integer('lapses').notNull().default(0),
    lastReviewedAt: instant('last_reviewed_at'),
    /** What spacing alone asks for. */
    scheduledAt: instant('scheduled_at').notNull(),
    /** By when an exam needs the next review; null when none does. */
    examAt: instant('exam_at'),
    /** The earlier of the two: the only date anybody sees. */
    dueAt: instant('due_at').notNull(),
    suspendedAt: instant('suspended_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('reviews_of_task').on(table.taskId),
    index('reviews_by_created').on(table.userId, table.createdAt, table.id),
    index('reviews_by_due').on(table.userId, table.dueAt, table.id).where(sql`${table.suspendedAt} IS NULL`),
  ],
);

/** The memory state of a review at one moment, complete: writing it back undoes a grade exactly. */
export interface MemoryState {
  state: (typeof reviewStateEnum.enumValues)[number];
  stabilityDays: number;
  difficulty: number;
  learningStep: number;
  scheduledDays: number;
  reps: number;
  lapses: number;
  lastReviewedAt: string | null;
  scheduledAt: string;
  examAt: string | null;
  dueAt: string;
}

/** Every grade ever given. It outlives its review, because statistics and fitted parameters need it. */
export const reviewLogs = schema.table(
  'review_logs',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    reviewId: uuid('review_id').references(() => reviews.id, { onDelete: 'set null' }),
    grade: reviewGradeEnum('grade').notNull(),
    reviewedAt: instant('reviewed_at').notNull(),
    durationMs: integer('duration_ms'),
    /** Version of the library and of the algorithm that decided. */
    algorithm: text('algorithm').notNull(),
    desiredRetention: doublePrecision('desired_retention').notNull(),
    /** Predicted recall at that moment; null for a new item. */
    retrievability: doublePrecision('retrievability'),
    stateBefore: reviewStateEnum('state_before').notNull(),
    before: jsonb('before').$type<MemoryState>().notNull(),
    after: jsonb('after').$type<MemoryState>().notNull(),
  },
  (table) => [
    index('review_logs_of_user').on(table.userId, table.reviewedAt),
    index('review_logs_of_review').on(table.reviewId, table.reviewedAt, table.id),
  ],
);

export const reviewSettings = schema.table('review_settings', {
  userId: uuid('user_id').primaryKey(),
  newPerDay: integer('new_per_day').notNull(),
  reviewsPerDay: integer('reviews_per_day').notNull(),
  easyDays: jsonb('easy_days').$type<Record<Weekday, DayLoad>>().notNull(),
  version: integer('version').notNull().default(1),
});

/** When each person is next told that reviews are due: one row a person, however many reviews. */
export const reviewNotices = schema.table(
  'review_notices',
  {
    userId: uuid('user_id').primaryKey(),
    noticeAt: instant('notice_at').notNull(),
    /** The latest day somebody was told, in their zone, so that no day is told twice. */
    lastDay: date('last_day'),
  },
  (table) => [index('review_notices_due').on(table.noticeAt)],
);

export const exams = schema.table(
  'exams',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    name: text('name').notNull(),
    day: date('day').notNull(),
    category: text('category'),
    label: text('label'),
    targetRetention: doublePrecision('target_retention').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('exams_by_name').on(table.userId, table.name),
    index('exams_by_day').on(table.userId, table.day),
  ],
);
