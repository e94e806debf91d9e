import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ifMatch, type Me, type User, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { rememberSignedIn } from '../../shared/signed-in.ts';
import { type Clock, englishLocale } from '../../shared/time.ts';
import { browserZone, isSameZone } from '../../shared/zone.ts';

/** My account; a 401 means signed out. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => unwrap(api.GET('/v1/users/me')),
  staleTime: 5 * 60_000,
});

/** Whether this installation waits for its first account. */
export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: () => unwrap(api.GET('/v1/auth/setup')),
  staleTime: 0,
});

/** The signed-in person. Only below the app route, which has loaded it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** How the signed-in person reads times. */
export function useClock(): Clock {
  const { timeZone } = useMe();
  return useMemo(() => ({ zone: timeZone, locale: englishLocale(navigator.languages) }), [timeZone]);
}

/** Takes over a fresh sign-in: forgets whoever was here before. The page that follows loads the account. */
export function enterAs(queryClient: QueryClient): void {
  queryClient.clear();
  rememberSignedIn(true);
}

/** Sets the browser's zone on a new account. The account works without, so a failure is not told. */
export async function adoptBrowserZone(user: User): Promise<void> {
  const zone = browserZone();
  if (isSameZone(user.timeZone, zone)) return;
  const call = api.PATCH('/v1/users/me', {
    params: { header: ifMatch(user.version) },
    body: { timeZone: zone },
  });
  await unwrap(call).catch(() => null);
}
