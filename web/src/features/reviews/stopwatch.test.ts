import { expect, it } from 'vitest';
import { createStopwatch } from './stopwatch.ts';

it('counts what passes while it runs, and nothing while it is paused', () => {
  let now = 1_000;
  const watch = createStopwatch(() => now);
  now += 500;
  watch.pause();
  now += 60_000;
  watch.pause();
  expect(watch.elapsedMs()).toBe(500);
  watch.resume();
  now += 250.4;
  watch.resume();
  now += 250;
  expect(watch.elapsedMs()).toBe(1_000);
  watch.restart();
  now += 7;
  expect(watch.elapsedMs()).toBe(7);
});

it('runs again after a restart while it was paused', () => {
  let now = 0;
  const watch = createStopwatch(() => now);
  watch.pause();
  watch.restart();
  now += 30;
  expect(watch.elapsedMs()).toBe(30);
});
