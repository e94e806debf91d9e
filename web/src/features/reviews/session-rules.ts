import type { Review, ReviewWithNext } from '../../shared/api.ts';
import type { Grade } from './review-data.ts';

/** What was done with an item; the latest can be taken back. */
export interface Past {
  review: ReviewWithNext;
  /** Null for one that was suspended. */
  grade: Grade | null;
  tookMs: number;
  /** As the server answered; null while it has not. */
  after: Review | null;
}

export interface Session {
  /** What is asked next, the first of it now. */
  queue: readonly ReviewWithNext[];
  /** Due on the server, the queue included. */
  left: number;
  /** Due, but left for later days by the daily limits. */
  postponed: number;
  past: readonly Past[];
}

export type SessionEvent =
  | { type: 'loaded'; items: readonly ReviewWithNext[]; left: number; postponed: number }
  | { type: 'done'; review: ReviewWithNext; grade: Grade | null; tookMs: number }
  | { type: 'saved'; after: Review }
  | { type: 'failed'; review: ReviewWithNext }
  | { type: 'dropped'; reviewId: string }
  | { type: 'takenBack'; review: ReviewWithNext };

export const NEW_SESSION: Session = { queue: [], left: 0, postponed: 0, past: [] };

const without = <T extends { id: string }>(items: readonly T[], id: string) =>
  items.filter((item) => item.id !== id);

/** The entries but the latest about one item. */
function withoutLast(past: readonly Past[], id: string): readonly Past[] {
  const index = past.findLastIndex(({ review }) => review.id === id);
  return index < 0 ? past : past.toSpliced(index, 1);
}

/** What a session becomes when something happens in it. */
export function step(session: Session, event: SessionEvent): Session {
  const { queue, left, past } = session;
  switch (event.type) {
    case 'loaded':
      return { ...session, queue: event.items, left: event.left, postponed: event.postponed };
    case 'done': {
      const { review, grade, tookMs } = event;
      const entry = { review, grade, tookMs, after: null };
      return { ...session, queue: without(queue, review.id), left: left - 1, past: [...past, entry] };
    }
    case 'saved': {
      const index = past.findLastIndex(({ review }) => review.id === event.after.id);
      const entry = past[index];
      return entry ? { ...session, past: past.with(index, { ...entry, after: event.after }) } : session;
    }
    case 'failed':
    case 'takenBack': {
      const { review } = event;
      return {
        ...session,
        queue: [review, ...without(queue, review.id)],
        left: left + 1,
        past: withoutLast(past, review.id),
      };
    }
    case 'dropped':
      return { ...session, past: withoutLast(past, event.reviewId) };
  }
}

/** Items of this session that come back within the day, soonest first: their learning steps. */
export function comingBack({ past, queue }: Session, dayEnd: string): Review[] {
  const latest = new Map(past.map((entry) => [entry.review.id, entry]));
  return [...latest.values()]
    .flatMap(({ grade, after }) => (grade !== null && after ? [after] : []))
    .filter(({ id, dueAt }) => dueAt < dayEnd && !queue.some((item) => item.id === id))
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
}

/** What a session amounts to. `remembered` is null before the first grade. */
export function summaryOf(past: readonly Past[]): {
  graded: number;
  tookMs: number;
  remembered: number | null;
} {
  const graded = past.filter(({ grade }) => grade !== null);
  const kept = graded.filter(({ grade }) => grade !== 'again').length;
  return {
    graded: graded.length,
    tookMs: graded.reduce((total, { tookMs }) => total + tookMs, 0),
    remembered: graded.length === 0 ? null : kept / graded.length,
  };
}
