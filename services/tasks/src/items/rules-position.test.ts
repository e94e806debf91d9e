import { expect, test } from 'vitest';
import { assertMove, POSITION_STEP, positionAt, positionBetween } from './rules-position.ts';

test.each([
  [null, null, 0],
  [null, 5_000, 5_000 - POSITION_STEP],
  [5_000, null, 5_000 + POSITION_STEP],
  [0, 1_024, 512],
  [-3, 0, -2],
  [7, 8, null],
  [7, 7, null],
  [null, Number.MIN_SAFE_INTEGER, null],
  [Number.MAX_SAFE_INTEGER, null, null],
])('between %s and %s lies %s', (before, after, expected) => {
  expect(positionBetween(before, after)).toBe(expected);
});

test('ten moves fit between two tasks made a millisecond apart', () => {
  const low = positionAt(new Date(1_000));
  let high = positionAt(new Date(1_001));
  let moves = 0;
  for (;;) {
    const middle = positionBetween(low, high);
    if (middle === null) break;
    high = middle;
    moves += 1;
  }
  expect(moves).toBe(10);
});

test('positions stay exact numbers', () => {
  expect(Number.isSafeInteger(positionAt(new Date('2248-01-01T00:00:00Z')))).toBe(true);
});

test('a task is not put next to itself', () => {
  expect(() => assertMove('a', 'a')).toThrow(expect.objectContaining({ code: 'TASK_MOVE' }));
  expect(() => assertMove('a', 'b')).not.toThrow();
});
