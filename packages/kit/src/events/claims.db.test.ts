import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Platform } from '../platform.ts';
import { testPlatform, waitFor } from '../testing/index.ts';
import { findGone, nextWorkerNumber, PRESENCE_LOCK, recordClaim, takeBackFrom } from './claims.ts';
import { DELIVERY_QUEUE, deadLetterQueue, EXPORT_QUEUE, FILES_QUEUE } from './queues.ts';
import { quickTransaction } from './transaction.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const pool = () => platform.database.pool;
const stateOf = async (id: string) =>
  (await pool().query('SELECT state, retry_count FROM jobs.job WHERE id = $1', [id])).rows[0];

/** Fetches everything on a queue as a process does that will not settle it. */
async function fetchAs(worker: number, queue: string): Promise<string[]> {
  const { boss } = platform.jobs;
  return quickTransaction(pool())(async (tx) => {
    const db = { executeSql: (text: string, values?: unknown[]) => tx.query(text, values) };
    const ids = (await boss.fetch(queue, { batchSize: 100, db })).map(({ id }) => id);
    await recordClaim(tx, { worker, queue, slot: 0 }, ids);
    return ids;
  });
}

test('jobs of a process that is gone run again in a process that lives, once', async () => {
  const { jobs } = platform;
  await jobs.boss.insert(FILES_QUEUE, [{ data: { n: 1 } }, { data: { n: 2 } }]);
  const ids = await fetchAs(await nextWorkerNumber(pool()), FILES_QUEUE);
  expect(ids).toHaveLength(2);
  const ran: number[] = [];
  await jobs.work<{ n: number }>(FILES_QUEUE, async ({ n }) => {
    ran.push(n);
  });
  await waitFor(async () => (await stateOf(ids[1] as string)).state === 'completed', 8_000);
  await waitFor(async () => (await stateOf(ids[0] as string)).state === 'completed', 8_000);
  expect(ran.sort()).toEqual([1, 2]);
  expect((await stateOf(ids[0] as string)).retry_count).toBe(1);
});

test('a process that holds its lock is not gone; one that let go of it is taken from once', async () => {
  const { boss } = platform.jobs;
  await boss.insert(EXPORT_QUEUE, [{ data: {} }]);
  const worker = await nextWorkerNumber(pool());
  const [id] = await fetchAs(worker, EXPORT_QUEUE);
  const connection = await pool().connect();
  await connection.query('SELECT pg_advisory_lock($1, $2)', [PRESENCE_LOCK, worker]);
  expect(await findGone(pool())).toEqual([]);
  expect(await quickTransaction(pool())((tx) => takeBackFrom(tx, worker))).toBeNull();
  await connection.query('SELECT pg_advisory_unlock($1, $2)', [PRESENCE_LOCK, worker]);
  connection.release();
  expect(await findGone(pool())).toContain(worker);
  const taken = await Promise.all(
    Array.from({ length: 5 }, () => quickTransaction(pool())((tx) => takeBackFrom(tx, worker))),
  );
  expect(taken.flatMap((one) => one?.queues ?? [])).toEqual([EXPORT_QUEUE]);
  expect(await stateOf(id as string)).toEqual({ state: 'retry', retry_count: 0 });
});

test('what another process has fetched since is left to it', async () => {
  const { boss } = platform.jobs;
  const [first, second] = [await nextWorkerNumber(pool()), await nextWorkerNumber(pool())];
  const [id] = await fetchAs(first, EXPORT_QUEUE);
  await pool().query(`UPDATE jobs.job SET state = 'retry' WHERE id = $1`, [id]);
  expect(await fetchAs(second, EXPORT_QUEUE)).toEqual([id]);
  expect((await quickTransaction(pool())((tx) => takeBackFrom(tx, first)))?.queues).toEqual([]);
  expect((await stateOf(id as string)).state).toBe('active');
  await boss.complete(EXPORT_QUEUE, id as string);
});

test('a job whose processes die each time is given up', async () => {
  const { jobs } = platform;
  await jobs.boss.insert(DELIVERY_QUEUE, [{ data: { deliveryId: 'deadly' }, retryLimit: 0 }]);
  await fetchAs(await nextWorkerNumber(pool()), DELIVERY_QUEUE);
  let runs = 0;
  // Whoever works on any queue looks after all of them.
  await jobs.work(DELIVERY_QUEUE, async () => {
    runs += 1;
  });
  const letter = await waitFor(
    async () =>
      (await pool().query('SELECT * FROM jobs.job WHERE name = $1', [deadLetterQueue(DELIVERY_QUEUE)]))
        .rows[0],
    8_000,
  );
  expect(letter).toMatchObject({
    data: { deliveryId: 'deadly' },
    source_output: { message: 'the process that ran it died, each time' },
  });
  expect(runs).toBe(0);
});

test('a handler that loses its connection to the database runs again soon, without having used up a try', async () => {
  const { jobs, database } = platform;
  let runs = 0;
  await jobs.work<{ lost?: boolean }>(EXPORT_QUEUE, async () => {
    runs += 1;
    if (runs > 1) return;
    await database.pool.query('SELECT pg_terminate_backend(pg_backend_pid())');
  });
  await jobs.boss.insert(EXPORT_QUEUE, [{ data: { lost: true } }]);
  await waitFor(() => runs === 2, 8_000);
  const { rows } = await pool().query(`SELECT retry_count FROM jobs.job WHERE name = $1 AND data ? 'lost'`, [
    EXPORT_QUEUE,
  ]);
  expect(rows).toEqual([{ retry_count: 0 }]);
});
