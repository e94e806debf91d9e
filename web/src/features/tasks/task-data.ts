import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { paths } from '../../shared/api.gen.ts';
import { api, idempotencyKey, ifMatch, type Task, type TaskStatus, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed, toastUndo } from '../../shared/toast.tsx';
import { changeTask, refreshTasks } from './task-cache.ts';

export type TaskChanges = paths['/v1/tasks/{taskId}']['patch']['requestBody']['content']['application/json'];
export type NewTask = paths['/v1/tasks']['post']['requestBody']['content']['application/json'];

const PAGE_SIZE = 30;
/** How long a ticked task stays in sight before the lists are loaded anew. */
const LINGER_MS = 900;

export const taskQuery = (taskId: string) =>
  queryOptions({
    queryKey: keys.task(taskId),
    queryFn: () => unwrap(api.GET('/v1/tasks/{taskId}', { params: { path: { taskId } } })),
  });

export const taskListQuery = (status: TaskStatus | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.taskList(status),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/tasks', {
          params: {
            query: { limit: PAGE_SIZE, ...(status && { status }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

function setCompleted(taskId: string, completed: boolean): Promise<Task> {
  const params = { path: { taskId } };
  return completed
    ? unwrap(api.POST('/v1/tasks/{taskId}/complete', { params }))
    : unwrap(api.POST('/v1/tasks/{taskId}/reopen', { params }));
}

/**
 * Completes or reopens a task: shown at once, taken back when the server says no. Completing offers an undo.
 */
export function useCompletion() {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ task, completed }: { task: Task; completed: boolean }) => setCompleted(task.id, completed),
    onMutate: async ({ task, completed }) => {
      await Promise.all([
        queryClient.cancelQueries({ queryKey: keys.today }),
        queryClient.cancelQueries({ queryKey: keys.tasks }),
        queryClient.cancelQueries({ queryKey: keys.task(task.id) }),
      ]);
      changeTask(queryClient, task.id, (old) => ({ ...old, status: completed ? 'completed' : 'todo' }));
    },
    onSuccess: (saved, { task, completed }) => {
      changeTask(queryClient, task.id, () => saved);
      if (completed) {
        toastUndo(texts.tasks.completed(task.title), () =>
          mutation.mutate({ task: saved, completed: false }),
        );
      }
    },
    onError: (error, { task }) => {
      changeTask(queryClient, task.id, (old) => ({
        ...old,
        status: task.status,
        completedAt: task.completedAt,
      }));
      toastFailed(texts.tasks.completeFailed(task.title), error);
    },
    onSettled: () => {
      setTimeout(() => void refreshTasks(queryClient), LINGER_MS);
    },
  });
  return mutation;
}

/** Creates a task. A repeated try after no answer carries the same key, so the task is not made twice. */
export function useCreateTask() {
  const queryClient = useQueryClient();
  const attempt = useRef<{ body: string; header: { 'Idempotency-Key': string } } | null>(null);
  return useMutation({
    mutationFn: (body: NewTask) => {
      const written = JSON.stringify(body);
      if (attempt.current?.body !== written) attempt.current = { body: written, header: idempotencyKey() };
      return unwrap(api.POST('/v1/tasks', { params: { header: attempt.current.header }, body }));
    },
    onSuccess: (task) => {
      attempt.current = null;
      queryClient.setQueryData(keys.task(task.id), task);
      return refreshTasks(queryClient);
    },
  });
}

/** Saves changes of a task, if it is still at `version`. */
export function useSaveTask(taskId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ version, changes }: { version: number; changes: TaskChanges }) =>
      unwrap(
        api.PATCH('/v1/tasks/{taskId}', {
          params: { path: { taskId }, header: ifMatch(version) },
          body: changes,
        }),
      ),
    onSuccess: (task) => {
      changeTask(queryClient, taskId, () => task);
      void refreshTasks(queryClient);
    },
  });
}

export function useDeleteTask(taskId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/v1/tasks/{taskId}', { params: { path: { taskId } } })),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.today });
      void queryClient.invalidateQueries({ queryKey: keys.tasks });
    },
  });
}
