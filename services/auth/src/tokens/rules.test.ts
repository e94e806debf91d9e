import { deriveSecrets, Problem, sha256 } from '@spacedly/kit';
import { expect, test } from 'vitest';
import { expiryOf, tokenOf } from './rules.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

test.each([
  ['nothing', undefined, '2026-05-30T12:00:00.000Z'],
  ['no end', null, undefined],
  ['a day', '2026-03-02T12:00:00.000Z', '2026-03-02T12:00:00.000Z'],
  ['a year', '2027-03-01T12:00:00.000Z', '2027-03-01T12:00:00.000Z'],
])('asked for %s', (_name, asked, ends) => {
  expect(expiryOf(asked, now)?.toISOString()).toBe(ends);
});

test.each(['2026-03-01T12:00:00.000Z', '1999-01-01T00:00:00.000Z', '2027-03-03T12:00:00.000Z'])(
  '%s is no end of a token',
  (asked) => {
    expect(() => expiryOf(asked, now)).toThrow(Problem);
  },
);

test('a token follows from its id and the secret of the installation', () => {
  const [ours, others] = [deriveSecrets('one secret, long enough'), deriveSecrets('another one, as long')];
  const made = tokenOf(ours, 'id-1');
  expect(made.token).toMatch(/^spd_[\w-]{43}$/);
  expect(made.tokenHash).toBe(sha256(made.token));
  expect(made.token.startsWith(made.hint)).toBe(true);
  expect(tokenOf(ours, 'id-1')).toEqual(made);
  expect(tokenOf(ours, 'id-2').token).not.toBe(made.token);
  expect(tokenOf(others, 'id-1').token).not.toBe(made.token);
});
