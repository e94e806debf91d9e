import type { GradeBody, ReviewSettingsBody, ReviewWithNext } from '@spacedly/contracts';
import { type IdempotencyClaim, newId, once, Problem } from '@spacedly/kit';
import type { Target, TasksDeps } from '../deps.ts';
import { datesOf } from '../exams/service-plan.ts';
import { momentOf } from '../people/moment.ts';
import { idempotencyKeys } from '../schema.ts';
import {
  easyDayRule,
  fromMemoryState,
  memoryStateOf,
  presentSettings,
  type ReviewChanges,
  type Settings,
} from './rules.ts';
import { ALGORITHM, nextMemory, retrievabilityAt } from './scheduler.ts';
import { type ChangeContext, change, loadForChange, writeChange } from './service.ts';
import * as store from './store.ts';

async function applyGrade(
  { tx, review, moment, settings }: ChangeContext,
  { grade, durationMs = null }: { grade: GradeBody['grade']; durationMs?: number | null | undefined },
): Promise<ReviewChanges> {
  if (review.suspendedAt !== null) throw new Problem('REVIEW_SUSPENDED');
  const memory = nextMemory(review, grade, moment, easyDayRule(settings, review.id));
  const dates = await datesOf(tx, review, memory, moment);
  await store.insertLog(tx, {
    id: newId(),
    userId: review.userId,
    reviewId: review.id,
    grade,
    reviewedAt: moment.now,
    durationMs,
    algorithm: ALGORITHM,
    desiredRetention: review.desiredRetention,
    retrievability: retrievabilityAt(review, moment),
    stateBefore: review.state,
    before: memoryStateOf(review),
    after: memoryStateOf({ ...memory, ...dates }),
  });
  return { ...memory, ...dates };
}

/**
 * Grades a review: the new state and its log row are one transaction on the locked row.
 * @throws Problem REVIEW_NOT_FOUND, REVIEW_SUSPENDED, PRECONDITION_FAILED, IDEMPOTENCY_KEY_REUSED
 */
export async function gradeReview(
  deps: TasksDeps,
  target: Target,
  body: GradeBody,
  idempotency: IdempotencyClaim | null,
): Promise<ReviewWithNext> {
  const moment = await momentOf(deps, target.userId);
  return deps.db.transaction((tx) =>
    once(tx, idempotencyKeys, idempotency, async () => {
      const review = await loadForChange(tx, target);
      const settings = presentSettings(await store.findSettings(tx, target.userId));
      const context = { tx, review, moment, settings };
      return writeChange(context, await applyGrade(context, body));
    }),
  );
}

/**
 * Takes the latest grade back: the state before it is written back as it was logged and the grade no longer counts.
 * Exams are asked again, as they may have changed since.
 * @throws Problem REVIEW_NOT_FOUND, REVIEW_NOTHING_TO_UNDO, PRECONDITION_FAILED
 */
export async function undoReview(deps: TasksDeps, target: Target): Promise<ReviewWithNext> {
  return change(deps, target, async ({ tx, review, moment }) => {
    const log = await store.findLastLog(tx, review.id);
    if (log === null) throw new Problem('REVIEW_NOTHING_TO_UNDO');
    await store.deleteLog(tx, log.id);
    const memory = fromMemoryState(log.before);
    return { ...memory, ...(await datesOf(tx, review, memory, moment)) };
  });
}

/** @throws Problem PRECONDITION_FAILED */
export async function putSettings(
  { db }: TasksDeps,
  userId: string,
  body: ReviewSettingsBody,
  ifMatch: number | null,
): Promise<Settings> {
  const row = await db.transaction((tx) => store.upsertSettings(tx, { userId, ...body }, ifMatch));
  if (row === null) throw new Problem('PRECONDITION_FAILED');
  return presentSettings(row);
}
