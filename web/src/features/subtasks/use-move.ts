import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Task, unwrap } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { refreshTasks } from '../tasks/task-cache.ts';

/** Puts a task right before or after another one of the manual order. */
export function useMove() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ task, body }: { task: Task; body: { before: string } | { after: string } }) =>
      unwrap(api.POST('/v1/tasks/{taskId}/move', { params: { path: { taskId: task.id } }, body })),
    onError: (error, { task }) => toastFailed(texts.board.failed(task.title), error),
    onSettled: () => refreshTasks(queryClient),
  });
}
