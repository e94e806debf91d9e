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
import type { Beside } from './board-rules.ts';

export interface BoardMove {
  task: Task;
  to: TaskStatus;
  /** The list of the column it goes to. */
  query: TaskListQuery;
  /** Its place among the others of that column, from 0. */
  index: number;
  /** The task that is to stand right before it, or right after it where it comes first; none in an empty column. */
  neighbour: Beside | null;
  /** The same of the place it comes from. */
  cameFrom: Beside | null;
  /** It stands where it was put, in what is shown. */
  onShown: () => void;
}

async function moveBeside(taskId: string, body: Beside, version?: number): Promise<Task> {
  const header = version === undefined ? {} : ifMatch(version);
  return unwrap(api.POST('/v1/tasks/{taskId}/move', { params: { path: { taskId }, header }, body }));
}

/** The status is a change of its own: completing ends reminders and makes the next occurrence. */
async function changeStatus(task: Task, to: TaskStatus): Promise<Task> {
  const params = { path: { taskId: task.id }, header: ifMatch(task.version) };
  if (to === 'completed') return unwrap(api.POST('/v1/tasks/{taskId}/complete', { params }));
  return unwrap(api.PATCH('/v1/tasks/{taskId}', { params, body: { status: to } }));
}

/** The place first: the last change is the one that the server takes back, and a status brings more with it. */
async function save({ task, to, neighbour }: BoardMove): Promise<Task> {
  if (task.status === to) return neighbour === null ? task : moveBeside(task.id, neighbour);
  // What is done stands by when it was done.
  const isPlaced = neighbour !== null && to !== 'completed';
  return changeStatus(isPlaced ? await moveBeside(task.id, neighbour, task.version) : task, to);
}

/** Where it stood is a second change to take back, unless it stood by when it was done. */
async function putWhereItWas({ task, to, neighbour, cameFrom }: BoardMove): Promise<void> {
  const wasPlacedAnew = task.status !== to && to !== 'completed' && neighbour !== null;
  if (wasPlacedAnew && cameFrom !== null && task.status !== 'completed') await moveBeside(task.id, cameFrom);
}

function wordsOf({ task: { title, status }, to }: BoardMove): string {
  if (status === to) return texts.board.reordered(title);
  return to === 'completed' ? texts.tasks.completed(title) : texts.board.moved(title, texts.tasks.status[to]);
}

/** Moves a task to a place on the board: shown at once, put back when the server says no, with an undo. */
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
    onSuccess: (saved, move) => {
      const { task } = move;
      changeTask(queryClient, task.id, () => saved);
      if (saved.version === task.version) return;
      toastUndo(wordsOf(move), () =>
        takeBack(queryClient, task, { version: saved.version, andThen: () => putWhereItWas(move) }),
      );
    },
    onError: (error, { task }, putBack) => {
      putBack?.();
      toastFailed(texts.board.failed(task.title), error);
    },
    onSettled: () => refreshTasks(queryClient),
  });
}
