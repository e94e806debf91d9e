import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readSearch } from '../features/tasks/task-search.ts';
import { isWide } from '../shared/wide.ts';

/**
 * The tasks; the address keeps what is shown and how. A task has a page of its own on a phone; elsewhere its address,
 * which is the one in mails, opens it over the list.
 */
export function taskRoutes<R extends AnyRoute>(appRoute: R) {
  const getParentRoute = () => appRoute;
  return [
    createRoute({
      getParentRoute,
      path: '/tasks',
      validateSearch: readSearch,
      component: lazyRouteComponent(() => import('../features/tasks/tasks-page.tsx'), 'TasksPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/tasks/$taskId',
      validateSearch: readSearch,
      beforeLoad: ({ params: { taskId }, search }) => {
        if (isWide()) throw redirect({ to: '/tasks', search: { task: taskId, ...search } });
      },
      component: lazyRouteComponent(() => import('../features/tasks/task-page.tsx'), 'TaskPage'),
    }),
  ] as const;
}
