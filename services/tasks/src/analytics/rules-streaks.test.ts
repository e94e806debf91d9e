import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../people/days.ts';
import { countStreaks } from './rules-streaks.ts';

const begin = '2026-01-20';
const on = (...offsets: number[]) => offsets.map((offset) => addDays(begin, offset));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test.each([
  ['nothing', [], 0, { active: 0, longest: 0, freezesLeft: 0 }],
  ['today', [0], 0, { active: 1, longest: 1, freezesLeft: 0 }],
  ['yesterday', [0], 1, { active: 1, longest: 1, freezesLeft: 0 }],
  ['the day before', [0], 2, { active: 0, longest: 1, freezesLeft: 0 }],
  ['a gap without a freeze', [0, 2], 2, { active: 1, longest: 1, freezesLeft: 0 }],
  ['a week earns a freeze', range(0, 6), 6, { active: 7, longest: 7, freezesLeft: 1 }],
  ['a freeze bridges one day', [...range(0, 6), 8], 8, { active: 8, longest: 8, freezesLeft: 0 }],
  ['yesterday is bridged', range(0, 6), 8, { active: 7, longest: 7, freezesLeft: 0 }],
  ['two missed days are too many', [...range(0, 6), 9], 9, { active: 1, longest: 7, freezesLeft: 0 }],
  [
    'a day without a streak uses nothing',
    [...range(0, 6), 9, 10],
    20,
    { active: 0, longest: 7, freezesLeft: 0 },
  ],
] as const)('%s', (_name, offsets, today, expected) => {
  expect(countStreaks(on(...offsets), addDays(begin, today))).toEqual(expected);
});

test('at most two are earned in a month and two held', () => {
  const january = range(0, 30).map((offset) => addDays('2026-01-01', offset));
  expect(countStreaks(january, '2026-01-31').freezesLeft).toBe(2);
  const two = [...january, ...range(0, 13).map((offset) => addDays('2026-02-01', offset))];
  expect(countStreaks(two, '2026-02-14').freezesLeft).toBe(2);
  // Both used at the begin of February, both earned again by its 7th and 14th active day.
  const gap = [...january, ...range(0, 13).map((offset) => addDays('2026-02-03', offset))];
  expect(countStreaks(gap, '2026-02-16')).toEqual({ active: 45, longest: 45, freezesLeft: 2 });
});

/** Walks through the calendar one day at a time, as the docstring tells it. */
function naive(days: ReadonlySet<string>, first: string, today: string) {
  let [held, run, longest, earned, activeInMonth] = [0, 0, 0, 0, 0];
  for (let day = first; day <= today; day = addDays(day, 1)) {
    if (day.endsWith('-01')) [earned, activeInMonth] = [0, 0];
    if (days.has(day)) {
      run += 1;
      activeInMonth += 1;
      if (activeInMonth % 7 === 0 && earned < 2) {
        earned += 1;
        if (held < 2) held += 1;
      }
    } else if (day !== today && run > 0) {
      if (held > 0) held -= 1;
      else run = 0;
    }
    longest = Math.max(longest, run);
  }
  return { active: run, longest, freezesLeft: held };
}

test('agrees with walking through the calendar', () => {
  const calendar = fc.array(fc.boolean(), { minLength: 1, maxLength: 150 });
  const dense = fc.array(
    fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    { minLength: 1, maxLength: 150 },
  );
  fc.assert(
    fc.property(fc.oneof(calendar, dense), fc.integer({ min: 0, max: 40 }), (marks, shift) => {
      const first = addDays(begin, shift);
      const today = addDays(first, marks.length - 1);
      const days = marks.flatMap((isActive, index) => (isActive ? [addDays(first, index)] : []));
      expect(countStreaks(days, today)).toEqual(naive(new Set(days), first, today));
    }),
    { numRuns: 2_000 },
  );
});
