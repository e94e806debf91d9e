import { deriveSecrets } from '@spacedly/kit';
import { expect, test } from 'vitest';
import { mayRestore, restoreToken, userOfToken } from './rules.ts';

const secrets = deriveSecrets('a secret for tests alone, the same in each of them');
const id = '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10';
const deletedAt = new Date('2026-03-01T12:00:00.000Z');
const user = { id, deletedAt, deletedBy: id };
const token = restoreToken(secrets, id, deletedAt);
const lastMoment = new Date('2026-03-31T11:59:59.999Z');

test.each([
  ['its own deletion', user, token, lastMoment, true],
  ['30 days later', user, token, new Date('2026-03-31T12:00:00.000Z'), false],
  ['an account that is back', { ...user, deletedAt: null }, token, lastMoment, false],
  [
    'a later deletion',
    { ...user, deletedAt: new Date('2026-03-02T12:00:00.000Z') },
    token,
    lastMoment,
    false,
  ],
  ['a deletion by an admin', { ...user, deletedBy: 'admin' }, token, lastMoment, false],
  ['a cut token', user, token.slice(0, -1), lastMoment, false],
  ['a changed token', user, `${id}.${'0'.repeat(64)}`, lastMoment, false],
] as const)('%s', (_name, who, given, now, expected) => {
  expect(mayRestore(secrets, who, given, now)).toBe(expected);
});

test.each([
  [token, id],
  ['', null],
  ['nonsense', null],
  [`${id.toUpperCase()}.x`, null],
  ["' OR 1=1 --.x", null],
])('%s is about %s', (given, expected) => {
  expect(userOfToken(given)).toBe(expected);
});
