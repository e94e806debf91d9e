import { type Language as LanguageName, languageOf as nameOf } from '@spacedly/contracts';
import { de } from './catalogue-de.ts';
import { type Catalogue, en } from './catalogue-en.ts';
import { es } from './catalogue-es.ts';
import { hi } from './catalogue-hi.ts';

/** The languages there are texts in. Each is complete, or it would not compile. */
const catalogues: Readonly<Record<LanguageName, Catalogue>> = { en, de, es, hi };

/** English dates where the person did not say which English: the day before the month, 24 hours. */
const DEFAULT_LOCALE = 'en-GB';

export interface Language {
  texts: Catalogue;
  /** Locale for dates, of the same language as the texts. */
  locale: string;
}

/** Texts for a locale: those of its language, else English. `de-AT` → de. */
export function languageOf(locale: string): Language {
  const name = nameOf(locale);
  if (name === null || locale === 'en' || !isLocale(locale)) {
    return { texts: catalogues[name ?? 'en'], locale: DEFAULT_LOCALE };
  }
  return { texts: catalogues[name], locale };
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}
