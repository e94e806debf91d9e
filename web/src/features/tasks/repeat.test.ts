import { describe, expect, it } from 'vitest';
import { commonRules, parseRepeat } from './repeat-rule.ts';
import { repeatWords } from './repeat-words.ts';

const clock = { zone: 'Europe/Berlin', locale: 'en-GB' };

describe('parseRepeat', () => {
  it.each([
    ['FREQ=DAILY', { freq: 'DAILY', interval: 1, byDay: [] }],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', { interval: 2, byDay: ['MO', 'TH'] }],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=5', { byDay: ['-1FR'], count: 5, until: null }],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20271231', { byMonthDay: -1, until: '2027-12-31' }],
    ['FREQ=DAILY;UNTIL=20271231T090000Z', { until: '2027-12-31' }],
  ])('%s', (rrule, parts) => {
    expect(parseRepeat(rrule)).toMatchObject(parts);
  });

  it('leaves alone what it has no fields for', () => {
    expect(parseRepeat('FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2')).toBeNull();
    expect(parseRepeat('FREQ=MONTHLY;BYMONTHDAY=1,15')).toBeNull();
    expect(parseRepeat('nonsense')).toBeNull();
  });
});

it('knows the usual rules of a day', () => {
  expect(commonRules('2026-12-09')).toContain('FREQ=WEEKLY;BYDAY=WE');
  expect(commonRules('2026-12-09')).toContain('FREQ=MONTHLY;BYMONTHDAY=9');
});

describe('repeatWords', () => {
  it.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
    ['FREQ=WEEKLY;BYDAY=WE', 'every week on Wednesday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'every 2 weeks on Mon and Thu'],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=5', 'every month on the last Friday, 5 times'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2', 'by its own rule'],
  ])('%s is "%s"', (rrule, words) => {
    expect(repeatWords(rrule, clock)).toBe(words);
  });
});
