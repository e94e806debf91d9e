import { openRedis, type Redis } from '@spacedly/kit';
import { hasRedis, startRedis, type TestRedis, testConfig, waitFor } from '@spacedly/kit/testing';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryStore } from './memory-store.ts';
import { createRedisStore } from './redis-store.ts';
import type { Limit } from './rules.ts';
import type { BucketStore } from './store.ts';

const HOUR_MS = 3_600_000;
let clients = 0;
const newClient = () => {
  clients += 1;
  return `client-${clients}`;
};
const limit = (capacity: number, windowMs = HOUR_MS, name = 'x'): Limit => ({
  name,
  capacity,
  windowMs,
  counts: 'requests',
  onOutage: 'open',
});

/** What every store must do, on the clock of the world: windows of an hour stand still for as long as a test runs. */
function suite(store: () => BucketStore): void {
  const take = async (limits: Limit[], client: string) => (await store().take(limits, client)).isAllowed;

  test('of 50 in parallel exactly the capacity is let in', async () => {
    const client = newClient();
    const answers = await Promise.all(Array.from({ length: 50 }, () => take([limit(7)], client)));
    expect(answers.filter(Boolean)).toHaveLength(7);
  });

  test('it says what is left, when it is full, and when to come again', async () => {
    const [client, two] = [newClient(), limit(2)];
    const first = await store().take([two], client);
    expect(first.levels[0]).toMatchObject({ remaining: 1, retryInMs: 0 });
    await store().take([two], client);
    const { isAllowed, levels } = await store().take([two], client);
    expect(isAllowed).toBe(false);
    expect(levels[0]?.remaining).toBe(0);
    expect(Math.abs((levels[0]?.fullInMs ?? 0) - HOUR_MS)).toBeLessThan(5_000);
    expect(Math.abs((levels[0]?.retryInMs ?? 0) - HOUR_MS / 2)).toBeLessThan(5_000);
  });

  test('time fills it up', async () => {
    const [client, fast] = [newClient(), limit(2, 100)];
    await take([fast], client);
    await take([fast], client);
    await waitFor(() => take([fast], client), 2_000, 'a new token');
  });

  test('clients and limits do not touch each other', async () => {
    const [one, other] = [newClient(), newClient()];
    expect(await take([limit(1)], one)).toBe(true);
    expect(await take([limit(1)], other)).toBe(true);
    expect(await take([limit(1, HOUR_MS, 'y')], one)).toBe(true);
    expect(await take([limit(1)], one)).toBe(false);
  });

  test('of several limits all are asked for a token, or none', async () => {
    const client = newClient();
    const [wide, narrow] = [limit(5, HOUR_MS, 'wide'), limit(1, HOUR_MS, 'narrow')];
    expect(await take([wide, narrow], client)).toBe(true);
    for (let tried = 0; tried < 9; tried += 1) expect(await take([wide, narrow], client)).toBe(false);
    expect((await store().take([wide], client)).levels[0]?.remaining).toBe(3);
  });

  test('what is given back can be taken again, and never more than that', async () => {
    const [client, two] = [newClient(), limit(2)];
    await store().giveBack(two, client);
    expect(await take([two], client)).toBe(true);
    expect(await take([two], client)).toBe(true);
    await store().giveBack(two, client);
    expect(await take([two], client)).toBe(true);
    expect(await take([two], client)).toBe(false);
  });

  test('any sequence of taking and giving back is that of a counter', async () => {
    const steps = fc.array(fc.constantFrom('take', 'give back'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), steps, async (capacity, actions) => {
        const [client, bucket] = [newClient(), limit(capacity)];
        let tokens = capacity;
        for (const action of actions) {
          if (action === 'take') expect(await take([bucket], client)).toBe(tokens >= 1);
          else await store().giveBack(bucket, client);
          tokens = action === 'take' ? Math.max(0, tokens - 1) : Math.min(capacity, tokens + 1);
        }
      }),
      { numRuns: 50 },
    );
  });
}

describe('in memory', () => {
  const store = createMemoryStore(() => performance.now());
  suite(() => store);

  test('a bucket that is full again is forgotten, one that is not is kept', () => {
    let now = 1;
    const clocked = createMemoryStore(() => now);
    for (let n = 0; n < 1_000; n += 1) clocked.take([limit(1, 1_000)], `early-${n}`);
    now = 1_000;
    expect(clocked.take([limit(1, 1_000)], 'early-7')).toMatchObject({ isAllowed: false });
    for (now = 1_001; now < 4_000; now += 500) clocked.take([limit(1, 1_000)], 'late');
    expect(clocked.size).toBeLessThanOrEqual(2);
  });

  test('a million addresses at once stay within bounds, and the last ones are known', () => {
    const bounded = createMemoryStore(() => 1, 10_000);
    for (let n = 0; n < 1_000_000; n += 1) bounded.take([limit(1)], `10.${n}`);
    expect(bounded.size).toBeLessThanOrEqual(10_000);
    for (let n = 999_000; n < 1_000_000; n += 1) {
      expect(bounded.take([limit(1)], `10.${n}`)).toMatchObject({ isAllowed: false });
    }
  });
});

describe.skipIf(!hasRedis())('in Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  let store: BucketStore;
  beforeAll(async () => {
    server = await startRedis();
    redis = (await openRedis(testConfig({ REDIS_URL: server.url }), pino({ level: 'silent' }))) as Redis;
    store = createRedisStore(redis, 'test:');
  });
  afterAll(async () => {
    redis.disconnect();
    await server.kill();
  });
  suite(() => store);

  test('two instances share one bucket, whose key goes by itself', async () => {
    const config = testConfig({ REDIS_URL: server.url });
    const second = (await openRedis(config, pino({ level: 'silent' }))) as Redis;
    const stores = [store, createRedisStore(second, 'test:')];
    const client = newClient();
    const takes = Array.from({ length: 50 }, (_, n) => stores[n % 2]?.take([limit(7, 60_000)], client));
    const answers = await Promise.all(takes);
    expect(answers.filter((answer) => answer?.isAllowed)).toHaveLength(7);
    second.disconnect();
    const leftMs = await redis.pttl(`test:limit:{${client}}:x`);
    expect(leftMs).toBeGreaterThan(55_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
  });

  test('a server that has forgotten the script is told it again', async () => {
    await redis.script('FLUSH');
    const client = newClient();
    expect(await store.take([limit(1)], client)).toMatchObject({ isAllowed: true });
    await redis.script('FLUSH');
    expect(await store.take([limit(1)], client)).toMatchObject({ isAllowed: false });
  });

  test('however many limits: one command', async () => {
    const calls = async () =>
      Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
    const before = await calls();
    await store.take([limit(5), limit(5, HOUR_MS, 'y'), limit(5, HOUR_MS, 'z')], newClient());
    expect(await calls()).toBe(before + 1);
  });
});
