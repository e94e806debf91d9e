import { expect, it } from 'vitest';
import { monthsOf, yearOf } from './heatmap-rules.ts';

it('places each day in its week, Monday first', () => {
  const days = yearOf(2026, [
    { date: '2026-01-05', count: 8 },
    { date: '2026-12-31', count: 1 },
  ]);
  expect(days).toHaveLength(365);
  // 1 January 2026 is a Thursday.
  expect(days[0]).toEqual({ date: '2026-01-01', count: 0, level: 0, column: 1, row: 4 });
  expect(days[4]).toEqual({ date: '2026-01-05', count: 8, level: 4, column: 2, row: 1 });
  expect(days.at(-1)).toMatchObject({ date: '2026-12-31', level: 1, column: 53 });
});

it('knows leap years and sums months', () => {
  const months = monthsOf(
    yearOf(2028, [
      { date: '2028-02-28', count: 2 },
      { date: '2028-02-29', count: 3 },
    ]),
  );
  expect(months).toHaveLength(12);
  expect(months[1]).toEqual({ month: '2028-02', activeDays: 2, done: 5 });
});
