import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';

export const secondFactorsQuery = queryOptions({
  queryKey: keys.secondFactors,
  queryFn: () => unwrap(api.GET('/v1/auth/2fa')),
});

/** What changes when a second factor does. */
export const FACTOR_KEYS = [keys.secondFactors, keys.securityLog];
