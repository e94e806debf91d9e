import { counting } from '../counting.ts';

const count = counting('en');

export type RepeatUnit = 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
const UNIT: Record<RepeatUnit, readonly [string, string]> = {
  HOURLY: ['hour', 'hours'],
  DAILY: ['day', 'days'],
  WEEKLY: ['week', 'weeks'],
  MONTHLY: ['month', 'months'],
  YEARLY: ['year', 'years'],
};
const ORDINAL: Record<number, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' };

export const repeat = {
  label: 'Repeats',
  none: 'Does not repeat',
  custom: 'Custom…',
  every: (unit: RepeatUnit, n: number) =>
    n === 1 ? `every ${UNIT[unit][0]}` : `every ${n} ${UNIT[unit][1]}`,
  weekdays: 'every weekday',
  on: (rest: string) => ` on ${rest}`,
  onMonthDay: (day: number) => (day === -1 ? ' on the last day' : ` on day ${day}`),
  nth: (which: number, day: string) => `the ${ORDINAL[which] ?? `${which}th`} ${day}`,
  until: (day: string) => `, until ${day}`,
  times: (n: number) => `, ${count(n, 'time', 'times')}`,
  other: 'by its own rule',
  list: (items: readonly string[]) => new Intl.ListFormat('en').format(items),
  rule: 'Rule (RFC 5545)',
  ruleHint: 'For anything the fields above cannot say, for example FREQ=MONTHLY;BYDAY=-1FR',
  anchor: 'Count from',
  anchors: { due: 'the due date', completion: 'when I complete it' },
};
