import { expect, it } from 'vitest';
import { nextWords } from './next-words.ts';

const clock = { zone: 'Europe/Berlin', locale: 'en-GB' };
const now = new Date('2026-12-09T20:00:00.000Z');

it.each([
  ['2026-12-09T19:00:00.000Z', '1 min'],
  ['2026-12-09T20:10:00.000Z', '10 min'],
  ['2026-12-09T21:30:00.000Z', '22:30'],
  ['2026-12-09T23:30:00.000Z', 'tomorrow'],
  ['2026-12-14T20:00:00.000Z', '14 Dec'],
  ['2028-03-01T20:00:00.000Z', 'Mar 2028'],
])('%s is %s', (instant, words) => {
  expect(nextWords(instant, clock, now)).toBe(words);
});
