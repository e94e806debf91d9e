import { Problem } from '@spacedly/kit';
import { describe, expect, test } from 'vitest';
import { parseRule } from './rrule.ts';
import { nextOccurrence, startSeries } from './rules-recurrence.ts';

const NEW_YORK = 'America/New_York';

/** `1997-09: 2 3, 1997-10: 1` → the days it names. */
function days(text: string): string[] {
  return text.split(',').flatMap((month) => {
    const [name = '', numbers = ''] = month.trim().split(': ');
    return numbers.split(' ').map((day) => `${name}-${day.padStart(2, '0')}`);
  });
}

/** The first dates of an all-day series, up to its end. */
function walkDays(rrule: string, dueDay: string, length: number): string[] {
  const clock = { now: new Date(`${dueDay}T12:00:00Z`), timeZone: () => NEW_YORK };
  let current = startSeries({ rrule, anchor: 'due' }, { dueDate: null, dueDay }, clock);
  const found = [current.due.dueDay as string];
  while (found.length < length) {
    const next = nextOccurrence(current.series, current.due, clock);
    if (next === null) break;
    current = next;
    found.push(current.due.dueDay as string);
  }
  return found;
}

/** The same for a series with a time: `day time` on the wall. */
function walkTimes(rrule: string, start: string, length: number, timeZone: string): string[] {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const clock = { now: new Date(start), timeZone: () => timeZone };
  let current = startSeries({ rrule, anchor: 'due' }, { dueDate: new Date(start), dueDay: null }, clock);
  const found = [wall.format(current.due.dueDate as Date)];
  while (found.length < length) {
    const next = nextOccurrence(current.series, current.due, clock);
    if (next === null) break;
    current = next;
    found.push(wall.format(current.due.dueDate as Date));
  }
  return found;
}

