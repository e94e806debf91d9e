import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Task, unwrap } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed, toastUndo } from '../../shared/toast.tsx';
import { changeTasks, dropTasks, holdTasks, refreshTasks, snapshotTasks } from './task-cache.ts';
import { type TaskChanges, undoChange } from './task-data.ts';

export type BulkChange =
  | { action: 'complete' }
  | { action: 'delete' }
  | { action: 'patch'; patch: TaskChanges };

/** What the server takes at once. */
const MAX_AT_ONCE = 200;
const UNDOS_AT_ONCE = 4;

const t = texts.bulk;
const DONE = { complete: t.completed, delete: t.deleted, patch: t.changed };

async function apply(tasks: readonly Task[], change: BulkChange): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (let start = 0; start < tasks.length; start += MAX_AT_ONCE) {
    const ids = tasks.slice(start, start + MAX_AT_ONCE).map(({ id }) => id);
    const { items } = await unwrap(api.POST('/v1/tasks/bulk', { body: { ...change, ids } }));
    for (const { id, version } of items) versions.set(id, version);
  }
  return versions;
}

/** Takes the change of each task back; tells how many could not be. */
async function undoAll(tasks: readonly Task[], versions: ReadonlyMap<string, number>): Promise<number> {
  const waiting = [...tasks];
  let failed = 0;
  const work = async () => {
    for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) {
      await undoChange(task.id, versions.get(task.id)).catch(() => {
        failed += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: UNDOS_AT_ONCE }, work));
  return failed;
}

/** One thing done to many tasks: shown at once, put back when the server says no, with an undo. */
export function useBulk() {
  const queryClient = useQueryClient();
  const undo = async (tasks: readonly Task[], versions: ReadonlyMap<string, number>) => {
    const failed = await undoAll(tasks, versions);
    if (failed > 0) toastFailed(t.undoFailed(failed), null);
    await refreshTasks(queryClient);
    return failed === 0;
  };
  return useMutation({
    mutationFn: ({ tasks, change }: { tasks: readonly Task[]; change: BulkChange }) => apply(tasks, change),
    onMutate: async ({ tasks, change }) => {
      await holdTasks(queryClient);
      const putBack = snapshotTasks(queryClient);
      const ids = new Set(tasks.map(({ id }) => id));
      if (change.action === 'delete') dropTasks(queryClient, ids);
      else if (change.action === 'complete')
        changeTasks(queryClient, ids, (task) => ({ ...task, status: 'completed' }));
      return putBack;
    },
    onSuccess: (versions, { tasks, change }) =>
      toastUndo(DONE[change.action](tasks.length), () => undo(tasks, versions)),
    onError: (error, { change }, putBack) => {
      putBack?.();
      // The dialog that asked for a patch is still open and says it itself.
      if (change.action !== 'patch') toastFailed(t.failed, error);
    },
    onSettled: () => refreshTasks(queryClient),
  });
}
