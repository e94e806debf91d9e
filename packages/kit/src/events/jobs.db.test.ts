import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Platform } from '../platform.ts';
import { testPlatform, waitFor } from '../testing/index.ts';
import { DELIVERY_QUEUE, deadLetterQueue } from './queues.ts';
import { PermanentJobError } from './worker.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const jobsOf = async (queue: string) =>
  (await platform.database.pool.query('SELECT * FROM jobs.job WHERE name = $1 ORDER BY created_on', [queue]))
    .rows;

test('a job of a rolled back transaction does not exist; one for later waits', async () => {
  const { jobs, database } = platform;
  const rolledBack = database.db.transaction(async (tx) => {
    await jobs.enqueue(tx, DELIVERY_QUEUE, [{ n: 1 }]);
    throw new Error('changed my mind');
  });
  await expect(rolledBack).rejects.toThrow('changed my mind');
  const startAfter = new Date(Date.now() + 3_600_000);
  await database.db.transaction((tx) => jobs.enqueue(tx, DELIVERY_QUEUE, [{ n: 2 }], { startAfter }));
  await database.db.transaction((tx) => jobs.enqueue(tx, DELIVERY_QUEUE, []));
  const rows = await jobsOf(DELIVERY_QUEUE);
  expect(rows.map(({ data, start_after }) => [data, start_after])).toEqual([[{ n: 2 }, startAfter]]);
  expect(await jobs.boss.fetch(DELIVERY_QUEUE)).toEqual([]);
});

test('a permanent error goes straight to the dead letters with its reason, any other is tried again', async () => {
  const { jobs, database } = platform;
  await jobs.work<{ n: number }>(DELIVERY_QUEUE, async ({ n }) => {
    if (n === 3) throw new PermanentJobError('nobody can do this');
    if (n === 4) throw new Error('not now');
  });
  await database.db.transaction((tx) => jobs.enqueue(tx, DELIVERY_QUEUE, [{ n: 3 }, { n: 4 }, { n: 5 }]));
  const [dead] = await waitFor(async () => {
    const rows = await jobsOf(deadLetterQueue(DELIVERY_QUEUE));
    return rows.length > 0 && rows;
  });
  expect(dead).toMatchObject({ data: { n: 3 }, source_output: { message: 'nobody can do this' } });
  await waitFor(async () => (await jobsOf(DELIVERY_QUEUE)).some(({ state }) => state === 'retry'));
  const states = (await jobsOf(DELIVERY_QUEUE)).map(({ data, state }) => [data.n, state]);
  expect(states).toEqual(
    expect.arrayContaining([
      [3, 'failed'],
      [4, 'retry'],
      [5, 'completed'],
    ]),
  );
});