/** RFC 5545, section 3.8.5.3, by the days it lists; a rule that goes on for ever is followed as far as it is listed. */
describe('examples of RFC 5545', () => {
  test.each([
    ['FREQ=DAILY;COUNT=10', '1997-09-02', '1997-09: 2 3 4 5 6 7 8 9 10 11'],
    [
      'FREQ=DAILY;INTERVAL=2',
      '1997-09-02',
      '1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, 1997-10: 2 4 6',
    ],
    ['FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09-02', '1997-09: 2 12 22, 1997-10: 2 12'],
    ['FREQ=WEEKLY;COUNT=10', '1997-09-02', '1997-09: 2 9 16 23 30, 1997-10: 7 14 21 28, 1997-11: 4'],
    [
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
      '1997-09-02',
      '1997-09: 2 16 30, 1997-10: 14 28, 1997-11: 11 25, 1997-12: 9 23, 1998-01: 6 20, 1998-02: 3 17',
    ],
    [
      'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
      '1997-09-02',
      '1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2 7',
    ],
    [
      'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH',
      '1997-09-02',
      '1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
      '1997-09-01',
      '1997-09: 1 3 5 15 17 19 29, 1997-10: 1 3 13 15 17 27 29 31, 1997-11: 10 12 14 24 26 28, 1997-12: 8 10 12 22 24',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
      '1997-09-02',
      '1997-09: 2 4 16 18 30, 1997-10: 2 14 16',
    ],
    [
      'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
      '1997-09-05',
      '1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5, 1998-01: 2, 1998-02: 6, 1998-03: 6, 1998-04: 3, 1998-05: 1, 1998-06: 5',
    ],
    [
      'FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR',
      '1997-09-05',
      '1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5',
    ],
    [
      'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
      '1997-09-07',
      '1997-09: 7 28, 1997-11: 2 30, 1998-01: 4 25, 1998-03: 1 29, 1998-05: 3 31',
    ],
    [
      'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
      '1997-09-22',
      '1997-09: 22, 1997-10: 20, 1997-11: 17, 1997-12: 22, 1998-01: 19, 1998-02: 16',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=-3',
      '1997-09-28',
      '1997-09: 28, 1997-10: 29, 1997-11: 28, 1997-12: 29, 1998-01: 29, 1998-02: 26',
    ],
    [
      'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
      '1997-09-02',
      '1997-09: 2 15, 1997-10: 2 15, 1997-11: 2 15, 1997-12: 2 15, 1998-01: 2 15',
    ],
    [
      'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
      '1997-09-30',
      '1997-09: 30, 1997-10: 1 31, 1997-11: 1 30, 1997-12: 1 31, 1998-01: 1 31, 1998-02: 1',
    ],
    [
      'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
      '1997-09-10',
      '1997-09: 10 11 12 13 14 15, 1999-03: 10 11 12 13',
    ],
    [
      'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
      '1997-09-02',
      '1997-09: 2 9 16 23 30, 1997-11: 4 11 18 25, 1998-01: 6 13 20 27, 1998-03: 3 10 17 24 31',
    ],
    [
      'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
      '1997-06-10',
      '1997-06: 10, 1997-07: 10, 1998-06: 10, 1998-07: 10, 1999-06: 10, 1999-07: 10, 2000-06: 10, 2000-07: 10, 2001-06: 10, 2001-07: 10',
    ],
    [
      'FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3',
      '1997-03-10',
      '1997-03: 10, 1999-01: 10, 1999-02: 10, 1999-03: 10, 2001-01: 10, 2001-02: 10, 2001-03: 10, 2003-01: 10, 2003-02: 10, 2003-03: 10',
    ],
    [
      'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
      '1997-01-01',
      '1997-01: 1, 1997-04: 10, 1997-07: 19, 2000-01: 1, 2000-04: 9, 2000-07: 18, 2003-01: 1, 2003-04: 10, 2003-07: 19, 2006-01: 1',
    ],
    ['FREQ=YEARLY;BYDAY=20MO', '1997-05-19', '1997-05: 19, 1998-05: 18, 1999-05: 17'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '1997-05-12', '1997-05: 12, 1998-05: 11, 1999-05: 17'],
    [
      'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
      '1997-03-13',
      '1997-03: 13 20 27, 1998-03: 5 12 19 26, 1999-03: 4 11 18 25',
    ],
    [
      'FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8',
      '1997-06-05',
      '1997-06: 5 12 19 26, 1997-07: 3 10 17 24 31, 1997-08: 7 14 21 28, 1998-06: 4',
    ],
    [
      'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
      '1997-09-13',
      '1997-09: 13, 1997-10: 11, 1997-11: 8, 1997-12: 13, 1998-01: 10, 1998-02: 7, 1998-03: 7, 1998-04: 11',
    ],
    [
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      '1996-11-05',
      '1996-11: 5, 2000-11: 7, 2004-11: 2',
    ],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', '1997-09: 4, 1997-10: 7, 1997-11: 6'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
      '1997-09-29',
      '1997-09: 29, 1997-10: 30, 1997-11: 27, 1997-12: 30, 1998-01: 29, 1998-02: 26, 1998-03: 30',
    ],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05', '1997-08: 5 10 19 24'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05', '1997-08: 5 17 19 31'],
    ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '2007-01-15', '2007-01: 15 30, 2007-02: 15, 2007-03: 15 30'],
  ])('%s from %s', (rrule, start, expected) => {
    const listed = days(expected);
    const hasEnd = /COUNT|UNTIL/.test(rrule);
    expect(walkDays(rrule, start, listed.length + (hasEnd ? 1 : 0))).toEqual(listed);
  });

  test('every Friday the 13th, where the start is no date of the rule and yet the first', () => {
    const listed = days('1997-09: 2, 1998-02: 13, 1998-03: 13, 1998-11: 13, 1999-08: 13, 2000-10: 13');
    expect(walkDays('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1997-09-02', 6)).toEqual(listed);
  });

  test('daily until December 24, and every day in January for three years', () => {
    const daily = walkDays('FREQ=DAILY;UNTIL=19971224T000000Z', '1997-09-02', 500);
    expect([daily.length, daily.at(-1)]).toEqual([114, '1997-12-24']);
    for (const rrule of [
      'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
      'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1',
    ]) {
      const januaries = walkDays(rrule, '1998-01-01', 500);
      expect([januaries.length, januaries[31], januaries.at(-1)]).toEqual([93, '1999-01-01', '2000-01-31']);
    }
  });

  test.each([
    [
      'FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z',
      ['1997-09-02 09:00', '1997-09-02 12:00', '1997-09-02 15:00'],
    ],
    [
      'FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;COUNT=7',
      [
        '1997-09-02 09:00',
        '1997-09-02 09:20',
        '1997-09-02 09:40',
        '1997-09-02 10:00',
        '1997-09-02 10:20',
        '1997-09-02 10:40',
        '1997-09-03 09:00',
      ],
    ],
  ])('%s', (rrule, expected) => {
    expect(walkTimes(rrule, '1997-09-02T13:00:00Z', 8, NEW_YORK)).toEqual(expected);
  });
});

