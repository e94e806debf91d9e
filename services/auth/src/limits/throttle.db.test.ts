import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flows, flowsApp } from '../fixtures/flows.ts';

const MINUTE = 60_000;
const start = Date.parse('2026-03-01T12:00:00.000Z');
const throttle = { max: 3, windowMs: 15 * MINUTE, delayMs: MINUTE, maxDelayMs: 6 * MINUTE };

let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());

interface Judged {
  refused_by: string | null;
  retry_after_seconds: number | null;
}

async function count(
  throttled: object[],
  minute: number,
  network = randomUUID(),
  max = 100,
): Promise<Judged> {
  const { rows } = await t.platform.database.pool.query(
    'SELECT * FROM auth.count_sign_in($1::jsonb, $2, $3, $4, $5)',
    [JSON.stringify(throttled), network, max, 15 * MINUTE, new Date(start + minute * MINUTE)],
  );
  return rows[0];
}

/** Minutes until the next attempt, for attempts at the given minutes. */
async function waits(minutes: number[]): Promise<(number | 'free')[]> {
  const key = randomUUID();
  const waited: (number | 'free')[] = [];
  for (const minute of minutes) {
    const { refused_by, retry_after_seconds } = await count([{ key, ...throttle }], minute);
    waited.push(refused_by === null ? 'free' : (retry_after_seconds as number) / 60);
  }
  return waited;
}

test.each<[string, number[], (number | 'free')[]]>([
  ['the free ones', [0, 0, 0], ['free', 'free', 'free']],
  ['one more waits', [0, 0, 0, 0], ['free', 'free', 'free', 1]],
  [
    'each failure after it waits twice as long',
    [0, 0, 0, 1, 1, 3, 3, 7, 7],
    ['free', 'free', 'free', 'free', 2, 'free', 4, 'free', 6],
  ],
  ['a window later all are free again', [0, 0, 15, 15, 15], ['free', 'free', 'free', 'free', 'free']],
  ['but not once it was blocked', [0, 0, 0, 60, 60], ['free', 'free', 'free', 'free', 2]],
  [
    'until it was quiet for a day',
    [0, 0, 0, 1_440, 1_440, 1_440],
    ['free', 'free', 'free', 'free', 'free', 'free'],
  ],
  ['a refused attempt does not prolong the wait', [0, 0, 0, 0.5, 1], ['free', 'free', 'free', 0.5, 'free']],
])('%s', async (_name, minutes, expected) => {
  expect(await waits(minutes)).toEqual(expected);
});

test('what one key refuses counts under no other, and not against the network', async () => {
  const [full, free, network] = [randomUUID(), randomUUID(), randomUUID()];
  await count([{ key: full, ...throttle, max: 1 }], 0);
  const both = [
    { key: free, ...throttle },
    { key: full, ...throttle },
  ];
  expect((await count(both, 0, network)).refused_by).toBe(full);
  const { rows } = await t.platform.database.pool.query(
    'SELECT key FROM auth.login_throttles WHERE key = $1 UNION ALL SELECT key FROM auth.counters WHERE key = $2',
    [free, network],
  );
  expect(rows).toEqual([]);
});

test('a network is refused until its window ends; refused ones count too', async () => {
  const network = randomUUID();
  const attempt = (minute: number) => count([{ key: randomUUID(), ...throttle }], minute, network, 2);
  expect([(await attempt(0)).refused_by, (await attempt(5)).refused_by]).toEqual([null, null]);
  expect(await attempt(6)).toEqual({ refused_by: network, retry_after_seconds: 9 * 60 });
  expect((await attempt(14)).retry_after_seconds).toBe(60);
  expect((await attempt(15)).refused_by).toBe(null);
});

test('of many at the same moment exactly the free ones are allowed, also where nothing was counted before', async () => {
  const throttled = [{ key: randomUUID(), ...throttle }];
  const network = randomUUID();
  const judged = await Promise.all(Array.from({ length: 50 }, () => count(throttled, 0, network)));
  expect(judged.filter(({ refused_by }) => refused_by === null)).toHaveLength(3);
});
