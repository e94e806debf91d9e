import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, instantToWall, isSameZone, wallToInstant } from './zone.ts';

describe('instantToWall', () => {
  it.each([
    ['2026-12-09T08:00:00.000Z', 'Europe/Berlin', '2026-12-09 09:00:00'],
    ['2026-07-09T08:00:00.000Z', 'Europe/Berlin', '2026-07-09 10:00:00'],
    ['2026-12-31T20:00:00.000Z', 'Asia/Kolkata', '2027-01-01 01:30:00'],
    ['2026-12-09T00:00:00.000Z', 'UTC', '2026-12-09 00:00:00'],
  ])('%s in %s is %s', (instant, zone, wall) => {
    expect(instantToWall(instant, zone)).toBe(wall);
  });
});

describe('wallToInstant', () => {
  it.each([
    ['2026-12-09 09:00:00', 'Europe/Berlin', '2026-12-09T08:00:00.000Z'],
    ['2026-12-09 09:00', 'Europe/Berlin', '2026-12-09T08:00:00.000Z'],
    ['2026-07-09 09:00:00', 'America/New_York', '2026-07-09T13:00:00.000Z'],
    ['2026-12-09 09:00:00', 'Pacific/Kiritimati', '2026-12-08T19:00:00.000Z'],
    ['2026-12-09 09:00:00', 'Australia/Lord_Howe', '2026-12-08T22:00:00.000Z'],
  ])('%s in %s is %s', (wall, zone, instant) => {
    expect(wallToInstant(wall, zone)).toBe(instant);
  });

  it('moves a time the clocks skip on by the gap', () => {
    expect(wallToInstant('2026-03-29 02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantToWall('2026-03-29T01:30:00.000Z', 'Europe/Berlin')).toBe('2026-03-29 03:30:00');
  });

  it('takes the first of a time that comes twice', () => {
    expect(wallToInstant('2026-10-25 02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('gives each hour around a change of the clocks back', () => {
    for (let hour = 0; hour < 48; hour += 1) {
      const instant = new Date(Date.UTC(2026, 2, 28, hour)).toISOString();
      expect(wallToInstant(instantToWall(instant, 'Europe/Berlin'), 'Europe/Berlin')).toBe(instant);
    }
  });
});

describe('days', () => {
  it('are those of the zone, not of the machine', () => {
    expect(dayOf('2026-12-08T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-12-09');
    expect(dayOf('2026-12-09T03:00:00.000Z', 'America/Los_Angeles')).toBe('2026-12-08');
  });

  it('add and subtract across months and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3);
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
  });
});

describe('isSameZone', () => {
  it('knows both names of a zone, and lives with names nobody knows', () => {
    expect(isSameZone('Asia/Calcutta', 'Asia/Kolkata')).toBe(true);
    expect(isSameZone('Europe/Berlin', 'Europe/Paris')).toBe(false);
    expect(isSameZone('Mars/Olympus', 'UTC')).toBe(false);
  });
});