/** Cases of the kind other libraries keep: month ends, leap days, weeks over the new year, clocks. */
describe('edges', () => {
  test.each([
    [
      'FREQ=MONTHLY;COUNT=6',
      '2007-01-31',
      '2007-01: 31, 2007-03: 31, 2007-05: 31, 2007-07: 31, 2007-08: 31, 2007-10: 31',
    ],
    ['FREQ=YEARLY', '2096-02-29', '2096-02: 29, 2104-02: 29'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', '2023-02-28', '2023-02: 28, 2024-02: 29, 2025-02: 28'],
    ['FREQ=MONTHLY;BYMONTHDAY=-31', '2026-01-01', '2026-01: 1, 2026-03: 1, 2026-05: 1'],
    ['FREQ=YEARLY;BYYEARDAY=-1', '2023-12-31', '2023-12: 31, 2024-12: 31'],
    ['FREQ=YEARLY;BYYEARDAY=366', '2024-12-31', '2024-12: 31, 2028-12: 31'],
    ['FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO', '2020-12-28', '2020-12: 28, 2026-12: 28'],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO', '2024-12-30', '2024-12: 30, 2025-12: 29, 2027-01: 4'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=WE;BYDAY=MO,WE,FR', '1997-09-01', '1997-09: 1 10 12 15 24 26 29'],
    ['FREQ=MONTHLY;BYDAY=5MO', '2026-03-30', '2026-03: 30, 2026-06: 29, 2026-08: 31'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', '2026-05-01', '2026-05: 1 4 5 6 7 8 11'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2025-11-27', '2025-11: 27, 2026-11: 26, 2027-11: 25'],
    ['FREQ=WEEKLY;BYDAY=SU;UNTIL=20260315', '2026-03-01', '2026-03: 1 8 15'],
    ['FREQ=DAILY;COUNT=1', '2026-03-01', '2026-03: 1'],
  ])('%s from %s', (rrule, start, expected) => {
    const listed = days(expected);
    const hasEnd = /COUNT=1$|UNTIL/.test(rrule);
    expect(walkDays(rrule, start, listed.length + (hasEnd ? 1 : 0))).toEqual(listed);
  });

  test.each([
    [
      'clocks go forward',
      'FREQ=DAILY',
      '2026-03-28T08:00:00Z',
      ['2026-03-28 09:00', '2026-03-29 09:00', '2026-03-30 09:00'],
    ],
    [
      'clocks go back',
      'FREQ=DAILY',
      '2026-10-24T07:00:00Z',
      ['2026-10-24 09:00', '2026-10-25 09:00', '2026-10-26 09:00'],
    ],
    [
      'an hour that is skipped is no date',
      'FREQ=DAILY',
      '2026-03-28T01:30:00Z',
      ['2026-03-28 02:30', '2026-03-30 02:30', '2026-03-31 02:30'],
    ],
    [
      'an hour that comes twice is one date',
      'FREQ=DAILY',
      '2026-10-24T00:30:00Z',
      ['2026-10-24 02:30', '2026-10-25 02:30', '2026-10-26 02:30'],
    ],
    [
      'by the hour',
      'FREQ=HOURLY;INTERVAL=8',
      '2026-05-01T06:00:00Z',
      ['2026-05-01 08:00', '2026-05-01 16:00', '2026-05-02 00:00'],
    ],
  ])('%s', (_name, rrule, start, expected) => {
    expect(walkTimes(rrule, start, expected.length, 'Europe/Berlin')).toEqual(expected);
  });

  test('by the hour goes on where clocks go back', () => {
    const found = walkTimes('FREQ=HOURLY', '2026-10-24T23:00:00Z', 5, 'Europe/Berlin');
    expect(new Set(found).size).toBe(5);
    expect(found.at(-1)).toBe('2026-10-25 05:00');
  });
});

describe('rules that are refused', () => {
  test.each([
    'INTERVAL=2',
    'FREQ=SOMETIMES',
    'FREQ=SECONDLY',
    'FREQ=MINUTELY;INTERVAL=15',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=DAILY,WEEKLY',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=1001',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=99999',
    'FREQ=DAILY;COUNT=2;UNTIL=20300101',
    'FREQ=DAILY;UNTIL=20300231',
    'FREQ=DAILY;UNTIL=2030',
    'FREQ=DAILY;BYMONTH=13',
    'FREQ=DAILY;BYHOUR=24',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;BYMONTHDAY=1',
    'FREQ=MONTHLY;BYDAY=54MO',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=DAILY;BYSETPOS=1',
    'FREQ=DAILY;BYWEEKNO=1',
    'FREQ=YEARLY;RSCALE=CHINESE',
    'FREQ=DAILY;X-COLOR=RED',
    'FREQ=DAILY;__PROTO__=1',
  ])('%s', (rrule) => {
    expect(() => parseRule(rrule)).toThrow(expect.objectContaining({ code: 'RECURRENCE_INVALID' }));
  });

  test('30 February is never, and is said so before anything is written', () => {
    for (const freq of ['YEARLY', 'DAILY', 'HOURLY']) {
      const rrule = `FREQ=${freq};BYMONTH=2;BYMONTHDAY=30`;
      const due = { dueDate: new Date('2026-03-01T09:00:00Z'), dueDay: null };
      const clock = { now: new Date('2026-03-01T09:00:00Z'), timeZone: () => 'Europe/Berlin' };
      expect(() => startSeries({ rrule, anchor: 'due' }, due, clock)).toThrow(Problem);
    }
  });
});
