import { describe, expect, it } from 'vitest';
import { bestLanguage, languageOf, localeFor } from './language.ts';

describe('bestLanguage', () => {
  it.each([
    [['de-AT', 'en-US'], 'de'],
    [['fr-FR', 'es'], 'es'],
    [['HI-in'], 'hi'],
    [['fr', 'it'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (wanted, language) => {
    expect(bestLanguage(wanted)).toBe(language);
  });
});

describe('localeFor', () => {
  it.each([
    ['en', ['de-DE', 'en-US'], 'en-US'],
    ['en', ['de-DE'], 'en-GB'],
    ['de', ['de', 'de-AT'], 'de-AT'],
    ['es', ['es-419'], 'es-ES'],
    ['hi', [], 'hi-IN'],
  ] as const)('%s as read by %j is %s', (language, wanted, locale) => {
    expect(localeFor(language, wanted)).toBe(locale);
  });
});

it('does not take a language for another that begins alike', () => {
  expect(languageOf('eng')).toBeNull();
  expect(languageOf('')).toBeNull();
});
