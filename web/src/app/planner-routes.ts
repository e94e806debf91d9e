import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { calendarSearch } from '../features/calendar/calendar-search.ts';
import { readFilter } from '../features/notifications/notifications-search.ts';

/** Calendar, notifications, reviews with exams, and the numbers. */
export function plannerRoutes<R extends AnyRoute>(appRoute: R) {
  const getParentRoute = () => appRoute;
  return [
    createRoute({
      getParentRoute,
      path: '/calendar',
      validateSearch: calendarSearch,
      component: lazyRouteComponent(() => import('../features/calendar/calendar-page.tsx'), 'CalendarPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/notifications',
      validateSearch: readFilter,
      component: lazyRouteComponent(
        () => import('../features/notifications/notifications-page.tsx'),
        'NotificationsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/review',
      component: lazyRouteComponent(() => import('../features/reviews/session-page.tsx'), 'SessionPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/review/items',
      component: lazyRouteComponent(() => import('../features/reviews/items-page.tsx'), 'ItemsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/review/exams',
      component: lazyRouteComponent(() => import('../features/exams/exams-page.tsx'), 'ExamsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/review/limits',
      component: lazyRouteComponent(() => import('../features/reviews/limits-page.tsx'), 'LimitsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/analytics',
      component: lazyRouteComponent(
        () => import('../features/analytics/analytics-page.tsx'),
        'AnalyticsPage',
      ),
    }),
  ] as const;
}
