import type { CreateReviewBody, ReviewWithNext, UpdateReviewBody } from '@spacedly/contracts';
import { type Db, type IdempotencyClaim, newId, once, Problem } from '@spacedly/kit';
import type { Target, TasksDeps } from '../deps.ts';
import { datesOf } from '../exams/service-plan.ts';
import { lockTask } from '../items/store.ts';
import { momentOf } from '../people/moment.ts';
import { idempotencyKeys } from '../schema.ts';
import {
  dueDates,
  presentSettings,
  presentWithNext,
  type ReviewChanges,
  type ReviewWithTask,
  type Settings,
} from './rules.ts';
import type { Memory, Moment } from './scheduler.ts';
import * as store from './store.ts';
import { scheduleNotice } from './store-notice.ts';

/** A new item is due at once. */
const newMemory = (now: Date): Memory => ({
  state: 'new',
  stabilityDays: 0,
  difficulty: 0,
  learningStep: 0,
  scheduledDays: 0,
  reps: 0,
  lapses: 0,
  lastReviewedAt: null,
  scheduledAt: now,
});

/**
 * Begins to review a task; with the same idempotency key it begins once.
 * @throws Problem TASK_NOT_FOUND, REVIEW_EXISTS, IDEMPOTENCY_KEY_REUSED
 */
export async function createReview(
  deps: TasksDeps,
  userId: string,
  body: CreateReviewBody,
  idempotency: IdempotencyClaim | null,
): Promise<ReviewWithNext> {
  const moment = await momentOf(deps, userId);
  return deps.db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      const { now } = moment;
      const task = await lockTask(tx, { userId, id: body.taskId });
      if (task === null) throw new Problem('TASK_NOT_FOUND');
      const id = newId();
      const memory = newMemory(now);
      const { title, category, labels } = task;
      const { desiredRetention } = body;
      const dates = await datesOf(tx, { id, userId, desiredRetention, category, labels }, memory, moment);
      const values = { ...body, ...memory, ...dates, id, userId, createdAt: now, updatedAt: now };
      const row = await store.insertReview(tx, values);
      if (row === null) throw new Problem('REVIEW_EXISTS');
      await scheduleNotice(tx, userId, row.dueAt, moment);
      const settings = presentSettings(await store.findSettings(tx, userId));
      return presentWithNext({ ...row, title, category, labels }, moment, settings);
    }),
  );
}

/** The review a change is made to, locked. @throws Problem REVIEW_NOT_FOUND, PRECONDITION_FAILED */
export async function loadForChange(tx: Db, target: Target): Promise<ReviewWithTask> {
  const review = await store.lockReview(tx, target);
  if (review === null) throw new Problem('REVIEW_NOT_FOUND');
  if (target.ifMatch !== null && target.ifMatch !== review.version) {
    throw new Problem('PRECONDITION_FAILED', { detail: `The current version is ${review.version}` });
  }
  return review;
}

export interface ChangeContext {
  tx: Db;
  review: ReviewWithTask;
  moment: Moment;
  settings: Settings;
}

/** Writes a change inside its transaction and tells of the new date; null changes nothing. */
export async function writeChange(
  { tx, review, moment, settings }: ChangeContext,
  changes: ReviewChanges | null,
): Promise<ReviewWithNext> {
  if (changes === null) return presentWithNext(review, moment, settings);
  const row = await store.updateReview(tx, review, { ...changes, updatedAt: moment.now });
  if (row.suspendedAt === null) await scheduleNotice(tx, review.userId, row.dueAt, moment);
  return presentWithNext({ ...review, ...row }, moment, settings);
}

/** Loads, lets `decide` judge, writes, in one transaction. */
export async function change(
  deps: TasksDeps,
  target: Target,
  decide: (context: ChangeContext) => ReviewChanges | null | Promise<ReviewChanges | null>,
): Promise<ReviewWithNext> {
  const moment = await momentOf(deps, target.userId);
  return deps.db.transaction(async (tx) => {
    const review = await loadForChange(tx, target);
    const settings = presentSettings(await store.findSettings(tx, target.userId));
    const context = { tx, review, moment, settings };
    return writeChange(context, await decide(context));
  });
}

/** @throws Problem REVIEW_NOT_FOUND, PRECONDITION_FAILED */
export async function changeReview(
  deps: TasksDeps,
  target: Target,
  body: UpdateReviewBody,
): Promise<ReviewWithNext> {
  return change(deps, target, () => body);
}

/** Doing it twice changes nothing the second time. @throws Problem REVIEW_NOT_FOUND, PRECONDITION_FAILED */
export async function suspendReview(deps: TasksDeps, target: Target): Promise<ReviewWithNext> {
  return change(deps, target, ({ review, moment }) =>
    review.suspendedAt === null ? { suspendedAt: moment.now } : null,
  );
}

/** Exams set while it was suspended count now. @throws Problem REVIEW_NOT_FOUND, PRECONDITION_FAILED */
export async function resumeReview(deps: TasksDeps, target: Target): Promise<ReviewWithNext> {
  return change(deps, target, async ({ tx, review, moment }) => {
    if (review.suspendedAt === null) return null;
    return { suspendedAt: null, ...(await datesOf(tx, review, review, moment)) };
  });
}

/** Moves the next review to a date the person chose. @throws Problem REVIEW_NOT_FOUND, PRECONDITION_FAILED */
export async function moveReview(
  deps: TasksDeps,
  target: Target,
  dateOf: (current: Date, timeZone: string) => Date,
): Promise<ReviewWithNext> {
  return change(deps, target, ({ review, moment }) => {
    const scheduledAt = dateOf(review.dueAt, moment.timeZone);
    // Whoever moves it by hand decides for the exam too.
    return { scheduledAt, ...dueDates(scheduledAt, null) };
  });
}

/** @throws Problem REVIEW_NOT_FOUND, PRECONDITION_FAILED */
export async function removeReview({ db }: TasksDeps, target: Target): Promise<void> {
  await db.transaction(async (tx) => {
    await loadForChange(tx, target);
    await store.deleteReview(tx, target);
  });
}
