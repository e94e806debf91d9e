import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readSearch } from '../features/tasks/task-search.ts';

/** The tasks, and one task over them; the address keeps what is shown and how. */
export function taskRoutes<R extends AnyRoute>(appRoute: R) {
  const tasksRoute = createRoute({
    getParentRoute: () => appRoute,
    path: '/tasks',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('../features/tasks/tasks-page.tsx'), 'TasksPage'),
  });
  const taskRoute = createRoute({
    getParentRoute: () => tasksRoute,
    path: '$taskId',
    component: lazyRouteComponent(() => import('../features/tasks/task-page.tsx'), 'TaskPage'),
  });
  return [tasksRoute.addChildren([taskRoute])] as const;
}
