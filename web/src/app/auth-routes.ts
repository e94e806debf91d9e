import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isOwnPath } from '../shared/own-path.ts';

const linkPages = () => import('../features/auth/link-pages.tsx');

function onlyToken(search: Record<string, unknown>): { token?: string } {
  // A token of digits alone would be read as a number.
  const token = typeof search.token === 'number' ? String(search.token) : search.token;
  return typeof token === 'string' && token ? { token } : {};
}

function signInSearch(search: Record<string, unknown>): { next?: string; error?: string } {
  return {
    ...(isOwnPath(search.next) && { next: search.next }),
    ...(typeof search.error === 'string' && { error: search.error }),
  };
}

/** The pages of those who are not signed in, and those that links in messages open. */
export function authRoutes<R extends AnyRoute>(rootRoute: R) {
  const getParentRoute = () => rootRoute;
  return [
    createRoute({
      getParentRoute,
      path: '/sign-in',
      validateSearch: signInSearch,
      component: lazyRouteComponent(() => import('../features/auth/sign-in-page.tsx'), 'SignInPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/sign-up',
      component: lazyRouteComponent(() => import('../features/auth/sign-up-page.tsx'), 'SignUpPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/forgot-password',
      component: lazyRouteComponent(
        () => import('../features/auth/forgot-password-page.tsx'),
        'ForgotPasswordPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/reset-password',
      validateSearch: onlyToken,
      component: lazyRouteComponent(linkPages, 'ResetPasswordPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/verify-email',
      validateSearch: onlyToken,
      component: lazyRouteComponent(linkPages, 'VerifyEmailPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/cancel-change',
      validateSearch: onlyToken,
      component: lazyRouteComponent(linkPages, 'CancelChangePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/restore-account',
      validateSearch: onlyToken,
      component: lazyRouteComponent(linkPages, 'RestoreAccountPage'),
    }),
  ] as const;
}
