import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { components } from '../../shared/api.gen.ts';
import { api, idempotencyKey, ifMatch, type Review, type ReviewWithNext, unwrap } from '../../shared/api.ts';
import { refreshPlanner } from '../../shared/planner-cache.ts';
import { keys } from '../../shared/query.ts';

export type Prompt = Review['prompts'][number];
export type Grade = keyof ReviewWithNext['next'];
export type ReviewSettings = components['schemas']['ReviewSettings'];

export interface ReviewValues {
  desiredRetention: number;
  prompts: Prompt[];
}

const PAGE_SIZE = 30;

export const forecastQuery = (days: number) =>
  queryOptions({
    queryKey: keys.forecast(days),
    queryFn: () => unwrap(api.GET('/v1/reviews/forecast', { params: { query: { days } } })),
  });

export const reviewListQuery = (state: Review['state'] | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.reviewList({ state }),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/reviews', {
          params: {
            query: { limit: PAGE_SIZE, ...(state && { state }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

/** The review of a task, or null. */
export const reviewOfTaskQuery = (taskId: string) =>
  queryOptions({
    queryKey: keys.reviewList({ taskId }),
    queryFn: async () => {
      const { items } = await unwrap(api.GET('/v1/reviews', { params: { query: { taskId, limit: 1 } } }));
      return items[0] ?? null;
    },
  });

export const reviewHistoryQuery = (reviewId: string) =>
  infiniteQueryOptions({
    queryKey: keys.reviewHistory(reviewId),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/reviews/{reviewId}/history', {
          params: {
            path: { reviewId },
            query: { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const reviewSettingsQuery = queryOptions({
  queryKey: keys.reviewSettings,
  queryFn: () => unwrap(api.GET('/v1/reviews/settings')),
});

/** Puts a task among the reviews. A repeated try after no answer carries the same key, so it is done once. */
export function useAddReview() {
  const queryClient = useQueryClient();
  const attempt = useRef<{ body: string; header: { 'Idempotency-Key': string } } | null>(null);
  return useMutation({
    mutationFn: (body: ReviewValues & { taskId: string }) => {
      const written = JSON.stringify(body);
      if (attempt.current?.body !== written) attempt.current = { body: written, header: idempotencyKey() };
      return unwrap(api.POST('/v1/reviews', { params: { header: attempt.current.header }, body }));
    },
    onSuccess: () => {
      attempt.current = null;
      return refreshPlanner(queryClient);
    },
  });
}

/** Saves prompts and retention of a review, if it is still as it was read. */
export function useSaveReview({ id, version }: Review) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ReviewValues) =>
      unwrap(
        api.PATCH('/v1/reviews/{reviewId}', {
          params: { path: { reviewId: id }, header: ifMatch(version) },
          body,
        }),
      ),
    onSettled: () => refreshPlanner(queryClient),
  });
}

const byId = (reviewId: string) => ({ params: { path: { reviewId } } });

export const suspendReview = (id: string) => unwrap(api.POST('/v1/reviews/{reviewId}/suspend', byId(id)));
export const resumeReview = (id: string) => unwrap(api.POST('/v1/reviews/{reviewId}/resume', byId(id)));
export const undoReview = (id: string) => unwrap(api.POST('/v1/reviews/{reviewId}/undo', byId(id)));
export const deleteReview = (id: string) => unwrap(api.DELETE('/v1/reviews/{reviewId}', byId(id)));

/** Grades a review as it was shown: one that changed meanwhile is a 412, and a repeated request counts once. */
export function gradeReview({ id, version }: Review, grade: Grade, durationMs: number) {
  const header = { ...ifMatch(version), ...idempotencyKey() };
  return unwrap(
    api.POST('/v1/reviews/{reviewId}/grade', {
      params: { path: { reviewId: id }, header },
      body: { grade, durationMs },
    }),
  );
}
