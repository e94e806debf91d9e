import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, type SearchHit, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { openTask } from '../tasks/open-task.ts';

export type SearchType = SearchHit['type'];
const PAGE_SIZE = 20;

/** Everything with these words, the best first, page by page. */
export const searchPages = (q: string, type: SearchType | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.search(q, type ?? 'all'),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/search', {
          params: {
            query: { q, limit: PAGE_SIZE, ...(type && { type }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

/** The best few of everything. */
export const fewFound = (q: string, limit: number) =>
  queryOptions({
    queryKey: keys.search(q, `few ${limit}`),
    queryFn: () => unwrap(api.GET('/v1/search', { params: { query: { q, limit } } })),
  });

/** Where a hit leads. */
export function placeOf({ type, id, docId }: SearchHit) {
  if (type === 'task') return openTask(id);
  const params = { docId: docId ?? id };
  return { to: '/documents/$docId', params, ...(type === 'comment' && { hash: 'comments' }) } as const;
}
