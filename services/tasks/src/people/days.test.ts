import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { addDays, daysBetween, fromWall, mondayOf, startOfDay, toWall, weekdayOf } from './days.ts';

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Casablanca',
);
const instants = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2045-01-01T00:00:00Z'),
  noInvalidDate: true,
});

test('the wall and back agree with Temporal in every zone', () => {
  fc.assert(
    fc.property(zones, instants, (timeZone, at) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
      const wall = toWall(at, timeZone);
      expect(wall.toISOString().slice(0, -1)).toBe(
        zoned.toPlainDateTime().toString({ smallestUnit: 'millisecond' }),
      );
      const back = zoned.toPlainDateTime().toZonedDateTime(timeZone).epochMilliseconds;
      expect(fromWall(wall, timeZone).getTime()).toBe(back);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['an hour that is skipped', '2026-03-29T02:30:00.000Z', '2026-03-29T01:30:00.000Z'],
  ['an hour that comes twice', '2026-10-25T02:30:00.000Z', '2026-10-25T00:30:00.000Z'],
])('%s', (_name, wall, expected) => {
  expect(fromWall(new Date(wall), 'Europe/Berlin').toISOString()).toBe(expected);
});

test('a day begins when it does', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin').toISOString()).toBe('2026-03-28T23:00:00.000Z');
  // Midnight was skipped in Cairo on that day.
  expect(startOfDay('2024-04-26', 'Africa/Cairo').toISOString()).toBe('2024-04-25T22:00:00.000Z');
});

test('days are counted as on a calendar', () => {
  expect(addDays('2026-02-27', 3)).toBe('2026-03-02');
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect([weekdayOf('2026-03-01'), weekdayOf('2026-03-02')]).toEqual(['sunday', 'monday']);
  expect([mondayOf('2026-03-01'), mondayOf('2026-03-02')]).toEqual(['2026-02-23', '2026-03-02']);
});
