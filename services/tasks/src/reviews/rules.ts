import type {
  DayLoad,
  Review,
  ReviewGrade,
  ReviewLog,
  ReviewSettings,
  ReviewWithNext,
  Weekday,
} from '@spacedly/contracts';
import { WEEKDAYS } from '@spacedly/contracts';
import type { MemoryState, reviewLogs, reviewSettings, reviews } from '../schema.ts';
import { type IsEasyDay, type Memory, type Moment, nextMemory, retrievabilityAt } from './scheduler.ts';

export type ReviewRow = typeof reviews.$inferSelect;
/** A review with what its task says about it. */
export type ReviewWithTask = ReviewRow & { title: string; category: string | null; labels: string[] };
export type ReviewChanges = Partial<Omit<typeof reviews.$inferInsert, 'id' | 'userId' | 'taskId'>>;
export type SettingsRow = typeof reviewSettings.$inferSelect;
export type Settings = Omit<ReviewSettings, 'easyDays'> & { easyDays: Record<Weekday, DayLoad> };

const GRADES: readonly ReviewGrade[] = ['again', 'hard', 'good', 'easy'];

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function presentReview(row: ReviewWithTask, moment: Moment): Review {
  const isNew = row.state === 'new';
  return {
    id: row.id,
    taskId: row.taskId,
    title: row.title,
    category: row.category,
    prompts: row.prompts,
    desiredRetention: row.desiredRetention,
    state: row.state,
    dueAt: row.dueAt.toISOString(),
    scheduledAt: row.scheduledAt.toISOString(),
    isForExam: row.examAt !== null,
    stabilityDays: isNew ? null : row.stabilityDays,
    difficulty: isNew ? null : row.difficulty,
    retrievability: retrievabilityAt(row, moment),
    reps: row.reps,
    lapses: row.lapses,
    lastReviewedAt: iso(row.lastReviewedAt),
    suspendedAt: iso(row.suspendedAt),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/**
 * A review with the date each grade would give. An exam may then bring it earlier still: that is worked out when the
 * grade is given.
 */
export function presentWithNext(row: ReviewWithTask, moment: Moment, settings: Settings): ReviewWithNext {
  const isEasyDay = easyDayRule(settings, row.id);
  const dates = GRADES.map((grade) => [
    grade,
    nextMemory(row, grade, moment, isEasyDay).scheduledAt.toISOString(),
  ]);
  return { ...presentReview(row, moment), next: Object.fromEntries(dates) };
}

export function presentLog(row: typeof reviewLogs.$inferSelect): ReviewLog {
  return {
    id: row.id,
    grade: row.grade,
    reviewedAt: row.reviewedAt.toISOString(),
    durationMs: row.durationMs,
    algorithm: row.algorithm,
    desiredRetention: row.desiredRetention,
    retrievability: row.retrievability,
    stateBefore: row.before.state,
    stateAfter: row.after.state,
    stabilityDays: row.after.stabilityDays,
    difficulty: row.after.difficulty,
    dueBefore: row.before.dueAt,
    dueAfter: row.after.dueAt,
  };
}

/** The parts of a review that a grade changes, for the log. */
export function memoryStateOf(row: Memory & Pick<ReviewRow, 'examAt' | 'dueAt'>): MemoryState {
  return {
    state: row.state,
    stabilityDays: row.stabilityDays,
    difficulty: row.difficulty,
    learningStep: row.learningStep,
    scheduledDays: row.scheduledDays,
    reps: row.reps,
    lapses: row.lapses,
    lastReviewedAt: iso(row.lastReviewedAt),
    scheduledAt: row.scheduledAt.toISOString(),
    examAt: iso(row.examAt),
    dueAt: row.dueAt.toISOString(),
  };
}

/** A logged state as columns again. */
export function fromMemoryState(state: MemoryState): Memory {
  const { examAt: _examAt, dueAt: _dueAt, lastReviewedAt, scheduledAt, ...rest } = state;
  return {
    ...rest,
    lastReviewedAt: lastReviewedAt === null ? null : new Date(lastReviewedAt),
    scheduledAt: new Date(scheduledAt),
  };
}

/** The date people see: an exam brings a review forward, never back. */
export function dueDates(scheduledAt: Date, examAt: Date | null): { examAt: Date | null; dueAt: Date } {
  return { examAt, dueAt: examAt !== null && examAt < scheduledAt ? examAt : scheduledAt };
}

const NORMAL_WEEK = Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, 'normal'])) as Record<
  Weekday,
  DayLoad
>;

/** What holds for a person who set nothing. */
export const DEFAULT_SETTINGS: Settings = {
  newPerDay: 20,
  reviewsPerDay: 200,
  easyDays: NORMAL_WEEK,
  version: 0,
};

export function presentSettings(row: SettingsRow | null): Settings {
  if (row === null) return DEFAULT_SETTINGS;
  const { newPerDay, reviewsPerDay, easyDays, version } = row;
  return { newPerDay, reviewsPerDay, easyDays, version };
}

/**
 * The weekdays an item should keep clear of. Every item avoids a day of `none`; every second one, by its id, a day
 * that is `reduced`.
 */
export function easyDayRule({ easyDays }: Pick<Settings, 'easyDays'>, id: string): IsEasyDay {
  const isSecond = Number.parseInt(id.slice(-1), 16) % 2 === 1;
  return (weekday) => {
    const load = easyDays[WEEKDAYS[(weekday + 6) % 7] as Weekday];
    return load === 'none' || (load === 'reduced' && isSecond);
  };
}
