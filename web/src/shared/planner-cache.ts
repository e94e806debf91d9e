import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from './query.ts';

const PLANNER = [keys.today, keys.anyTask, keys.analytics, keys.calendar, keys.reviews, keys.exams] as const;

/**
 * A change to a task, a reminder, a review or an exam shows in many places; those in sight are loaded anew. Lists of
 * tasks are when they are next opened: where one is in sight, `refreshTasks` knows better. A task that is `gone` is not.
 */
export function refreshPlanner(queryClient: QueryClient, gone?: string): Promise<unknown> {
  const isLeft = ({ queryKey }: { queryKey: QueryKey }) => queryKey[0] !== 'task' || queryKey[1] !== gone;
  const lists = queryClient.invalidateQueries({ queryKey: keys.tasks, refetchType: 'none' });
  return Promise.all([
    lists,
    ...PLANNER.map((queryKey) => queryClient.invalidateQueries({ queryKey, predicate: isLeft })),
  ]);
}
