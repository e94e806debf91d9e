import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { api, type ReviewWithNext, unwrap } from '../../shared/api.ts';
import { refreshPlanner } from '../../shared/planner-cache.ts';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { type Grade, gradeReview, resumeReview, suspendReview, undoReview } from './review-data.ts';
import { NEW_SESSION, type Session, step } from './session-rules.ts';

const t = texts.reviews;
const AT_ONCE = 20;

type Phase = 'loading' | 'asking' | 'over' | { error: unknown };

export interface ReviewSession extends Session {
  phase: Phase;
  grade(review: ReviewWithNext, grade: Grade, tookMs: number): void;
  suspend(review: ReviewWithNext): void;
  undo(): void;
  reload(): void;
}

/** One write after another: an undo waits for the grade it takes back. */
function useWrites() {
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  return useCallback(<T>(write: () => Promise<T>): Promise<T> => {
    const result = chain.current.then(write);
    chain.current = result.catch(() => null);
    return result;
  }, []);
}

/** Changed or gone since it was shown: asking for it again would only fail again. */
function isOutdated(error: unknown): boolean {
  return error instanceof Problem && [404, 412, 422].includes(error.status);
}

/**
 * The items due today, one after another. Grades are shown as done at once and written behind; one that fails brings
 * its item back.
 */
export function useReviewSession(): ReviewSession {
  const queryClient = useQueryClient();
  const [session, tell] = useReducer(step, NEW_SESSION);
  const [phase, setPhase] = useState<Phase>('loading');
  const inOrder = useWrites();

  const reload = useCallback(() => {
    setPhase('loading');
    const load = () =>
      queryClient.fetchQuery({
        queryKey: keys.dueReviews,
        queryFn: () => unwrap(api.GET('/v1/reviews/due', { params: { query: { limit: AT_ONCE } } })),
        staleTime: 0,
      });
    inOrder(load).then(
      ({ items, counts }) => {
        tell({ type: 'loaded', items, left: counts.new + counts.reviews, postponed: counts.postponed });
        setPhase(items.length > 0 ? 'asking' : 'over');
      },
      (error) => setPhase({ error }),
    );
  }, [queryClient, inOrder]);
  useEffect(reload, [reload]);

  const isEmpty = session.queue.length === 0;
  useEffect(() => {
    if (phase === 'asking' && isEmpty) reload();
  }, [phase, isEmpty, reload]);

  const write = (review: ReviewWithNext, save: () => Promise<ReviewWithNext>, failed: string) => {
    inOrder(save).then(
      (after) => {
        tell({ type: 'saved', after });
        void refreshPlanner(queryClient);
      },
      (error) => {
        toastFailed(failed, error);
        if (isOutdated(error)) tell({ type: 'dropped', reviewId: review.id });
        else {
          tell({ type: 'failed', review });
          setPhase('asking');
        }
      },
    );
  };

  return {
    ...session,
    phase,
    reload,
    grade: (review, grade, tookMs) => {
      tell({ type: 'done', review, grade, tookMs });
      write(review, () => gradeReview(review, grade, tookMs), t.failedTitle(review.title));
    },
    suspend: (review) => {
      tell({ type: 'done', review, grade: null, tookMs: 0 });
      write(review, () => suspendReview(review.id), t.suspendFailed);
    },
    undo: () => {
      const last = session.past.at(-1);
      if (!last) return;
      const { id } = last.review;
      inOrder(() => (last.grade === null ? resumeReview(id) : undoReview(id))).then(
        (review) => {
          tell({ type: 'takenBack', review });
          setPhase('asking');
          void refreshPlanner(queryClient);
        },
        (error) => toastFailed(t.undoFailed, error),
      );
    },
  };
}
