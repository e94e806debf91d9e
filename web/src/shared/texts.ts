import type { ServerWords } from '../texts/de/server.ts';
import type { Texts } from '../texts/en/index.ts';
import { type Language, localeFor } from './language.ts';

/** One chunk per language; only the chosen one is ever loaded. */
const CATALOGUES: Record<Language, () => Promise<{ texts: Texts; server: ServerWords | null }>> = {
  en: () => import('../texts/en/index.ts'),
  de: () => import('../texts/de/index.ts'),
  es: () => import('../texts/es/index.ts'),
  hi: () => import('../texts/hi/index.ts'),
};

/**
 * Every text a person reads, in the chosen language. Components take their words from here and from nowhere else,
 * also at the top of a module: `speak` has been waited for before any of them is loaded. Another language is
 * another load of the page. (Top-level await would be shorter, but Safari before 26 breaks on modules that share it.)
 */
export let texts: Texts;
export let language: Language;
/** What the server says in English, in the chosen language; null where that is English. */
export let server: ServerWords | null;

export async function speak(chosen: Language): Promise<void> {
  ({ texts, server } = await CATALOGUES[chosen]());
  language = chosen;
}

/** How dates and numbers are written where nobody is signed in. */
export function browserLocale(): string {
  return localeFor(language, navigator.languages);
}
