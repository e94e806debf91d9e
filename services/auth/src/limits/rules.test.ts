import { expect, test } from 'vitest';
import { decideAttempt, type Throttle, type ThrottleState } from './rules.ts';

const MINUTE = 60_000;
const start = Date.parse('2026-03-01T12:00:00.000Z');
const at = (minutes: number) => new Date(start + minutes * MINUTE);
const throttle: Throttle = { max: 3, windowMs: 15 * MINUTE, delayMs: MINUTE, maxDelayMs: 6 * MINUTE };

/** Minutes until the next attempt, for attempts at the given minutes. */
function waits(minutes: number[]): (number | 'free')[] {
  let state: ThrottleState | null = null;
  return minutes.map((minute) => {
    const decision = decideAttempt(state, throttle, at(minute));
    if (!decision.isAllowed) return decision.retryAfterSeconds / 60;
    state = decision.next;
    return 'free';
  });
}

test.each<[string, number[], (number | 'free')[]]>([
  ['the free ones', [0, 0, 0], ['free', 'free', 'free']],
  ['one more waits', [0, 0, 0, 0], ['free', 'free', 'free', 1]],
  [
    'each failure after it waits twice as long',
    [0, 0, 0, 1, 1, 3, 3, 7, 7],
    ['free', 'free', 'free', 'free', 2, 'free', 4, 'free', 6],
  ],
  ['a window later all are free again', [0, 0, 15, 15, 15], ['free', 'free', 'free', 'free', 'free']],
  ['but not once it was blocked', [0, 0, 0, 60, 60], ['free', 'free', 'free', 'free', 2]],
  [
    'until it was quiet for a day',
    [0, 0, 0, 1_440, 1_440, 1_440],
    ['free', 'free', 'free', 'free', 'free', 'free'],
  ],
  ['a refused attempt does not prolong the wait', [0, 0, 0, 0.5, 1], ['free', 'free', 'free', 0.5, 'free']],
])('%s', (_name, minutes, expected) => {
  expect(waits(minutes)).toEqual(expected);
});
