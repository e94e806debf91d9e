import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAllowed, licencesOf } from './licences.mjs';

test.each([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['MIT OR GPL-3.0-only', true],
  ['MIT AND GPL-3.0-only', false],
  ['(GPL-3.0-only OR MIT) AND ISC', true],
  ['GPL-3.0-only OR MIT AND ISC', true],
  ['MIT OR ISC AND AGPL-3.0-only', true],
  ['(MIT OR ISC) AND AGPL-3.0-only', false],
  ['(MIT', false],
  ['MIT ISC', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['', false],
  [undefined, false],
])('%s: %s', (expression, expected) => {
  expect(isAllowed(expression)).toBe(expected);
});

test('every package of the lock file is under a licence that is allowed', () => {
  const all = licencesOf(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  expect(all.length).toBeGreaterThan(300);
  expect(all.flatMap(({ problem }) => problem ?? [])).toEqual([]);
});

test('one that is not allowed, or tells none, is named', () => {
  const packages = {
    'node_modules/@a/b': { version: '1.0.0', license: 'AGPL-3.0-only' },
    'node_modules/c/node_modules/d': { version: '2.0.0', dev: true },
    'node_modules/e': { link: true },
  };
  expect(licencesOf(JSON.stringify({ packages })).map(({ problem }) => problem)).toEqual([
    '@a/b@1.0.0: AGPL-3.0-only is not among the licences allowed',
    'd@2.0.0: not told is not among the licences allowed',
  ]);
});
