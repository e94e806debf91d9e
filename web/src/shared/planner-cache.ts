import type { QueryClient } from '@tanstack/react-query';
import { keys } from './query.ts';

const PLANNER = [
  keys.today,
  keys.tasks,
  keys.anyTask,
  keys.analytics,
  keys.calendar,
  keys.reviews,
  keys.exams,
] as const;

/** A change to a task, a reminder, a review or an exam shows in many places; those in sight are loaded anew. */
export function refreshPlanner(queryClient: QueryClient): Promise<unknown> {
  return Promise.all(PLANNER.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
