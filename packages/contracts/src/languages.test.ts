import { expect, test } from 'vitest';
import { wantedLocale } from './languages.ts';

test.each([
  [undefined, null],
  ['', null],
  ['*', null],
  ['fr-FR, ja;q=0.5', null],
  ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
  ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7', 'en'],
  ['en;q=0.5, hi-Deva-IN;q=0.9', 'hi-IN'],
  ['DE-de', 'de-DE'],
  ['es-419', 'es'],
  ['de;q=0, es;q=0.1', 'es'],
  ['de;q=x, es;q=0.1', 'es'],
  ['constructor, __proto__;q=1, de', 'de'],
  [`${'de;q=0.1,'.repeat(500)}es`, 'es'],
] as const)('%s → %s', (header, locale) => {
  expect(wantedLocale(header)).toBe(locale);
});
