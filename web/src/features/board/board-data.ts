import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, type Task, type TaskStatus, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed, toastUndo } from '../../shared/toast.tsx';
import {
  changeTask,
  dropTasks,
  holdTasks,
  placeTask,
  refreshTasks,
  snapshotTasks,
} from '../tasks/task-cache.ts';
import { takeBack } from '../tasks/task-data.ts';
import type { TaskListQuery } from '../tasks/task-search.ts';

export interface BoardMove {
  task: Task;
  to: TaskStatus;
  /** The list of the column it goes to. */
  query: TaskListQuery;
  /** Its place among the others of that column, from 0. */
  index: number;
  /** The task that is to stand right before it, or right after it where it comes first; none in an empty column. */
  neighbour: { after: string } | { before: string } | null;
  /** It stands where it was put, in what is shown. */
  onShown: () => void;
}

/** The status is a change of its own: completing ends reminders and makes the next occurrence. */
async function changeStatus(task: Task, to: TaskStatus): Promise<Task> {
  const params = { path: { taskId: task.id }, header: ifMatch(task.version) };
  if (to === 'completed') return unwrap(api.POST('/v1/tasks/{taskId}/complete', { params }));
  return unwrap(api.PATCH('/v1/tasks/{taskId}', { params, body: { status: to } }));
}

async function save({ task, to, neighbour }: BoardMove): Promise<Task> {
  const changed = task.status === to ? task : await changeStatus(task, to);
  // What is done stands by when it was done.
  if (neighbour === null || to === 'completed') return changed;
  const params = { path: { taskId: task.id } };
  return unwrap(api.POST('/v1/tasks/{taskId}/move', { params, body: neighbour }));
}

/** Moves a task to a place on the board: shown at once, put back when the server says no. */
export function useBoardMove() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: save,
    onMutate: async ({ task, to, query, index, onShown }: BoardMove) => {
      await holdTasks(queryClient);
      const putBack = snapshotTasks(queryClient);
      dropTasks(queryClient, new Set([task.id]));
      placeTask(queryClient, keys.taskList(query), { task: { ...task, status: to }, index });
      onShown();
      return putBack;
    },
    onSuccess: (saved, { task, to }) => {
      changeTask(queryClient, task.id, () => saved);
      if (to === 'completed' && task.status !== 'completed') {
        toastUndo(texts.tasks.completed(task.title), () => takeBack(queryClient, task, saved.version));
      }
    },
    onError: (error, { task }, putBack) => {
      putBack?.();
      toastFailed(texts.board.failed(task.title), error);
    },
    onSettled: () => refreshTasks(queryClient),
  });
}
