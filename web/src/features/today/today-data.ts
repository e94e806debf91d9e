import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { wasAskedBefore } from '../../shared/asked-before.ts';
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

/** How long a first load goes on showing its frame for an answer that was asked for before. */
const WAIT_MS = 500;

/**
 * Starts loading while the page's code is still on its way; the page shows what became of it. What was asked for before the
 * app had come is waited for: the lists are rendered with the page then, in small steps, instead of all at once after it.
 */
export async function prefetchToday(queryClient: QueryClient): Promise<void> {
  const isComing = wasAskedBefore('/v1/tasks/today');
  const today = queryClient.prefetchQuery(todayQuery);
  void queryClient.prefetchQuery(streaksQuery);
  void queryClient.prefetchQuery(examsQuery);
  if (isComing) await Promise.race([today, new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
}
