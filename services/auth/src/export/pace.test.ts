import type { ExportPage } from '@spacedly/contracts';
import { expect, test } from 'vitest';
import { paced } from './pace.ts';

const pageOf = (rows: number): ExportPage => ({
  section: 'tasks',
  rows: Array.from({ length: rows }, (_, id) => ({ id })),
  files: [],
  nextCursor: null,
});

test('a rest four times as long as the work before it, with an end', async () => {
  let now = 1_000;
  const rests: number[] = [];
  const rest = async (ms: number) => {
    rests.push(ms);
    now += ms;
  };
  let page = pageOf(500);
  const asked: (string | undefined)[] = [];
  const read = paced(
    async (cursor) => {
      asked.push(cursor);
      now += 5;
      return page;
    },
    { now: () => now, rest },
  );
  expect(await read()).toBe(page);
  expect(rests).toEqual([]);
  now += 20; // It is written down.
  await read('second');
  now += 10_000; // A large file is copied.
  page = pageOf(99);
  await read('third');
  await read('after a small one');
  expect(rests).toEqual([100, 500]);
  expect(asked).toEqual([undefined, 'second', 'third', 'after a small one']);
});
