/** The languages the app speaks. Each is a folder in `src/texts`. */
export const LANGUAGES = ['en', 'de', 'es', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words, as a switcher lists them. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  hi: 'हिन्दी',
};

/** Where nothing tells of a country: how dates and numbers are written then. */
const USUAL_LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE', es: 'es-ES', hi: 'hi-IN' };

const KEY = 'spacedly.language';

/** `de-AT` → `de`; null for a language we do not speak. */
export function languageOf(locale: string): Language | null {
  const [name] = locale.toLowerCase().split('-');
  return LANGUAGES.find((language) => language === name) ?? null;
}

/** The first of `wanted` (BCP 47, best first) that we speak, or English. */
export function bestLanguage(wanted: readonly string[]): Language {
  for (const locale of wanted) {
    const language = languageOf(locale);
    if (language) return language;
  }
  return 'en';
}

/** How dates and numbers are written in a language: as the first of `wanted` in it does, for its country's habits. */
export function localeFor(language: Language, wanted: readonly string[]): string {
  const found = wanted.find(
    (locale) => /^[a-z]{2}-[A-Z]{2}$/.test(locale) && languageOf(locale) === language,
  );
  return found ?? USUAL_LOCALES[language];
}

/** The choice made in this browser, by the switcher or by the profile of who was signed in last. */
export function storedLanguage(): Language | null {
  try {
    return languageOf(localStorage.getItem(KEY) ?? '');
  } catch {
    return null;
  }
}

/** Keeps the choice for the next load; false where storage is refused. */
export function rememberLanguage(language: Language): boolean {
  try {
    localStorage.setItem(KEY, language);
    return true;
  } catch {
    return false;
  }
}
