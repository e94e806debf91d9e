import type { ExportPage } from '@spacedly/contracts';
import { expect, test } from 'vitest';
import { paced } from './pace.ts';

const page: ExportPage = { section: 'tasks', rows: [], files: [], nextCursor: null };

test('a rest four times as long as the work before it, with an end', async () => {
  let now = 1_000;
  const rests: number[] = [];
  const rest = async (ms: number) => {
    rests.push(ms);
    now += ms;
  };
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
  await read('third');
  expect(rests).toEqual([100, 500]);
  expect(asked).toEqual([undefined, 'second', 'third']);
});
