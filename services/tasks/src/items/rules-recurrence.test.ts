import { expect, test } from 'vitest';
import { nextOccurrence, startSeries } from './rules-recurrence.ts';

const clock = (now: string, zone = 'Europe/Berlin') => ({ now: new Date(now), timeZone: () => zone });
const onDay = (dueDay: string) => ({ dueDate: null, dueDay });
const at = (dueDate: string) => ({ dueDate: new Date(dueDate), dueDay: null });
const nothing = { dueDate: null, dueDay: null };

test.each([
  ['FREQ=WEEKLY;BYDAY=MO', '2026-11-21T12:00:00Z', onDay('2026-11-23')],
  ['FREQ=WEEKLY;BYDAY=SA', '2026-11-21T12:00:00Z', onDay('2026-11-21')],
  ['FREQ=DAILY', '2026-11-21T23:30:00Z', onDay('2026-11-22')],
  ['FREQ=MONTHLY;BYMONTHDAY=1', '2026-11-21T12:00:00Z', onDay('2026-12-01')],
  ['FREQ=DAILY;BYHOUR=9', '2026-11-21T07:00:00Z', at('2026-11-21T08:00:00Z')],
  ['FREQ=DAILY;BYHOUR=9', '2026-11-21T08:00:01Z', at('2026-11-22T08:00:00Z')],
])('without a date %s derives it at %s', (rrule, now, due) => {
  expect(startSeries({ rrule, anchor: 'due' }, nothing, clock(now)).due).toEqual(due);
});

test.each([
  ['FREQ=HOURLY', nothing],
  ['FREQ=DAILY;UNTIL=20200101', nothing],
  ['FREQ=HOURLY', onDay('2026-11-21')],
  ['FREQ=DAILY;BYHOUR=9', onDay('2026-11-21')],
])('%s does not go with %o, and says why', (rrule, due) => {
  const start = () => startSeries({ rrule, anchor: 'due' }, due, clock('2026-11-21T12:00:00Z'));
  expect(start).toThrow(
    expect.objectContaining({ code: 'RECURRENCE_IMPOSSIBLE', detail: expect.stringContaining(' ') }),
  );
});

const next = (
  rrule: string,
  anchor: 'due' | 'completion',
  due: ReturnType<typeof onDay> | ReturnType<typeof at>,
  completedAt: string,
) => {
  const { series } = startSeries({ rrule, anchor }, due, clock(completedAt));
  return nextOccurrence(series, due, clock(completedAt))?.due;
};

test.each([
  ['early', '2026-11-20T10:00:00Z', onDay('2026-11-30'), onDay('2026-11-27')],
  ['on time', '2026-11-23T10:00:00Z', onDay('2026-11-30'), onDay('2026-11-30')],
  ['late', '2026-12-02T10:00:00Z', onDay('2026-11-30'), onDay('2026-12-09')],
])('every week, completed %s: by the schedule, or from the completion', (_name, now, byDue, byCompletion) => {
  expect(next('FREQ=WEEKLY', 'due', onDay('2026-11-23'), now)).toEqual(byDue);
  expect(next('FREQ=WEEKLY', 'completion', onDay('2026-11-23'), now)).toEqual(byCompletion);
});

test.each([
  ['FREQ=DAILY;INTERVAL=3', '2026-11-25T14:00:00Z', at('2026-11-28T08:00:00Z')],
  ['FREQ=DAILY', '2026-11-23T06:00:00Z', at('2026-11-24T08:00:00Z')],
  ['FREQ=WEEKLY;BYDAY=MO', '2026-11-25T14:00:00Z', at('2026-11-30T08:00:00Z')],
  ['FREQ=HOURLY;INTERVAL=4', '2026-11-25T14:10:30Z', at('2026-11-25T18:10:00Z')],
])('from the completion %s keeps the time of day', (rrule, now, due) => {
  expect(next(rrule, 'completion', at('2026-11-23T08:00:00Z'), now)).toEqual(due);
});

test('an occurrence moved to another day does not move the series, nor come twice', () => {
  const { series } = startSeries(
    { rrule: 'FREQ=WEEKLY', anchor: 'due' },
    onDay('2026-11-23'),
    clock('2026-11-20T10:00:00Z'),
  );
  const after = (day: string) =>
    nextOccurrence(series, onDay(day), clock('2026-11-20T10:00:00Z'))?.due.dueDay;
  expect(after('2026-11-25')).toBe('2026-11-30');
  expect(after('2026-11-22')).toBe('2026-11-30');
  expect(after('2026-12-01')).toBe('2026-12-07');
});

test('who moves to another zone keeps the time on the wall', () => {
  const due = at('2026-11-23T08:00:00Z');
  const { series } = startSeries({ rrule: 'FREQ=DAILY', anchor: 'due' }, due, clock('2026-11-23T00:00:00Z'));
  const inNewYork = nextOccurrence(series, due, clock('2026-11-23T09:00:00Z', 'America/New_York'));
  expect(inNewYork?.due).toEqual(at('2026-11-24T14:00:00Z'));
});

test('COUNT counts what was completed, whatever the anchor; UNTIL ends by date', () => {
  for (const anchor of ['due', 'completion'] as const) {
    let current = startSeries(
      { rrule: 'FREQ=DAILY;COUNT=3', anchor },
      onDay('2026-11-23'),
      clock('2026-11-20T10:00:00Z'),
    );
    let made = 1;
    for (;;) {
      const following = nextOccurrence(current.series, current.due, clock('2026-11-23T10:00:00Z'));
      if (following === null) break;
      current = following;
      made += 1;
    }
    expect(made).toBe(3);
  }
  expect(
    next('FREQ=DAILY;UNTIL=20261123', 'due', onDay('2026-11-23'), '2026-11-23T10:00:00Z'),
  ).toBeUndefined();
  expect(
    next('FREQ=DAILY;UNTIL=20261124T080000Z', 'due', at('2026-11-23T08:00:00Z'), '2026-11-23T10:00:00Z'),
  ).toEqual(at('2026-11-24T08:00:00Z'));
});
