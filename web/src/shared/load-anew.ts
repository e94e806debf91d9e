import type { InvalidateQueryFilters, QueryClient } from '@tanstack/react-query';

/**
 * Loads what is shown anew, also what is being loaded for the first time: that answer may be from before the change, and
 * `invalidateQueries` alone would be content with it.
 */
export async function loadAnew(
  queryClient: QueryClient,
  filters: InvalidateQueryFilters = {},
): Promise<void> {
  const coming = queryClient
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  await queryClient.invalidateQueries(filters);
  if (coming.length === 0) return;
  await queryClient.invalidateQueries({ ...filters, predicate: (query) => coming.includes(query) });
}
