import { expect, test } from 'vitest';
import { batched } from './batch.ts';

test('calls that come while a batch runs share the next one', async () => {
  const batches: number[][] = [];
  const double = batched<number, number>(async (items) => {
    batches.push(items);
    await Promise.resolve();
    return items.map((item) => item * 2);
  }, 3);
  expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(await double(6)).toBe(12);
});

test('a bad item fails alone', async () => {
  const run = batched<number, number>(async (items) => {
    if (items.includes(13)) throw new Error('unlucky');
    return items;
  }, 10);
  const settled = await Promise.allSettled([12, 13, 14].map(run));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a database that is away is not asked once per item', async () => {
  let calls = 0;
  const run = batched<number, number>(async () => {
    calls += 1;
    throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  }, 10);
  const settled = await Promise.allSettled([1, 2, 3].map(run));
  expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
  expect(calls).toBe(1);
});
