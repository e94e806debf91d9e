import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Budget, ifMatch, unwrap } from '../../shared/api.ts';
import type { Weekday } from '../../shared/format.ts';
import { keys } from '../../shared/query.ts';

export const budgetQuery = queryOptions({
  queryKey: keys.budget,
  queryFn: () => unwrap(api.GET('/v1/tasks/budget')),
});

export type FreeMinutes = Record<Weekday, number | null>;

/** Saves the free minutes of the week, if they are still at `version`. */
export function useSaveBudget() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ version, minutes }: { version: number; minutes: FreeMinutes }) =>
      unwrap(api.PUT('/v1/tasks/budget', { params: { header: ifMatch(version) }, body: minutes })),
    onSuccess: (saved: Budget) => {
      queryClient.setQueryData(keys.budget, saved);
      void queryClient.invalidateQueries({ queryKey: keys.today });
    },
  });
}
