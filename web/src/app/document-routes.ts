import type { QueryClient } from '@tanstack/react-query';
import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { meQuery } from '../features/auth/account.ts';
import { documentQuery } from '../features/documents/document-query.ts';
import { readCompared, readDocumentsSearch } from '../features/documents/document-search.ts';
import { readPageSearch } from '../features/search/page-search.ts';

/** Documents, one of them with its versions, and the search over everything. */
export function documentRoutes<R extends AnyRoute>(appRoute: R) {
  const getParentRoute = () => appRoute;
  return [
    createRoute({
      getParentRoute,
      path: '/documents',
      validateSearch: readDocumentsSearch,
      component: lazyRouteComponent(
        () => import('../features/documents/documents-page.tsx'),
        'DocumentsPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/documents/$docId',
      component: lazyRouteComponent(() => import('../features/documents/document-page.tsx'), 'DocumentPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/documents/$docId/versions',
      validateSearch: readCompared,
      component: lazyRouteComponent(() => import('../features/documents/versions-page.tsx'), 'VersionsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/search',
      validateSearch: readPageSearch,
      component: lazyRouteComponent(() => import('../features/search/search-page.tsx'), 'SearchPage'),
    }),
  ] as const;
}

/** The id in `/documents/<id>`, the address that is given to others. */
export function documentIn(pathname: string): string | undefined {
  return /^\/documents\/([\w-]+)$/.exec(pathname)?.[1];
}

/**
 * A document as those see it who are not signed in: a public one. Of any other they cannot know whether it is there;
 * it may be theirs, so they are asked to sign in.
 */
export function publicDocumentRoute<R extends AnyRoute>(rootRoute: R) {
  return createRoute({
    getParentRoute: () => rootRoute,
    path: '/d/$docId',
    beforeLoad: async ({ context, params: { docId } }) => {
      const { queryClient } = context as { queryClient: QueryClient };
      if (queryClient.getQueryData(meQuery.queryKey)) {
        throw redirect({ to: '/documents/$docId', params: { docId } });
      }
      const isThere = await queryClient.ensureQueryData(documentQuery(docId)).catch(() => null);
      if (isThere === null) throw redirect({ to: '/sign-in', search: { next: `/documents/${docId}` } });
    },
    component: lazyRouteComponent(
      () => import('../features/documents/public-page.tsx'),
      'PublicDocumentPage',
    ),
  });
}
