import type { ReviewGrade, ReviewState } from '@spacedly/contracts';
import {
  type Card,
  dateDiffInDays,
  default_maximum_interval,
  type FSRS,
  FSRSVersion,
  fsrs,
  GenSeedStrategyWithCardId,
  type Grade,
  get_fuzz_range,
  Rating,
  State,
  StrategyMode,
} from 'ts-fsrs';
import { fromWall, toWall } from '../people/days.ts';

/** What decided a date; kept with every grade, because another version may decide otherwise. */
export const ALGORITHM = `ts-fsrs ${FSRSVersion}`;

/** The memory state of an item, apart from exams. Stability in days. */
export interface Memory {
  state: ReviewState;
  stabilityDays: number;
  difficulty: number;
  learningStep: number;
  scheduledDays: number;
  reps: number;
  lapses: number;
  lastReviewedAt: Date | null;
  scheduledAt: Date;
}

export interface Moment {
  now: Date;
  timeZone: string;
}

/** A card of ts-fsrs whose dates are what the wall shows, with the id that seeds its fuzz. */
export type WallCard = Card & { id: string };

const STATES = {
  new: State.New,
  learning: State.Learning,
  review: State.Review,
  relearning: State.Relearning,
} as const;
const STATE_NAMES: readonly ReviewState[] = ['new', 'learning', 'review', 'relearning'];
const RATINGS = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
} as const satisfies Record<ReviewGrade, Grade>;

/** FSRS-6 with learning steps and with fuzz that is the same for the same card and repetition. */
export function createEngine(desiredRetention: number): FSRS {
  const engine = fsrs({ request_retention: desiredRetention, enable_fuzz: true, enable_short_term: true });
  return engine.useStrategy(StrategyMode.SEED, GenSeedStrategyWithCardId('id'));
}

export function toCard(item: Memory & { id: string }, timeZone: string): WallCard {
  const { id, lastReviewedAt } = item;
  return {
    id,
    due: toWall(item.scheduledAt, timeZone),
    stability: item.stabilityDays,
    difficulty: item.difficulty,
    // Worked out anew from the dates by ts-fsrs, which keeps the field for old callers only.
    elapsed_days: 0,
    scheduled_days: item.scheduledDays,
    learning_steps: item.learningStep,
    reps: item.reps,
    lapses: item.lapses,
    state: STATES[item.state],
    ...(lastReviewedAt && { last_review: toWall(lastReviewedAt, timeZone) }),
  };
}

/** The card after a grade. A clock that went back counts as standing still. */
export function advance(engine: FSRS, card: WallCard, wallNow: Date, grade: ReviewGrade): WallCard {
  const at = card.last_review && card.last_review > wallNow ? card.last_review : wallNow;
  return engine.next(card, at, RATINGS[grade]).card as WallCard;
}

/** Predicted recall `days` calendar days after the last review. */
export function recallAfter(engine: FSRS, card: Pick<Card, 'stability'>, days: number): number {
  return engine.forgetting_curve(Math.max(0, days), card.stability);
}

/** Predicted recall at a moment, in whole days of the person as FSRS counts; null for a new item. */
export function retrievabilityAt(
  item: Pick<Memory, 'state' | 'stabilityDays' | 'lastReviewedAt'>,
  { now, timeZone }: Moment,
): number | null {
  if (item.state === 'new' || item.lastReviewedAt === null) return null;
  const days = dateDiffInDays(toWall(item.lastReviewedAt, timeZone), toWall(now, timeZone));
  return recallAfter(createEngine(0.9), { stability: item.stabilityDays }, days);
}

/** Shortest interval that FSRS fuzzes, in days: shorter ones must not be moved. */
const MIN_MOVABLE_DAYS = 3;

/** Moves an interval to the nearest day that is wanted, within the range its fuzz could have chosen. */
function balanced(intervalDays: number, elapsedDays: number, isWanted: (days: number) => boolean): number {
  if (intervalDays < MIN_MOVABLE_DAYS || isWanted(intervalDays)) return intervalDays;
  const { min_ivl, max_ivl } = get_fuzz_range(intervalDays, elapsedDays, default_maximum_interval);
  for (let distance = 1; distance <= max_ivl - min_ivl; distance += 1) {
    for (const days of [intervalDays + distance, intervalDays - distance]) {
      if (days >= min_ivl && days <= max_ivl && isWanted(days)) return days;
    }
  }
  return intervalDays;
}

/** Whether reviews are welcome on a weekday, 0 for Sunday as `Date` counts. */
export type IsEasyDay = (weekday: number) => boolean;

const DAY_MS = 86_400_000;

/** The memory state after a grade. Days are the person's own; a date keeps its time of day across DST. */
export function nextMemory(
  item: Memory & { id: string; desiredRetention: number },
  grade: ReviewGrade,
  { now, timeZone }: Moment,
  isEasyDay: IsEasyDay = () => false,
): Memory {
  const wallNow = toWall(now, timeZone);
  const card = toCard(item, timeZone);
  const next = advance(createEngine(item.desiredRetention), card, wallNow, grade);
  const elapsedDays = card.last_review ? dateDiffInDays(card.last_review, wallNow) : 0;
  const dueIn = (days: number) => new Date((next.last_review as Date).getTime() + days * DAY_MS);
  const isStep = next.scheduled_days === 0;
  const isWanted = (days: number) => !isEasyDay(dueIn(days).getUTCDay());
  const scheduledDays = isStep ? 0 : balanced(next.scheduled_days, elapsedDays, isWanted);
  return {
    state: STATE_NAMES[next.state] as ReviewState,
    stabilityDays: next.stability,
    difficulty: next.difficulty,
    learningStep: next.learning_steps,
    scheduledDays,
    reps: next.reps,
    lapses: next.lapses,
    lastReviewedAt: now,
    scheduledAt: isStep
      ? new Date(now.getTime() + next.due.getTime() - (next.last_review as Date).getTime())
      : fromWall(dueIn(scheduledDays), timeZone),
  };
}
