import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, easyDayRule } from './rules.ts';
import { capacityOf, type Load, planDays } from './rules-load.ts';

// A Wednesday.
const today = '2026-03-04';
const settings = { ...DEFAULT_SETTINGS, newPerDay: 2, reviewsPerDay: 3 };
const week = (changes: Partial<typeof settings.easyDays>) => ({
  ...settings,
  easyDays: { ...settings.easyDays, ...changes },
});
const review = (day: string, recall: number): Load => ({
  day,
  kind: 'review',
  recallIn: (days) => recall - days / 100,
});
const fresh = (): Load => ({ day: today, kind: 'new', recallIn: null });
const plan = (items: Load[], days = 4, more = settings, done = { new: 0, reviews: 0 }) =>
  planDays(items, { today, days, settings: more, done });

test.each([
  ['a normal day', settings, { new: 2, reviews: 3 }],
  ['a reduced day', week({ wednesday: 'reduced' }), { new: 1, reviews: 1 }],
  ['a day of none', week({ wednesday: 'none' }), { new: 0, reviews: 0 }],
])('%s', (_name, given, expected) => {
  expect(capacityOf(given, today)).toEqual(expected);
});

test('what was done today counts, and more than the limit is nothing left', () => {
  expect(capacityOf(settings, today, { new: 1, reviews: 9 })).toEqual({ new: 1, reviews: 0 });
});

test('a backlog is spread over the days, the most likely remembered first', () => {
  const recalls = [0.5, 0.9, 0.7, 0.8, 0.6];
  const days = plan(recalls.map((recall) => review('2026-01-01', recall)));
  expect(days.map(({ reviews }) => reviews)).toEqual([3, 2, 0, 0]);
  expect(days.map(({ postponed }) => postponed)).toEqual([2, 0, 0, 0]);
  expect(days[0]?.retention).toBeCloseTo((0.9 + 0.8 + 0.7) / 3);
  expect(days[1]?.retention).toBeCloseTo((0.6 + 0.5) / 2 - 0.01);
  expect(days[2]?.retention).toBeNull();
});

test('new items keep their own limit and have no recall', () => {
  const days = plan([fresh(), fresh(), fresh(), fresh(), fresh()]);
  expect(days.map(({ reviews }) => reviews)).toEqual([2, 2, 1, 0]);
  expect(days[0]?.retention).toBeNull();
});

test('learning steps and exams are not held back, not even on a day of none', () => {
  const urgent: Load[] = Array.from({ length: 9 }, () => ({ ...review(today, 0.9), kind: 'unlimited' }));
  const [first] = plan([...urgent, review(today, 0.8)], 1, week({ wednesday: 'none' }));
  expect(first).toMatchObject({ reviews: 9, postponed: 1 });
});

test('what falls due later stands before the old backlog', () => {
  const items = [...Array.from({ length: 6 }, () => review('2026-01-01', 0.4)), review('2026-03-05', 0.9)];
  const days = plan(items);
  expect(days.map(({ reviews }) => reviews)).toEqual([3, 3, 1, 0]);
  expect(days[1]?.retention).toBeCloseTo((0.9 + 0.4 + 0.4) / 3 - 0.01);
});

test('reviews done today leave room for fewer', () => {
  const items = Array.from({ length: 4 }, () => review(today, 0.9));
  expect(plan(items, 2, settings, { new: 0, reviews: 2 }).map(({ reviews }) => reviews)).toEqual([1, 3]);
});

test('every item avoids a day of none, every second one a reduced day', () => {
  const { easyDays } = week({ sunday: 'none', monday: 'reduced' });
  const [odd, even] = ['019a7d7e-9d3c-7c3a-9a51-00000000000b', '019a7d7e-9d3c-7c3a-9a51-00000000000a'];
  const avoided = (id: string) => [0, 1, 2].filter(easyDayRule({ easyDays }, id));
  expect(avoided(odd)).toEqual([0, 1]);
  expect(avoided(even)).toEqual([0]);
});
