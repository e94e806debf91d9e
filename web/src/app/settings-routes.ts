import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** The pages of the settings. */
export function settingsRoutes<R extends AnyRoute>(appRoute: R) {
  const getParentRoute = () => appRoute;
  return [
    createRoute({
      getParentRoute,
      path: '/settings',
      component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/settings/notifications',
      component: lazyRouteComponent(
        () => import('../features/preferences/preferences-page.tsx'),
        'PreferencesPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/settings/security',
      component: lazyRouteComponent(() => import('../features/security/security-page.tsx'), 'SecurityPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/settings/account',
      component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/settings/business',
      component: lazyRouteComponent(() => import('../features/business/business-page.tsx'), 'BusinessPage'),
    }),
  ] as const;
}
