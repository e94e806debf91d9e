import { expect, it } from 'vitest';
import { rangeOf, rangeTitle, shiftDate } from './calendar-range.ts';
import { calendarSearch } from './calendar-search.ts';

const clock = { zone: 'Europe/Berlin', locale: 'en-GB' };

it.each([
  ['month', '2026-11-26', '2026-10-26', '2026-12-06'],
  ['month', '2027-02-01', '2027-02-01', '2027-03-14'],
  ['week', '2026-11-29', '2026-11-23', '2026-11-29'],
  ['agenda', '2028-02-10', '2028-02-01', '2028-02-29'],
] as const)('the %s of %s is %s to %s', (view, date, from, to) => {
  expect(rangeOf(view, date)).toEqual({ from, to });
});

it('steps by what is shown, and never over a short month', () => {
  expect(shiftDate('month', '2026-01-31', 1)).toBe('2026-02-01');
  expect(shiftDate('agenda', '2026-01-31', -1)).toBe('2025-12-01');
  expect(shiftDate('week', '2026-12-30', 1)).toBe('2027-01-06');
});

it('is named by its month, or by its days', () => {
  expect(rangeTitle('month', '2026-11-26', clock)).toBe('November 2026');
  expect(rangeTitle('week', '2026-11-26', clock)).toMatch(/^23\s?–\s?29 Nov 2026$/);
});

it('takes from an address only what makes sense', () => {
  expect(calendarSearch({ view: 'week', date: '2026-11-26' })).toEqual({ view: 'week', date: '2026-11-26' });
  expect(calendarSearch({ view: 'decade', date: '2026-13-01' })).toEqual({});
  expect(calendarSearch({ date: 20_261_126 })).toEqual({});
});
