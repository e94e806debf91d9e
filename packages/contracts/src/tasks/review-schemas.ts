import { z } from 'zod';
import { id, instantOut, notEmpty, page, text } from '../fields.ts';

export const reviewGrade = z
  .enum(['again', 'hard', 'good', 'easy'])
  .meta({ description: '`again` is forgotten, the others are remembered with more and more ease' });
export type ReviewGrade = z.infer<typeof reviewGrade>;

export const reviewState = z.enum(['new', 'learning', 'review', 'relearning']);
export type ReviewState = z.infer<typeof reviewState>;

const prompt = z.object({ question: z.string(), answer: z.string() });

export const review = z
  .object({
    id,
    taskId: id,
    title: z.string().meta({ description: 'The title of the task' }),
    category: z.string().nullable(),
    prompts: z.array(prompt),
    desiredRetention: z.number(),
    state: reviewState,
    dueAt: instantOut.meta({ description: 'When to review it next' }),
    scheduledAt: instantOut.meta({
      description: 'What spacing alone asks for; later than `dueAt` where an exam needs it earlier',
    }),
    isForExam: z.boolean().meta({ description: 'Daily limits do not hold it back' }),
    stabilityDays: z.number().nullable().meta({ description: 'Days until recall falls to 90 %' }),
    difficulty: z.number().nullable().meta({ description: '1 (easy) to 10' }),
    retrievability: z.number().nullable().meta({ description: 'Predicted probability of recall now' }),
    reps: z.int(),
    lapses: z.int(),
    lastReviewedAt: instantOut.nullable(),
    suspendedAt: instantOut.nullable(),
    version: z.int(),
    createdAt: instantOut,
    updatedAt: instantOut,
  })
  .meta({ id: 'Review' });
export type Review = z.infer<typeof review>;

export const reviewWithNext = review
  .extend({
    next: z
      .object({ again: instantOut, hard: instantOut, good: instantOut, easy: instantOut })
      .meta({ description: 'The next date that each grade would give now' }),
  })
  .meta({ id: 'ReviewWithNext' });
export type ReviewWithNext = z.infer<typeof reviewWithNext>;

const promptIn = z.strictObject({
  question: text({ min: 1, max: 2_000 }),
  answer: text({ max: 10_000 }),
});
const prompts = z.array(promptIn).max(50);
const desiredRetention = z.number().min(0.7).max(0.97);

export const createReviewBody = z.strictObject({
  taskId: id,
  desiredRetention: desiredRetention.default(0.9),
  prompts: prompts.default([]),
});
export type CreateReviewBody = z.output<typeof createReviewBody>;

export const updateReviewBody = notEmpty(z.strictObject({ desiredRetention, prompts }).partial());
export type UpdateReviewBody = z.output<typeof updateReviewBody>;

const HOUR_MS = 3_600_000;

export const gradeBody = z.strictObject({
  grade: reviewGrade,
  durationMs: z.int().min(0).max(HOUR_MS).optional().meta({ description: 'Time it took, at most an hour' }),
});
export type GradeBody = z.output<typeof gradeBody>;

export const listReviewsQuery = z.strictObject({
  ...page,
  taskId: id.optional(),
  state: reviewState.optional(),
});

export const dueReviewsQuery = z.strictObject({ limit: page.limit });

const dueCounts = z.object({
  new: z.int().meta({ description: 'New items still to be introduced today' }),
  reviews: z.int().meta({ description: 'Reviews still to be done today, learning steps included' }),
  postponed: z.int().meta({ description: 'Due, but left for later days by the daily limits' }),
});

export const dueReviews = z
  .object({ items: z.array(reviewWithNext), nextCursor: z.null(), counts: dueCounts })
  .meta({ id: 'DueReviews' });

export const reviewLog = z
  .object({
    id,
    grade: reviewGrade,
    reviewedAt: instantOut,
    durationMs: z.int().nullable(),
    algorithm: z.string(),
    desiredRetention: z.number(),
    retrievability: z.number().nullable().meta({ description: 'Predicted recall at that moment' }),
    stateBefore: reviewState,
    stateAfter: reviewState,
    stabilityDays: z.number().meta({ description: 'After the review' }),
    difficulty: z.number().meta({ description: 'After the review' }),
    dueBefore: instantOut,
    dueAfter: instantOut,
  })
  .meta({ id: 'ReviewLog' });
export type ReviewLog = z.infer<typeof reviewLog>;

export const historyQuery = z.strictObject({ ...page });

export const forecastQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(365).default(30),
});

export const forecast = z
  .object({
    days: z.array(
      z.object({
        date: z.string(),
        reviews: z.int().meta({ description: 'Reviews planned for the day within the limits' }),
        minutes: z.int(),
        postponed: z.int().meta({ description: 'Reviews left for later days' }),
        retention: z
          .number()
          .nullable()
          .meta({ description: 'Expected share of the reviews of the day that is remembered' }),
      }),
    ),
  })
  .meta({ id: 'ReviewForecast' });
export type Forecast = z.infer<typeof forecast>;

const dayLoad = z
  .enum(['normal', 'reduced', 'none'])
  .meta({ description: '`reduced` is half of the limits, `none` no reviews but learning steps and exams' });
export type DayLoad = z.infer<typeof dayLoad>;

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const dayLoads = z.strictObject(
  Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, dayLoad.default('normal')])) as Record<
    Weekday,
    z.ZodDefault<typeof dayLoad>
  >,
);

const limit = z.int().min(0).max(9_999);

export const reviewSettingsBody = z.strictObject({
  newPerDay: limit.default(20),
  reviewsPerDay: limit.default(200),
  easyDays: dayLoads.prefault({}),
});
export type ReviewSettingsBody = z.output<typeof reviewSettingsBody>;

export const reviewSettings = z
  .object({
    newPerDay: z.int(),
    reviewsPerDay: z.int(),
    easyDays: z.record(z.enum(WEEKDAYS), dayLoad),
    version: z.int().meta({ description: '0 while nothing was set' }),
  })
  .meta({ id: 'ReviewSettings' });
export type ReviewSettings = z.infer<typeof reviewSettings>;
