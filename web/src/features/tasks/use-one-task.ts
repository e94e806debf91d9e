import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Problem } from '../../shared/problem.ts';
import { findTask } from './task-cache.ts';
import { taskQuery } from './task-data.ts';

/** Not there, not mine, or not even an id: all the same to the person. */
function saysMissing(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.status === 400);
}

/**
 * One task: as a list already has it, until it is there itself. `error` only while there is nothing to show. What is
 * no longer open is not asked for again: it may be in the bin by now.
 */
export function useOneTask(taskId: string, isOpen = true) {
  const queryClient = useQueryClient();
  const query = useQuery({
    ...taskQuery(taskId),
    placeholderData: () => findTask(queryClient, taskId),
    enabled: isOpen,
  });
  const error = query.data ? null : query.error;
  return { task: query.data, error, isMissing: saysMissing(error), retry: () => void query.refetch() };
}
