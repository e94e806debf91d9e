import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useClock } from '../auth/account.ts';
import { FILTERS, listQuery, readSearch, type TaskSearch } from './task-search.ts';

const route = getRouteApi('/app/tasks');

/** What the address says is shown, and how to change it. Steps of looking around leave no trail in the history. */
export function useTaskSearch() {
  const search: TaskSearch = route.useSearch();
  const navigate = useNavigate();
  const { zone } = useClock();
  const change = useCallback(
    (changes: { [K in keyof TaskSearch]?: TaskSearch[K] | undefined }) =>
      void navigate({
        to: '.',
        search: (before: { task?: string }) => ({
          ...readSearch({ ...before, ...changes }),
          ...(before.task && { task: before.task }),
        }),
        state: true,
        replace: true,
      }),
    [navigate],
  );
  const reset = useCallback(
    () => change(Object.fromEntries(FILTERS.map((name) => [name, undefined]))),
    [change],
  );
  const query = useMemo(() => listQuery(search, zone), [search, zone]);
  return { search, query, change, reset };
}

export type TaskSearchState = ReturnType<typeof useTaskSearch>;
