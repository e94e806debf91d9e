import { validate, version } from 'uuid';
import { expect, test } from 'vitest';
import { createRequestIds } from './ids.ts';

test('ids of requests are UUIDs of version 7, each of them once', () => {
  const next = createRequestIds();
  const ids = Array.from({ length: 2_000 }, next);
  expect(ids.filter((id) => !validate(id) || version(id) !== 7)).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids.map((id) => id[19]))).toEqual(new Set('89ab'));
});

test('they begin with the time, as it goes on', () => {
  let now = Date.UTC(2026, 11, 1);
  const next = createRequestIds(() => now);
  const timeOf = (id: string) => Number.parseInt(id.slice(0, 13).replace('-', ''), 16);
  expect([timeOf(next()), timeOf(next())]).toEqual([now, now]);
  now += 1;
  expect(timeOf(next())).toBe(now);
});
