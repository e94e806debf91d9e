import { expect, test } from 'vitest';
import {
  chooseSigningKey,
  isRotationDue,
  neededKeys,
  PUBLISH_AHEAD_MS,
  PUBLISHED_MAX_AGE_SECONDS,
} from './rules.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const MINUTE = 60_000;
const key = (kid: string, offsetMs: number) => ({ kid, signsFrom: new Date(now.getTime() + offsetMs) });
const kids = (keys: { kid: string }[]) => keys.map(({ kid }) => kid);

test.each([
  ['none', [], undefined],
  ['the only one', [key('a', 0)], 'a'],
  ['the newest whose time has come', [key('b', -MINUTE), key('a', -9 * MINUTE)], 'b'],
  ['not the next one yet', [key('a', -9 * MINUTE), key('next', 1)], 'a'],
  ['the next one to the millisecond', [key('a', -9 * MINUTE), key('next', 0)], 'next'],
  ['the first one where a clock is behind', [key('a', 500)], 'a'],
])('signs with %s', (_name, keys, kid) => {
  expect(chooseSigningKey(keys, now)?.kid).toBe(kid);
});

test.each([
  ['the next one', [key('a', -9 * MINUTE), key('next', 40_000)], ['a', 'next']],
  ['the last one while its tokens live', [key('a', -90 * MINUTE), key('b', -16 * MINUTE)], ['a', 'b']],
  ['the last one no longer', [key('a', -90 * MINUTE), key('b', -17 * MINUTE)], ['b']],
  ['of three the needed', [key('a', -3e8), key('b', -2e8), key('c', -MINUTE)], ['b', 'c']],
])('publishes %s', (_name, keys, expected) => {
  expect(kids(neededKeys(keys, now))).toEqual(expected);
});

const DAY = 24 * 60 * MINUTE;
test.each([
  [[], true],
  [[key('a', -90 * DAY)], true],
  [[key('a', -90 * DAY + 1)], false],
  [[key('a', -90 * DAY), key('next', 1)], false],
])('rotation of %j is due: %s', (keys, isDue) => {
  expect(isRotationDue(keys, now)).toBe(isDue);
});

test('a key is published longer ahead than anybody keeps an old list, and signs within the minute', () => {
  expect(PUBLISH_AHEAD_MS).toBeGreaterThan(PUBLISHED_MAX_AGE_SECONDS * 1_000);
  expect(PUBLISH_AHEAD_MS).toBeLessThan(60_000);
});
