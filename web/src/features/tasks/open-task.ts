import { getRouteApi, useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { isWide } from '../../shared/wide.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many steps back the page lies on which the first task was opened. */
    taskDepth?: number;
  }
}

const route = getRouteApi('/app');
const MAX_ID = 100;

/** Which task the address of any page says is open over it. The router reads `?task=7` as a number. */
export function openTaskSearch(search: Record<string, unknown>): { task?: string } {
  const id = typeof search.task === 'number' ? String(search.task) : search.task;
  return typeof id === 'string' && id !== '' ? { task: id.slice(0, MAX_ID) } : {};
}

/** Where a task opens: over the page one is on. On a phone the router makes a page of it. */
export const openTask = (taskId: string) =>
  ({
    to: '.',
    search: (before: object) => ({ ...before, task: taskId }),
    state: (before: { taskDepth?: number }) => ({ taskDepth: (before.taskDepth ?? 0) + 1 }),
    resetScroll: !isWide(),
  }) as const;

export const loadTaskDrawer = () => import('./task-drawer.tsx');

/** The task that is open over the page, and the ways from it. */
export function useOpenTask() {
  const { task: taskId } = route.useSearch();
  const depth = useRouterState({ select: ({ location }) => location.state.taskDepth ?? 0 });
  const { history } = useRouter();
  const navigate = useNavigate();
  const replace = (task: string | undefined, ignoreBlocker = false) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, task }),
      state: true,
      replace: true,
      resetScroll: false,
      ignoreBlocker,
    });
  return {
    taskId,
    /** Opens another in its place. */
    change: (task: string) => replace(task),
    /** To the page, with no step of the history left over that would open the task again. */
    close: () => (depth > 0 ? history.go(-depth) : replace(undefined)),
    /** After it was deleted: to where it was opened, which may be the task above it. */
    leaveDeleted: () => (depth > 0 ? history.go(-1, { ignoreBlocker: true }) : replace(undefined, true)),
  };
}
