import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { meQuery, setupQuery, speakAs } from '../features/auth/account.ts';
import { loadTaskDrawer, openTaskSearch } from '../features/tasks/open-task.ts';
import { prefetchToday } from '../features/today/today-data.ts';
import { PageSkeleton } from '../shared/page-skeleton.tsx';
import { Problem } from '../shared/problem.ts';
import { wasSignedIn } from '../shared/signed-in.ts';
import { isWide } from '../shared/wide.ts';
import { adminRoutes } from './admin-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { CrashPage } from './crash-page.tsx';
import { documentIn, documentRoutes, publicDocumentRoute } from './document-routes.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { plannerRoutes } from './planner-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { taskRoutes } from './task-routes.ts';

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({});

const landingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    if (!wasSignedIn()) return;
    const me = await context.queryClient.ensureQueryData(meQuery).catch(() => null);
    if (me) throw redirect({ to: '/today' });
  },
  loader: ({ context }) => context.queryClient.ensureQueryData(setupQuery).catch(() => null),
  component: lazyRouteComponent(() => import('../features/landing/landing-page.tsx'), 'LandingPage'),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  validateSearch: openTaskSearch,
  beforeLoad: async ({ context, location, search }) => {
    try {
      await speakAs(await context.queryClient.ensureQueryData(meQuery));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      const setup = await context.queryClient.ensureQueryData(setupQuery).catch(() => null);
      if (setup?.needsFirstAccount) throw redirect({ to: '/' });
      const docId = documentIn(location.pathname);
      if (docId !== undefined) throw redirect({ to: '/d/$docId', params: { docId } });
      throw redirect({ to: '/sign-in', search: { next: location.href } });
    }
    if (search.task === undefined) return;
    if (isWide()) void loadTaskDrawer();
    else throw taskPage(search.task, location.search);
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
});

/** Where there is no room for a drawer. A list that was filtered is again when one goes back to it. */
function taskPage(taskId: string, search: object) {
  return redirect({ to: '/tasks/$taskId', params: { taskId }, search: { ...search, task: undefined } });
}

const todayRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/today',
  loader: ({ context }) => prefetchToday(context.queryClient),
  component: lazyRouteComponent(() => import('../features/today/today-page.tsx'), 'TodayPage'),
});

const routeTree = rootRoute.addChildren([
  landingRoute,
  ...authRoutes(rootRoute),
  publicDocumentRoute(rootRoute),
  appRoute.addChildren([
    todayRoute,
    ...taskRoutes(appRoute),
    ...plannerRoutes(appRoute),
    ...documentRoutes(appRoute),
    ...settingsRoutes(appRoute),
    ...adminRoutes(appRoute),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 250,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
