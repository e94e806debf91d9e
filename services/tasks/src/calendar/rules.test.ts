import { expect, test } from 'vitest';
import { movedTo, windowOf } from './rules.ts';

const zone = 'Europe/Berlin';

test.each([
  [{ from: '2026-03-01', to: '2026-03-01' }, '2026-02-28T23:00:00.000Z', '2026-03-01T23:00:00.000Z'],
  [{ from: '2026-03-29', to: '2026-03-29' }, '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  [
    { from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
    '2026-03-01T00:00:00.000Z',
    '2026-03-02T00:00:00.000Z',
  ],
  [{ from: '2026-01-01', to: '2027-01-01' }, '2025-12-31T23:00:00.000Z', '2027-01-01T23:00:00.000Z'],
])('%j', (query, from, to) => {
  expect(windowOf(query, zone)).toEqual({ from: new Date(from), to: new Date(to) });
});

test.each([
  [{ from: '2026-03-02', to: '2026-03-01' }],
  [{ from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' }],
  [{ from: '2026-01-01', to: '2027-01-02' }],
  [{ from: '9999-12-01', to: '9999-12-31' }],
])('refuses %j', (query) => {
  expect(() => windowOf(query, zone)).toThrow('The request is not valid');
});

test.each([
  ['an instant', { start: '2026-05-01T07:00:00.000Z' }, '2026-05-01T07:00:00.000Z'],
  ['a day keeps the time of day', { day: '2026-05-01' }, '2026-05-01T08:30:00.000Z'],
  ['an hour that is skipped is the one after', { day: '2026-03-29' }, '2026-03-29T08:30:00.000Z'],
])('%s', (_name, body, expected) => {
  const current = new Date('2026-03-01T09:30:00.000Z');
  expect(movedTo(body, current, zone).toISOString()).toBe(expected);
});
