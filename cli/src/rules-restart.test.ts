import { expect, test } from 'vitest';
import { restartAfterMs } from './rules-restart.ts';

test.each([
  ['the first time', 10, 0, 1_000],
  ['soon again', 10, 1_000, 2_000],
  ['and again', 59_999, 2_000, 4_000],
  ['never longer than this', 10, 20_000, 30_000],
  ['after a life of its own', 60_000, 30_000, 1_000],
])('a process that ended is started again: %s', (_name, livedMs, waitedMs, expected) => {
  expect(restartAfterMs(livedMs, waitedMs)).toBe(expected);
});
