import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import type { paths } from '../../shared/api.gen.ts';
import { api, idempotencyKey, ifMatch, type Task, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed, toastUndo } from '../../shared/toast.tsx';
import { changeTask, dropTasks, holdTasks, refreshTasks, type TaskList } from './task-cache.ts';
import type { TaskListQuery } from './task-search.ts';

export type TaskChanges = paths['/v1/tasks/{taskId}']['patch']['requestBody']['content']['application/json'];
export type NewTask = paths['/v1/tasks']['post']['requestBody']['content']['application/json'];

const PAGE_SIZE = 100;
/** How long a ticked task stays in sight before the lists are loaded anew. */
const LINGER_MS = 900;

export const taskQuery = (taskId: string) =>
  queryOptions({
    queryKey: keys.task(taskId),
    queryFn: () => unwrap(api.GET('/v1/tasks/{taskId}', { params: { path: { taskId } } })),
  });

export const taskListQuery = (query: TaskListQuery, limit = PAGE_SIZE) =>
  infiniteQueryOptions({
    queryKey: keys.taskList(query),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/tasks', {
          params: { query: { ...query, limit, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export function tasksOf(list: TaskList | undefined): Task[] {
  return list?.pages.flatMap((page) => page.items) ?? [];
}

function setCompleted(taskId: string, completed: boolean): Promise<Task> {
  const params = { path: { taskId } };
  return completed
    ? unwrap(api.POST('/v1/tasks/{taskId}/complete', { params }))
    : unwrap(api.POST('/v1/tasks/{taskId}/reopen', { params }));
}

/** Takes the last change of a task back, if it is still at `version`; without one whatever came last. */
export function undoChange(taskId: string, version?: number): Promise<Task> {
  const header = version === undefined ? {} : ifMatch(version);
  return unwrap(api.POST('/v1/tasks/{taskId}/undo', { params: { path: { taskId }, header } }));
}

/**
 * What the undo of a toast does: takes the last change back, if the task is still at `version`, `andThen` what was done
 * with it; says when it could not, and shows what is true. Whether it could.
 */
export async function takeBack(
  queryClient: QueryClient,
  task: Pick<Task, 'id' | 'title'>,
  { version, andThen }: { version?: number; andThen?: () => Promise<void> } = {},
): Promise<boolean> {
  const isBack = await undoChange(task.id, version)
    .then(async (taken) => {
      changeTask(queryClient, task.id, () => taken);
      await andThen?.();
      return true;
    })
    .catch((error: unknown) => {
      toastFailed(texts.tasks.completeFailed(task.title), error);
      return false;
    });
  await refreshTasks(queryClient);
  return isBack;
}

/**
 * Completes or reopens a task: shown at once, taken back when the server says no. Completing offers an undo, which
 * brings its reminders back and removes the next occurrence again.
 */
export function useCompletion() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ task, completed }: { task: Task; completed: boolean }) => setCompleted(task.id, completed),
    onMutate: async ({ task, completed }) => {
      await holdTasks(queryClient);
      changeTask(queryClient, task.id, (old) => ({ ...old, status: completed ? 'completed' : 'todo' }));
    },
    onSuccess: (saved, { task, completed }) => {
      changeTask(queryClient, task.id, () => saved);
      if (completed) {
        toastUndo(texts.tasks.completed(task.title), () => takeBack(queryClient, task, saved));
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
}

/** A repeated try after no answer carries the same key, so that nothing is made twice. */
export function useAttemptKey() {
  const attempt = useRef<{ body: string; header: { 'Idempotency-Key': string } } | null>(null);
  return {
    keyFor: (body: unknown) => {
      const written = JSON.stringify(body);
      if (attempt.current?.body !== written) attempt.current = { body: written, header: idempotencyKey() };
      return attempt.current.header;
    },
    forget: () => {
      attempt.current = null;
    },
  };
}

/** Creates a task. */
export function useCreateTask() {
  const queryClient = useQueryClient();
  const attempt = useAttemptKey();
  return useMutation({
    mutationFn: (body: NewTask) =>
      unwrap(api.POST('/v1/tasks', { params: { header: attempt.keyFor(body) }, body })),
    onSuccess: (task) => {
      attempt.forget();
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

/** Puts a task in the bin, with an undo. */
export function useDeleteTask() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (task: Task) =>
      unwrap(api.DELETE('/v1/tasks/{taskId}', { params: { path: { taskId: task.id } } })),
    onSuccess: (_nothing, task) => {
      dropTasks(queryClient, new Set([task.id]));
      toastUndo(texts.taskView.deleted(task.title), () => takeBack(queryClient, task));
      void refreshTasks(queryClient, task.id);
    },
    onError: (error, task) => toastFailed(texts.taskView.deleteFailed(task.title), error),
  });
}
