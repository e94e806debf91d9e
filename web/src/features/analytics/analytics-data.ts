import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';

export const analyticsQuery = queryOptions({
  queryKey: [...keys.analytics, 'overview'],
  queryFn: () => unwrap(api.GET('/v1/analytics')),
});

export const heatmapQuery = (year: number) =>
  queryOptions({
    queryKey: keys.heatmap(year),
    queryFn: () => unwrap(api.GET('/v1/analytics/heatmap', { params: { query: { year } } })),
  });
