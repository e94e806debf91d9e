import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { currentActing } from '../../shared/acting.ts';
import { api, type Me, unwrap } from '../../shared/api.ts';
import { languageOf, localeFor, rememberLanguage } from '../../shared/language.ts';
import { keys } from '../../shared/query.ts';
import { rememberSignedIn } from '../../shared/signed-in.ts';
import { language } from '../../shared/texts.ts';
import type { Clock } from '../../shared/time.ts';
import { forgetUndos } from '../../shared/undo.ts';

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
  const { timeZone, locale } = useMe();
  return useMemo(
    () => ({ zone: timeZone, locale: localeFor(language, [locale, ...navigator.languages]) }),
    [timeZone, locale],
  );
}

/** Takes over a fresh sign-in: forgets whoever was here before. The page that follows loads the account. */
export function enterAs(queryClient: QueryClient): void {
  queryClient.clear();
  forgetUndos();
  rememberSignedIn(true);
}

/**
 * Loads the page anew in the language of the profile when it is another one; never resolves then. Who acts for
 * somebody keeps to their own language, and without storage the page would load for ever.
 */
export async function speakAs({ locale }: Pick<Me, 'locale'>): Promise<void> {
  const wanted = languageOf(locale);
  if (!wanted || wanted === language || currentActing() || !rememberLanguage(wanted)) return;
  window.location.reload();
  await new Promise(() => {});
}
