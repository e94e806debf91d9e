import { api, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { browserLocale } from '../../shared/texts.ts';
import { browserZone } from '../../shared/zone.ts';
import type { Address } from './address.ts';

/**
 * Asks for an account that speaks and counts days as this browser does. A zone that the server does not know, as a new
 * one may be, is left to the settings.
 */
export async function askForAccount(who: Address & { name: string; password: string }): Promise<void> {
  const body = { ...who, locale: browserLocale() };
  const ask = (timeZone?: string) =>
    unwrap(api.POST('/v1/auth/signup', { body: { ...body, ...(timeZone && { timeZone }) } }));
  try {
    await ask(browserZone());
  } catch (error) {
    const isZone = error instanceof Problem && error.errors.some(({ path }) => path === 'body.timeZone');
    if (!isZone) throw error;
    await ask();
  }
}
