import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '@spacedly/kit';
import { dayIn } from '../analytics/rules.ts';
import type { ReviewWithTask } from '../reviews/rules.ts';
import { dueDates } from '../reviews/rules.ts';
import type { Memory, Moment } from '../reviews/scheduler.ts';
import { type ExamRow, earliestDate, type ItemPlan, isMatching, planForExam } from './rules.ts';
import { findComingExams, type NewDates } from './store.ts';

/** The dates of one review after its memory or its task changed: what spacing asks for, and what exams need. */
export async function datesOf(
  db: Db,
  review: Pick<ReviewWithTask, 'id' | 'userId' | 'desiredRetention' | 'category' | 'labels'>,
  memory: Memory,
  moment: Moment,
): Promise<{ examAt: Date | null; dueAt: Date }> {
  const exams = await findComingExams(db, review.userId, dayIn(moment.timeZone, moment.now));
  const item = { ...memory, id: review.id, desiredRetention: review.desiredRetention };
  const plans = exams
    .filter((exam) => isMatching(exam, review))
    .map((exam) => planForExam(item, exam, moment));
  return dueDates(memory.scheduledAt, earliestDate(plans));
}

/** Simulated at a time: a few milliseconds of work, after which other requests get their turn. */
const CHUNK = 50;

/** Plans every matching review for each exam. Reads nothing, so no transaction need be open. */
export async function planExams(
  reviews: readonly ReviewWithTask[],
  exams: readonly ExamRow[],
  moment: Moment,
): Promise<Map<string, Map<string, ItemPlan>>> {
  const plans = new Map(exams.map(({ id }) => [id, new Map<string, ItemPlan>()]));
  let planned = 0;
  for (const review of reviews) {
    for (const exam of exams) {
      if (!isMatching(exam, review)) continue;
      plans.get(exam.id)?.set(review.id, planForExam(review, exam, moment));
      planned += 1;
      if (planned % CHUNK === 0) await nextTurn();
    }
  }
  return plans;
}

/** The date each review gets from the plans of all exams to come. */
export function examDates(
  reviews: readonly ReviewWithTask[],
  plans: ReadonlyMap<string, ReadonlyMap<string, ItemPlan>>,
): NewDates[] {
  return reviews.map(({ id, version }) => {
    const ofReview = [...plans.values()].flatMap((ofExam) => ofExam.get(id) ?? []);
    return { id, version, examAt: earliestDate(ofReview) };
  });
}
