import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('so many run at once, so many wait in order, and the rest is refused', async () => {
  const gate = createGate(2, 3);
  const begun: number[] = [];
  const ends: PromiseWithResolvers<number>[] = [];
  const work = (n: number) => () => {
    begun.push(n);
    const end = Promise.withResolvers<number>();
    ends.push(end);
    return end.promise;
  };
  const asked = [0, 1, 2, 3, 4].map((n) => gate(work(n)));
  await expect(gate(work(5))).rejects.toMatchObject({
    code: 'SIGN_IN_BUSY',
    status: 503,
    retryAfterSeconds: 2,
  });
  expect(begun).toEqual([0, 1]);

  ends[0]?.resolve(0);
  expect(await asked[0]).toBe(0);
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  // What fails makes room like what succeeds.
  ends[1]?.reject(new Error('no'));
  await expect(asked[1]).rejects.toThrow('no');
  await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
  ends[2]?.resolve(2);
  await expect.poll(() => begun).toEqual([0, 1, 2, 3, 4]);
  ends[3]?.resolve(3);
  ends[4]?.resolve(4);
  expect(await Promise.all(asked.slice(2))).toEqual([2, 3, 4]);
  expect(await gate(async () => 'free again')).toBe('free again');
});
