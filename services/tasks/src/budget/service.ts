import type { Today } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import type { Moment } from '../reviews/scheduler.ts';
import { getDueReviews, medianReviewMs, minutesFor } from '../reviews/service-due.ts';
import { judgeDay } from './rules.ts';
import { findBudget } from './store.ts';

/** A day with more than this is not a plan; the rest is found in the queue of reviews. */
const MAX_SHOWN = 200;

type DayBudget = Pick<
  Today,
  | 'reviews'
  | 'reviewsDue'
  | 'taskMinutes'
  | 'reviewMinutes'
  | 'estimatedMinutes'
  | 'freeMinutes'
  | 'overflows'
>;

/** What reviews add to a day, what the day costs in minutes, and whether that fits into its free time. */
export async function budgetOf(
  db: Db,
  userId: string,
  moment: Moment,
  { today, taskMinutes }: { today: string; taskMinutes: number },
): Promise<DayBudget> {
  const [due, medianMs, budget] = await Promise.all([
    getDueReviews(db, userId, moment, MAX_SHOWN),
    medianReviewMs(db, userId),
    findBudget(db, userId),
  ]);
  const reviewsDue = due.counts.new + due.counts.reviews;
  const reviewMinutes = minutesFor(reviewsDue, medianMs);
  const estimatedMinutes = taskMinutes + reviewMinutes;
  return {
    reviews: due.items.map(({ next: _, ...review }) => review),
    reviewsDue,
    taskMinutes,
    reviewMinutes,
    estimatedMinutes,
    ...judgeDay(budget, today, estimatedMinutes),
  };
}
