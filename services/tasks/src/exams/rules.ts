import type { Exam } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { DAY_MS, fromWall, toWall } from '../people/days.ts';
import {
  advance,
  createEngine,
  type Memory,
  type Moment,
  recallAfter,
  toCard,
} from '../reviews/scheduler.ts';
import type { exams } from '../schema.ts';

export type ExamRow = typeof exams.$inferSelect;

/** How many days before an exam its last reviews are spread over. */
const SPREAD_DAYS = 14;
/** Ends the simulation of an item that never leaves its learning steps. */
const MAX_REVIEWS = 60;

const dayNumber = (wall: Date) => Math.floor(wall.getTime() / DAY_MS);

/** @throws Problem EXAM_IN_PAST */
export function assertNotPast(day: string, today: string): void {
  if (day >= today) return;
  const errors = [{ path: 'body.day', message: 'Must be today or later' }];
  throw new Problem('EXAM_IN_PAST', { errors });
}

/** Whether a review belongs to an exam, by what its task says. */
export function isMatching(
  exam: Pick<ExamRow, 'category' | 'label'>,
  task: { category: string | null; labels: readonly string[] },
): boolean {
  if (exam.category !== null) return task.category === exam.category;
  return exam.label !== null && task.labels.includes(exam.label);
}

export interface ItemPlan {
  /** When the next review is to be at the latest; null when none is needed. */
  nextAt: Date | null;
  /** Calendar days of the planned reviews up to the exam, soonest first. */
  days: string[];
  /** Predicted recall on the day if nothing is reviewed from now on; 0 for a new item. */
  recallWithout: number;
  /** The same if the plan is followed and the item remembered each time. */
  recallWith: number;
}

/** The same number for the same id, so that the items of an exam spread evenly and each keeps its day. */
function spread(id: string, count: number): number {
  return Number.parseInt(id.slice(-6), 16) % count;
}

/**
 * The last review before the exam: as early as it still gives the target, at most two weeks before, and spread over
 * that time so that the last day holds no flood. Where no earlier day would do, the day of the exam itself.
 */
function lastReviewDay(
  recallOn: (day: number) => number,
  { id, firstDay, examDay, target }: { id: string; firstDay: number; examDay: number; target: number },
): number {
  const earliestDay = Math.max(firstDay, examDay - SPREAD_DAYS);
  let day = examDay;
  while (day > earliestDay && recallOn(day - 1) >= target) day -= 1;
  if (day === examDay) return Math.max(firstDay, examDay);
  return day + spread(id, examDay - day);
}

/**
 * What an item needs before an exam, by simulating FSRS with each review remembered (`good`). Reviews that spacing
 * asks for anyway come first; one more is added only where recall on the day would fall short.
 */
export function planForExam(
  item: Memory & { id: string; desiredRetention: number },
  exam: Pick<ExamRow, 'day' | 'targetRetention'>,
  { now, timeZone }: Moment,
): ItemPlan {
  const engine = createEngine(item.desiredRetention);
  const examDay = dayNumber(new Date(exam.day));
  const wallNow = toWall(now, timeZone);
  let card = toCard(item, timeZone);
  const recall = (after = card) => {
    const { last_review: last } = after;
    return last === undefined ? 0 : recallAfter(engine, after, examDay - dayNumber(last));
  };
  const recallWithout = recall();
  const walls: Date[] = [];
  let at = new Date(Math.max(card.due.getTime(), wallNow.getTime()));
  while (dayNumber(at) < examDay && walls.length < MAX_REVIEWS) {
    walls.push(at);
    card = advance(engine, card, at, 'good');
    at = card.due;
  }
  if (recall() < exam.targetRetention) {
    const lastDay = card.last_review === undefined ? -1 : dayNumber(card.last_review);
    const timeOfDay = wallNow.getTime() % DAY_MS;
    const onDay = (day: number) => new Date(day * DAY_MS + timeOfDay);
    const recallOn = (day: number) => recall(advance(engine, card, onDay(day), 'good'));
    const firstDay = Math.max(lastDay + 1, dayNumber(wallNow));
    const options = { id: item.id, firstDay, examDay, target: exam.targetRetention };
    const last = onDay(lastReviewDay(recallOn, options));
    if (dayNumber(last) <= examDay) {
      walls.push(last);
      card = advance(engine, card, last, 'good');
    }
  }
  const [next] = walls;
  return {
    nextAt: next === undefined ? null : fromWall(next, timeZone),
    days: walls.map((wall) => wall.toISOString().slice(0, 10)),
    recallWithout,
    recallWith: recall(),
  };
}

/** The earliest date any of the exams needs the next review by; null when none needs one. */
export function earliestDate(plans: readonly ItemPlan[]): Date | null {
  const [first] = plans.flatMap(({ nextAt }) => nextAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  return first ?? null;
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** An exam with the plans of its items. */
export function presentExam(row: ExamRow, plans: readonly ItemPlan[]): Exam {
  const days = Map.groupBy(
    plans.flatMap((plan) => plan.days),
    (day) => day,
  );
  return {
    id: row.id,
    name: row.name,
    day: row.day,
    category: row.category,
    label: row.label,
    targetRetention: row.targetRetention,
    forecast: {
      items: plans.length,
      recallWithoutReviews: mean(plans.map(({ recallWithout }) => recallWithout)),
      recallWithPlan: mean(plans.map(({ recallWith }) => recallWith)),
      itemsBelowTarget: plans.filter(({ recallWith }) => recallWith < row.targetRetention).length,
    },
    plan: [...days].sort().map(([date, { length }]) => ({ date, reviews: length })),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
