import { expect, test } from 'vitest';
import { noticeFor, planNotice } from './rules-notice.ts';

const at = (text: string) => new Date(text);
const berlin = (now: string) => ({ now: at(now), timeZone: 'Europe/Berlin' });

test.each([
  [
    'later today, still before eight',
    '2026-03-04T05:00:00Z',
    '2026-03-04T20:00:00Z',
    '2026-03-04T07:00:00.000Z',
  ],
  ['today, after eight', '2026-03-04T09:00:00Z', '2026-03-04T20:00:00Z', '2026-03-05T07:00:00.000Z'],
  ['in three days', '2026-03-04T09:00:00Z', '2026-03-07T01:00:00Z', '2026-03-07T07:00:00.000Z'],
  ['overdue', '2026-03-04T05:00:00Z', '2026-01-01T00:00:00Z', '2026-03-04T07:00:00.000Z'],
  ['after clocks changed', '2026-03-27T09:00:00Z', '2026-03-30T12:00:00Z', '2026-03-30T06:00:00.000Z'],
])('a review due %s', (_name, now, dueAt, expected) => {
  expect(noticeFor(at(dueAt), berlin(now)).toISOString()).toBe(expected);
});

const morning = berlin('2026-03-04T07:00:05Z');

test('told once, then tomorrow again while something waits', () => {
  const plan = planNotice({ lastDay: '2026-03-03' }, { count: 3, next: null }, morning);
  expect(plan).toEqual({ isTold: true, noticeAt: at('2026-03-05T07:00:00Z'), lastDay: '2026-03-04' });
  const again = planNotice({ lastDay: '2026-03-04' }, { count: 3, next: null }, morning);
  expect(again).toMatchObject({ isTold: false, noticeAt: at('2026-03-05T07:00:00Z') });
});

test('nothing due is not told; the next one sets the day', () => {
  const next = at('2026-03-09T15:00:00Z');
  expect(planNotice({ lastDay: null }, { count: 0, next }, morning)).toEqual({
    isTold: false,
    noticeAt: at('2026-03-09T07:00:00Z'),
    lastDay: null,
  });
  expect(planNotice({ lastDay: null }, { count: 0, next: null }, morning).noticeAt).toBeNull();
});

test('somebody who moved to a zone where it is still night is told in the morning there', () => {
  const plan = planNotice(
    { lastDay: null },
    { count: 1, next: null },
    { ...morning, timeZone: 'America/New_York' },
  );
  expect(plan).toMatchObject({ isTold: false, noticeAt: at('2026-03-04T13:00:00Z') });
});
