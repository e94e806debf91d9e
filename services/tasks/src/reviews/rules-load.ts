import { addDays, weekdayOf } from '../people/days.ts';
import type { Settings } from './rules.ts';

const SHARE = { normal: 1, reduced: 0.5, none: 0 } as const;

export interface Capacity {
  new: number;
  reviews: number;
}

/** How many new items and reviews fit into a day; half of them on a reduced day, none on a day of none. */
export function capacityOf(
  settings: Pick<Settings, 'newPerDay' | 'reviewsPerDay' | 'easyDays'>,
  day: string,
  done: Capacity = { new: 0, reviews: 0 },
): Capacity {
  const share = SHARE[settings.easyDays[weekdayOf(day)]];
  const left = (limit: number, used: number) => Math.max(0, Math.floor(limit * share) - used);
  return {
    new: left(settings.newPerDay, done.new),
    reviews: left(settings.reviewsPerDay, done.reviews),
  };
}

/** An item as the forecast needs it. */
export interface Load {
  /** Day on which it is due in the person's zone; earlier than today for a backlog. */
  day: string;
  kind: 'new' | 'review' | 'unlimited';
  /** Predicted recall after so many days from today; null for a new item. */
  recallIn: ((days: number) => number) | null;
}

export interface DayPlan {
  date: string;
  reviews: number;
  postponed: number;
  /** Mean predicted recall of what is reviewed on the day; null when nothing is. */
  retention: number | null;
}

/** First what is most likely remembered: after an absence that saves most, what is forgotten loses little by waiting. */
function byRecall(items: Load[]): Load[] {
  const recall = new Map(items.map((item) => [item, item.recallIn?.(0) ?? 0]));
  return items.sort((a, b) => (recall.get(b) as number) - (recall.get(a) as number));
}

function meanRecall(items: readonly Load[], dayIndex: number): number | null {
  const recalls = items.flatMap(({ recallIn }) => (recallIn === null ? [] : [recallIn(dayIndex)]));
  if (recalls.length === 0) return null;
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}

/**
 * Spreads items over the coming days within the daily limits. What does not fit waits: newly due items go before
 * the older backlog, as they are the more likely remembered. Learning steps and exams are not limited.
 */
export function planDays(
  items: readonly Load[],
  { today, days, settings, done }: { today: string; days: number; settings: Settings; done: Capacity },
): DayPlan[] {
  const byDay = Map.groupBy(items, ({ day }) => (day < today ? today : day));
  let waiting: Load[] = [];
  let waitingNew: Load[] = [];
  return Array.from({ length: days }, (_, index) => {
    const date = addDays(today, index);
    const capacity = capacityOf(settings, date, index === 0 ? done : undefined);
    const {
      review = [],
      new: fresh = [],
      unlimited = [],
    } = Object.groupBy(byDay.get(date) ?? [], ({ kind }) => kind);
    const queue = [...byRecall(review), ...waiting];
    const queueNew = [...waitingNew, ...fresh];
    waiting = queue.slice(capacity.reviews);
    waitingNew = queueNew.slice(capacity.new);
    const taken = [...unlimited, ...queue.slice(0, capacity.reviews), ...queueNew.slice(0, capacity.new)];
    return {
      date,
      reviews: taken.length,
      postponed: waiting.length + waitingNew.length,
      retention: meanRecall(taken, index),
    };
  });
}
