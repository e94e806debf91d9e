import { describe, expect, it } from 'vitest';
import { dayWords, durationWords, exactTime, greeting, hourOf, longDay, timeWords } from './time.ts';

const clock = { zone: 'Europe/Berlin', locale: 'en-GB' };
/** Wednesday 9 December 2026, 10:00 in Berlin. */
const now = new Date('2026-12-09T09:00:00.000Z');

describe('timeWords', () => {
  it.each([
    ['2026-12-09T09:00:10.000Z', 'now'],
    ['2026-12-09T09:20:00.000Z', 'in 20 minutes'],
    ['2026-12-09T09:01:00.000Z', 'in 1 minute'],
    ['2026-12-09T11:00:00.000Z', 'in 2 hours'],
    ['2026-12-09T08:55:00.000Z', '5 minutes ago'],
    ['2026-12-09T17:00:00.000Z', 'today 18:00'],
    ['2026-12-10T08:00:00.000Z', 'tomorrow 9:00'],
    ['2026-12-08T08:00:00.000Z', 'yesterday 9:00'],
  ])('says %s as "%s"', (instant, words) => {
    expect(timeWords(instant, clock, now)).toBe(words);
  });

  // Where the comma stands differs between versions of the locale data.
  it.each([
    ['2026-12-11T08:00:00.000Z', /^Fri,? 11 Dec 9:00$/],
    ['2027-01-12T08:00:00.000Z', /^Tue,? 12 Jan 2027 9:00$/],
  ])('writes %s out', (instant, words) => {
    expect(timeWords(instant, clock, now)).toMatch(words);
  });

  it('calls tomorrow what is tomorrow in the person’s zone', () => {
    const late = new Date('2026-12-09T19:00:00.000Z');
    expect(timeWords('2026-12-09T23:30:00.000Z', clock, late)).toBe('tomorrow 0:30');
    expect(timeWords('2026-12-09T23:30:00.000Z', { ...clock, zone: 'UTC' }, late)).toBe('today 23:30');
  });
});

describe('other words', () => {
  it('names days', () => {
    expect(dayWords('2026-12-09', clock, now)).toBe('today');
    expect(dayWords('2026-12-10', clock, now)).toBe('tomorrow');
    expect(dayWords('2026-12-08', clock, now)).toBe('yesterday');
    expect(longDay('2026-12-09', clock)).toMatch(/^Wednesday,? 9 December$/);
  });

  it('tells the exact time with its zone', () => {
    expect(exactTime('2026-12-09T08:00:00.000Z', clock)).toMatch(/Wednesday,? 9 December 2026 at 0?9:00 CET/);
  });

  it.each([
    [0, '0 min'],
    [45, '45 min'],
    [60, '1 h'],
    [80, '1 h 20 min'],
  ])('says %i minutes as "%s"', (minutes, words) => {
    expect(durationWords(minutes)).toBe(words);
  });

  it.each([
    ['2026-12-09T05:00:00.000Z', 'morning'],
    ['2026-12-09T12:00:00.000Z', 'afternoon'],
    ['2026-12-09T20:00:00.000Z', 'evening'],
    ['2026-12-09T23:30:00.000Z', 'evening'],
  ])('greets at %s for the %s', (instant, part) => {
    expect(greeting(hourOf(new Date(instant), clock), 'Ada')).toBe(`Good ${part}, Ada`);
  });
});
