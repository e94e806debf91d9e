import type { Forecast, ReviewWithNext } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import { dayIn } from '../analytics/rules.ts';
import type { TasksDeps } from '../deps.ts';
import { addDays, daysBetween, startOfDay } from '../people/days.ts';
import { momentOf } from '../people/moment.ts';
import { presentSettings, presentWithNext, type Settings } from './rules.ts';
import { capacityOf, type Load, planDays } from './rules-load.ts';
import { createEngine, type Moment, recallAfter } from './scheduler.ts';
import { findReviewsByIds, findSettings } from './store.ts';
import {
  countDone,
  type DueQueue,
  type ForecastRow,
  findComing,
  findDueQueue,
  findMedianDuration,
} from './store-due.ts';

/** A day and its edges where the person lives. */
function todayOf({ now, timeZone }: Moment) {
  const today = dayIn(timeZone, now);
  return {
    today,
    dayStart: startOfDay(today, timeZone),
    dayEnd: startOfDay(addDays(today, 1), timeZone),
  };
}

export interface DueReviews {
  items: ReviewWithNext[];
  counts: Pick<DueQueue, 'new' | 'reviews' | 'postponed'>;
}

/** What is to be reviewed today, within the daily limits and in the best order. */
export async function getDueReviews(
  db: Db,
  userId: string,
  moment: Moment,
  limit: number,
): Promise<DueReviews> {
  const { today, ...edges } = todayOf(moment);
  const window = { userId, now: moment.now, ...edges };
  const [settings, done] = await Promise.all([
    findSettings(db, userId).then(presentSettings),
    countDone(db, window),
  ]);
  const queue = await findDueQueue(db, window, capacityOf(settings, today, done), limit);
  const rows = await findReviewsByIds(db, userId, queue.ids);
  const { new: fresh, reviews, postponed } = queue;
  return {
    items: rows.map((row) => presentWithNext(row, moment, settings)),
    counts: { new: fresh, reviews, postponed },
  };
}

/** For people who never timed a review. */
const DEFAULT_REVIEW_MS = 30_000;

/** Median time of a review of this person in milliseconds. */
export async function medianReviewMs(db: Db, userId: string): Promise<number> {
  return (await findMedianDuration(db, userId)) ?? DEFAULT_REVIEW_MS;
}

/** Whole minutes for so many reviews. */
export function minutesFor(reviews: number, medianMs: number): number {
  return Math.ceil((reviews * medianMs) / 60_000);
}

function toLoads(rows: readonly ForecastRow[], moment: Moment): Load[] {
  const engine = createEngine(0.9);
  const today = dayIn(moment.timeZone, moment.now);
  return rows.map((row) => {
    const isLimited = (row.state === 'new' || row.state === 'review') && row.examAt === null;
    const last = row.lastReviewedAt === null ? null : dayIn(moment.timeZone, row.lastReviewedAt);
    const elapsedDays = last === null ? 0 : daysBetween(last, today);
    return {
      day: dayIn(moment.timeZone, row.dueAt),
      kind: isLimited ? (row.state === 'new' ? 'new' : 'review') : 'unlimited',
      recallIn:
        row.state === 'new'
          ? null
          : (days: number) => recallAfter(engine, { stability: row.stabilityDays }, elapsedDays + days),
    };
  });
}

/** Reviews per day and the share of them that should be remembered. Each item counts once, on its next review. */
export async function forecastReviews(deps: TasksDeps, userId: string, days: number): Promise<Forecast> {
  const moment = await momentOf(deps, userId);
  const { today, dayStart, dayEnd } = todayOf(moment);
  const horizon = startOfDay(addDays(today, days), moment.timeZone);
  const [settings, done, rows, medianMs] = await Promise.all([
    findSettings(deps.db, userId).then(presentSettings),
    countDone(deps.db, { userId, now: moment.now, dayStart, dayEnd }),
    findComing(deps.db, userId, horizon),
    medianReviewMs(deps.db, userId),
  ]);
  const plans = planDays(toLoads(rows, moment), { today, days, settings, done });
  return { days: plans.map((plan) => ({ ...plan, minutes: minutesFor(plan.reviews, medianMs) })) };
}

export async function getSettings({ db }: TasksDeps, userId: string): Promise<Settings> {
  return presentSettings(await findSettings(db, userId));
}
