import { describe, expect, test } from 'vitest';
import { countryPrefix } from '../held/rules.ts';
import { quietUntil } from '../preferences/rules.ts';
import { dueNow, nextCheck, type Schedule } from './rules.ts';

const berlin: Schedule = {
  timeZone: 'Europe/Berlin',
  isDigestOn: true,
  digestHour: 5,
  isWeeklyOn: true,
  digestDay: null,
  weeklyDay: null,
};
const at = (instant: string) => new Date(instant);

describe('the morning digest', () => {
  test.each([
    ['2026-12-09T03:59:59.999Z', {}, false],
    ['2026-12-09T04:00:00.000Z', {}, true],
    ['2026-12-09T07:59:59.000Z', {}, true],
    // Too late to help.
    ['2026-12-09T08:00:00.000Z', {}, false],
    ['2026-12-09T04:00:00.000Z', { digestDay: '2026-12-09' }, false],
    ['2026-12-09T04:00:00.000Z', { digestDay: '2026-12-08' }, true],
    ['2026-12-09T04:00:00.000Z', { isDigestOn: false }, false],
    ['2026-12-09T13:00:00.000Z', { timeZone: 'America/Los_Angeles' }, true],
    ['2026-12-08T23:30:00.000Z', { timeZone: 'Asia/Kolkata' }, true],
  ] as const)('at %s with %j is due: %s', (now, more, isDue) => {
    expect(dueNow({ ...berlin, ...more }, at(now)).isMorning).toBe(isDue);
  });
});

test.each([
  ['2026-12-13T17:00:00.000Z', true],
  ['2026-12-13T16:59:59.000Z', false],
  ['2026-12-12T17:00:00.000Z', false],
])('the weekly review on Sunday evening: %s is due: %s', (now, isDue) => {
  expect(dueNow(berlin, at(now)).isWeekly).toBe(isDue);
});

test.each([
  ['2026-12-09T03:00:00.000Z', {}, '2026-12-09T04:00:00.000Z'],
  ['2026-12-09T04:00:00.000Z', {}, '2026-12-10T04:00:00.000Z'],
  ['2026-12-13T12:00:00.000Z', {}, '2026-12-13T17:00:00.000Z'],
  ['2026-12-09T12:00:00.000Z', { isDigestOn: false }, '2026-12-13T17:00:00.000Z'],
  ['2026-12-09T12:00:00.000Z', { isDigestOn: false, isWeeklyOn: false }, '2026-12-16T12:00:00.000Z'],
  // The clocks go forward from 2 to 3 on 28 March 2027, and back on 31 October.
  ['2027-03-28T00:30:00.000Z', { digestHour: 2 }, '2027-03-28T01:00:00.000Z'],
  ['2027-03-27T12:00:00.000Z', {}, '2027-03-28T03:00:00.000Z'],
  ['2027-10-30T12:00:00.000Z', {}, '2027-10-31T04:00:00.000Z'],
] as const)('after %s with %j the next look is %s', (now, more, expected) => {
  expect(nextCheck({ ...berlin, ...more }, at(now)).toISOString()).toBe(expected);
});

const night = { muted: [], quietFrom: '22:00', quietTo: '07:00', timeZone: 'Europe/Berlin' };
test.each([
  [night, '2026-12-09T20:59:59.000Z', null],
  [night, '2026-12-09T21:00:00.000Z', '2026-12-10T06:00:00.000Z'],
  [night, '2026-12-10T05:59:59.000Z', '2026-12-10T06:00:00.000Z'],
  [night, '2026-12-10T06:00:00.000Z', null],
  [
    { ...night, quietFrom: '12:00', quietTo: '14:00' },
    '2026-12-09T12:00:00.000Z',
    '2026-12-09T13:00:00.000Z',
  ],
  [{ ...night, quietFrom: '12:00', quietTo: '14:00' }, '2026-12-09T13:00:00.000Z', null],
  [night, '2027-03-27T23:00:00.000Z', '2027-03-28T05:00:00.000Z'],
  [{ ...night, quietFrom: null }, '2026-12-09T22:00:00.000Z', null],
  [undefined, '2026-12-09T22:00:00.000Z', null],
] as const)('quiet hours %j at %s end at %s', (wants, now, end) => {
  expect(
    quietUntil(wants === undefined ? wants : { ...wants, muted: [] }, at(now))?.toISOString() ?? null,
  ).toBe(end);
});

test.each([
  ['+14155550123', '+1'],
  ['+79161234567', '+7'],
  ['+4915112345678', '+49'],
  ['+353861234567', '+353'],
  ['+8801712345678', '+880'],
])('%s is in the country %s', (phone, prefix) => expect(countryPrefix(phone)).toBe(prefix));
