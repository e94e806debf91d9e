/** The languages Spacedly speaks to people in: the web app, messages and the pages that links lead to. */
export const LANGUAGES = ['en', 'de', 'es', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `de-AT` → `de`; null for a language we do not speak. */
export function languageOf(locale: string): Language | null {
  const [name] = locale.toLowerCase().split('-', 1);
  return LANGUAGES.find((language) => language === name) ?? null;
}

/** How much somebody wants a language, from `;q=0.8`; what cannot be read is not wanted. */
function weightOf(parameters: readonly string[]): number {
  const weight = parameters.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(one)?.[1]).find(Boolean);
  return parameters.length === 0 ? 1 : Number(weight ?? 0);
}

/**
 * The locale somebody wants most of those we speak, from `Accept-Language` (RFC 9110, section 12.5.4): `de-AT`, or `de`
 * where the country is not told in two letters. Null when there is none.
 */
export function wantedLocale(header: string | undefined): string | null {
  const wanted = (header ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';');
    return { tag: tag.trim(), weight: weightOf(parameters) };
  });
  const [best] = wanted
    .filter(({ tag, weight }) => weight > 0 && languageOf(tag) !== null)
    .sort((one, other) => other.weight - one.weight);
  if (best === undefined) return null;
  const [language = '', ...rest] = best.tag.split('-');
  const country = rest.find((part) => /^[a-z]{2}$/i.test(part))?.toUpperCase();
  return language.toLowerCase() + (country === undefined ? '' : `-${country}`);
}
