import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { hasRedis, startRedis, type TestRedis } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient, type Person } from '../harness/client.ts';
import { type Cluster, startCluster } from '../harness/cluster.ts';
import { listen } from '../harness/events.ts';
import { waitFor } from '../harness/wait.ts';

if (!hasRedis()) console.warn('SKIPPED a cluster with Redis: no redis-server found.');

let cluster: Cluster;
let clients: [Client, Client];
let person: Person;

async function open(settings: Record<string, string>): Promise<void> {
  // What a person may upload, counted without uploading anything.
  cluster = await startCluster({ RATE_LIMIT_UPLOAD: '6/1h', ...settings });
  clients = cluster.gateways.map(({ url }) => createClient(url)) as [Client, Client];
  person = await clients[0].signUp();
}
const client = (turn: number) => clients[turn % 2] as Client;

/** What holds for two of everything, whatever they share it through. */
function suite(): void {
  test('who signs out is out at once where they did so, and within a second at every process', async () => {
    for (let round = 0; round < 10; round += 1) {
      const json = { identifier: person.email, password: person.password };
      const login = await client(round).send<{ tokens: { accessToken: string } }>('/v1/auth/login', {
        method: 'POST',
        json,
      });
      const headers = { authorization: `Bearer ${login.body.tokens.accessToken}` };
      const services = [...cluster.gateways, ...cluster.tasks].map(({ url }) => `${url}/v1/tasks`);
      const people = [...cluster.gateways, ...cluster.others].map(({ url }) => `${url}/v1/users/me`);
      const status = async (url: string) => (await fetch(url, { headers })).status;
      const statuses = () => Promise.all([...services, ...people].map(status));
      expect(await statuses()).toEqual(Array(8).fill(200));
      expect((await client(round).send('/v1/auth/logout', { method: 'POST', headers })).status).toBe(204);
      expect((await client(round).send('/v1/users/me', { headers })).status).toBe(401);
      // The others are told by a signal, which the answer does not wait for.
      const isOutEverywhere = async () => (await statuses()).every((each) => each === 401);
      await waitFor(isOutEverywhere, 1_000, 'the end of the session');
    }
  });

  test('what happens through one is live on every stream of both', async () => {
    const urls = [...cluster.gateways, ...cluster.gateways, ...cluster.others].map(({ url }) => url);
    const feeds = await Promise.all(
      urls.map((url) => listen(`${url}/v1/notifications/stream`, person.headers)),
    );
    for (const turn of [0, 1]) {
      const { headers } = person;
      const task = await client(turn).send<{ id: string }>('/v1/tasks', {
        method: 'POST',
        headers,
        json: { title: 'Seen everywhere' },
      });
      await client(turn).send(`/v1/tasks/${task.body.id}/complete`, { method: 'POST', headers });
      const isThere = ({ data }: { data: string }) => data.includes(task.body.id);
      await Promise.all(
        feeds.map(({ events }) => waitFor(() => events.some(isThere), 2_000, 'the live event')),
      );
    }
    for (const feed of feeds) feed.close();
  });

  test('a change through one is read through the other at once, cached as it may be', async () => {
    const { headers } = person;
    const path = '/v1/tasks?sort=createdAt&limit=1';
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.all([0, 1].map((each) => client(each).send(path, { headers })));
      const title = `Change ${turn}`;
      await client(turn).send('/v1/tasks', { method: 'POST', headers, json: { title } });
      const read = await client(turn + 1).send<{ items: { title: string }[] }>('/v1/tasks?limit=100', {
        headers,
      });
      expect(read.body.items.map((task) => task.title)).toContain(title);
    }
  });
}

/** The statuses of as many attempts to upload nothing, at both gateways in turn. */
async function attempts(count: number): Promise<number[]> {
  const someone = await clients[0].signUp();
  const answers = Array.from({ length: count }, (_, turn) =>
    client(turn).send(`/v1/tasks/${randomUUID()}/attachments`, { method: 'POST', headers: someone.headers }),
  );
  return (await Promise.all(answers)).map(({ status }) => status);
}
const refusedOf = (statuses: number[]) => statuses.filter((status) => status === 429).length;

describe('two of everything on PostgreSQL alone', () => {
  beforeAll(() => open({}));
  afterAll(() => cluster?.stop());
  suite();

  test('a task service killed under load is missed by none who reads, and soon by none who writes', async () => {
    const failed: { at: number; what: string }[] = [];
    let isOver = false;
    const ask = async (turn: number, method: string, json?: object) => {
      const headers = { ...person.headers, 'idempotency-key': randomUUID() };
      const path = method === 'GET' ? '/v1/tasks?limit=5' : '/v1/tasks';
      const { status } = await client(turn).send(path, { method, headers, ...(json && { json }) });
      if (status >= 400) failed.push({ at: performance.now(), what: `${method} ${status}` });
    };
    const use = async (turn: number) => {
      while (!isOver) {
        await ask(turn, 'GET');
        await ask(turn, 'POST', { title: 'Kept' });
      }
    };
    const using = Promise.all([0, 1, 2, 3].map(use));
    const [killed] = cluster.tasks;
    await delay(500);
    killed.running.child.kill('SIGKILL');
    // Each gateway has found nobody there by then.
    await delay(1_000);
    const isKnownAt = performance.now();
    await delay(2_000);
    killed.start();
    await cluster.ready(killed);
    await delay(1_000);
    isOver = true;
    await using;
    expect(failed.filter(({ what }) => what.startsWith('GET'))).toEqual([]);
    expect(failed.filter(({ what }) => !/ 50[23]$/.test(what))).toEqual([]);
    expect(failed.filter(({ at }) => at > isKnownAt)).toEqual([]);
  });

  test('each gateway holds a limit for itself', async () => {
    expect(refusedOf(await attempts(20))).toBe(8);
  });
});

describe.skipIf(!hasRedis())('two of everything with Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
    await open({ REDIS_URL: redis.url, RATE_LIMIT_DEFAULT: '100000/1h' });
  });
  afterAll(async () => {
    await cluster?.stop();
    await redis?.kill();
  });
  suite();

  test('both gateways hold a limit together', async () => {
    expect(refusedOf(await attempts(20))).toBe(14);
  });

  test('Redis killed and started again under load: no 5xx, each gateway counts alone, then together', async () => {
    const statuses: number[] = [];
    let isOver = false;
    const use = async (turn: number) => {
      while (!isOver) {
        statuses.push((await client(turn).send('/v1/tasks?limit=1', { headers: person.headers })).status);
      }
    };
    const using = Promise.all([0, 1, 2, 3].map(use));
    await delay(300);
    await redis.kill();
    await waitFor(async () => {
      const { body } = await clients[1].send<string>('/metrics');
      return /rate_limit_decisions_total\{limit="default",outcome="fallback"\} [1-9]/.test(body);
    }, 5_000);
    expect(refusedOf(await attempts(20))).toBe(8);
    await redis.start();
    await waitFor(async () => refusedOf(await attempts(20)) === 14, 10_000, 'the shared buckets');
    isOver = true;
    await using;
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(statuses.length).toBeGreaterThan(100);
  });
});
