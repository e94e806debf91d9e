import type { QueryClient } from '@tanstack/react-query';
import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isStaff } from '../features/admin/permissions.ts';
import { usersSearch } from '../features/admin/users-data.ts';
import { meQuery } from '../features/auth/account.ts';
import type { Merchant } from '../shared/api.ts';

const STATUSES: readonly unknown[] = ['PENDING', 'VERIFIED', 'REJECTED'] satisfies Merchant['status'][];

function merchantsSearch(search: Record<string, unknown>): { status?: Merchant['status'] } {
  return STATUSES.includes(search.status) ? { status: search.status as Merchant['status'] } : {};
}

/** Only shown to those who look after something; the server decides again at every request. */
async function onlyStaff({ context }: { context: unknown }): Promise<void> {
  const { queryClient } = context as { queryClient: QueryClient };
  if (!isStaff(await queryClient.ensureQueryData(meQuery))) throw redirect({ to: '/today' });
}

export function adminRoutes<R extends AnyRoute>(appRoute: R) {
  const getParentRoute = () => appRoute;
  return [
    createRoute({
      getParentRoute,
      path: '/admin',
      beforeLoad: () => {
        throw redirect({ to: '/admin/users', search: {} });
      },
    }),
    createRoute({
      getParentRoute,
      path: '/admin/users',
      beforeLoad: onlyStaff,
      validateSearch: usersSearch,
      component: lazyRouteComponent(() => import('../features/admin/users-page.tsx'), 'UsersPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/admin/merchants',
      beforeLoad: onlyStaff,
      validateSearch: merchantsSearch,
      component: lazyRouteComponent(() => import('../features/admin/merchants-page.tsx'), 'MerchantsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/admin/audit',
      beforeLoad: onlyStaff,
      component: lazyRouteComponent(() => import('../features/admin/audit-page.tsx'), 'AuditPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/admin/jobs',
      beforeLoad: onlyStaff,
      component: lazyRouteComponent(() => import('../features/admin/jobs-page.tsx'), 'JobsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/admin/stats',
      beforeLoad: onlyStaff,
      component: lazyRouteComponent(() => import('../features/admin/stats-page.tsx'), 'StatsPage'),
    }),
  ] as const;
}
