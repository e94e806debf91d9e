import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { examsQuery } from '../exams/exam-data.ts';

/** What is due and overdue today. Refreshed each minute, because tasks become overdue by themselves. */
export const todayQuery = queryOptions({
  queryKey: keys.today,
  queryFn: () => unwrap(api.GET('/v1/tasks/today')),
  refetchInterval: 60_000,
});

export const streaksQuery = queryOptions({
  queryKey: keys.streaks,
  queryFn: () => unwrap(api.GET('/v1/analytics/streaks')),
});

/** Starts loading while the page's code is still on its way; the page shows what became of it. */
export function prefetchToday(queryClient: QueryClient): void {
  void queryClient.prefetchQuery(todayQuery);
  void queryClient.prefetchQuery(streaksQuery);
  void queryClient.prefetchQuery(examsQuery);
}
