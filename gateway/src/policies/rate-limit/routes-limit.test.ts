import { openRedis } from '@spacedly/kit';
import { hasRedis, startRedis, type TestApp, type TestRedis, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateway } from '../../app.ts';
import { namedLimits } from './limits.ts';
import { routeLimit } from './policy.ts';

type Settings = Parameters<typeof testApp>[1];
type Config = NonNullable<NonNullable<Settings>['config']>;

/** A gateway with routes under each limit; the status they answer with is that of the query. */
function limited(config: Config): Promise<TestApp> {
  return testApp([], {
    config: { AUTH_URL: 'http://127.0.0.1:9', ...config },
    front: {
      ...gateway,
      async routes(app, platform) {
        const named = namedLimits(platform.config);
        for (const name of ['default', 'auth', 'upload'] as const) {
          const rateLimit = routeLimit([named.default, name === 'default' ? null : named[name]], false);
          app.get<{ Querystring: { status?: string } }>(
            `/${name}`,
            { config: { ...(rateLimit && { rateLimit }) } },
            (request, reply) => reply.code(Number(request.query.status ?? 200)).send(),
          );
        }
        app.get('/free', (_request, reply) => reply.send());
      },
    },
  });
}

/** Up to ten seconds less, as time goes on while a test runs. */
const WITHIN_180_SECONDS = /^1(7\d|80)$/;

const from = (remoteAddress: string, url: string) => ({ url, remoteAddress });

describe('in one process', () => {
  let gate: TestApp;
  beforeAll(async () => {
    gate = await limited({ RATE_LIMIT_DEFAULT: '20/1h', RATE_LIMIT_UPLOAD: '2/1h' });
  });
  afterAll(() => gate.close());
  const get = (ip: string, url: string) => gate.app.inject(from(ip, url));

  test('of 50 in parallel 20 are let in; the others hear when to come again', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => get('192.0.2.1', '/default')));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20);
    expect(refused).toHaveLength(30);
    expect(refused[0]?.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': expect.stringMatching(WITHIN_180_SECONDS),
      'ratelimit-policy': '"default";q=20;w=3600',
      ratelimit: expect.stringMatching(/^"default";r=0;t=3(59\d|600)$/),
    });
    expect(refused[0]?.json()).toMatchObject({ status: 429, type: expect.stringMatching(/rate-limited$/) });
  });

  test('every answer says what is left', async () => {
    const { headers } = await get('192.0.2.2', '/upload');
    expect(headers['ratelimit-policy']).toBe('"default";q=20;w=3600, "upload";q=2;w=3600');
    expect(headers.ratelimit).toBe('"default";r=19;t=180, "upload";r=1;t=1800');
    expect((await get('192.0.2.2', '/free')).headers).not.toHaveProperty('ratelimit');
  });

  test('an IPv6 household is one client, an IPv4 address is one however it is written', async () => {
    const remaining = async (ip: string) =>
      /r=(\d+)/.exec((await get(ip, '/default')).headers.ratelimit as string)?.[1];
    expect(await remaining('2001:db8:1:2::1')).toBe('19');
    expect(await remaining('2001:db8:1:2:ffff::9')).toBe('18');
    expect(await remaining('2001:db8:1:3::1')).toBe('19');
    expect(await remaining('192.0.2.3')).toBe('19');
    expect(await remaining('::ffff:192.0.2.3')).toBe('18');
  });

  test('a limit of failures: successes do not count, the sixth failure is refused', async () => {
    for (let n = 0; n < 8; n += 1) expect((await get('192.0.2.4', '/auth')).statusCode).toBe(200);
    for (let n = 0; n < 5; n += 1) expect((await get('192.0.2.4', '/auth?status=401')).statusCode).toBe(401);
    const refused = await get('192.0.2.4', '/auth?status=401');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toMatch(WITHIN_180_SECONDS);
    expect((await get('192.0.2.5', '/auth?status=401')).statusCode).toBe(401);
  });

  test('of 50 failures in parallel five are tried', async () => {
    const many = await limited({ RATE_LIMIT_DEFAULT: 'off' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => many.app.inject('/auth?status=403')));
    expect(answers.filter(({ statusCode }) => statusCode === 403)).toHaveLength(5);
    await many.close();
  });
});

describe.skipIf(!hasRedis())('with Redis', () => {
  let redis: TestRedis;
  let gates: TestApp[];
  beforeAll(async () => {
    redis = await startRedis();
    const config = {
      REDIS_URL: redis.url,
      RATE_LIMIT_DEFAULT: '20/1h',
      RATE_LIMIT_UPLOAD: '1000/1h',
      RATE_LIMIT_FAIL_CLOSED: ['upload'],
    };
    gates = [await limited(config), await limited(config)];
  });
  afterAll(async () => {
    await Promise.all(gates.map((gate) => gate.close()));
    await redis.kill();
  });

  const get = (ip: string, url: string, which = 0) => (gates[which] as TestApp).app.inject(from(ip, url));
  const statuses = async (ip: string, url: string, count: number) => {
    const answers = await Promise.all(Array.from({ length: count }, (_, n) => get(ip, url, n % 2)));
    return answers.map(({ statusCode }) => statusCode);
  };
  const countOf = (all: number[], one: number) => all.filter((status) => status === one).length;
  const remaining = async (ip: string, which: number) =>
    Number(/r=(\d+)/.exec((await get(ip, '/default', which)).headers.ratelimit as string)?.[1]);

  test('two instances let in as many as one would', async () => {
    const seen = await statuses('192.0.2.1', '/default', 50);
    expect([countOf(seen, 200), countOf(seen, 429)]).toEqual([20, 30]);
  });

  test('killed and started again: never a 5xx but where a limit is closed then; both recover by themselves', async () => {
    await redis.kill();
    const open = await statuses('192.0.2.2', '/default', 60);
    // Each instance counts alone.
    expect([countOf(open, 200), countOf(open, 429)]).toEqual([40, 20]);
    const closed = await get('192.0.2.3', '/upload');
    expect(closed.statusCode).toBe(503);
    expect(closed.headers['retry-after']).toBe('1');
    expect((await get('192.0.2.3', '/health/ready')).json()).toEqual({
      status: 'ready',
      degraded: ['redis'],
    });
    const health = await get('192.0.2.3', '/health');
    expect([health.statusCode, health.json().status, health.json().checks.redis.status]).toEqual([
      200,
      'degraded',
      'down',
    ]);
    const metrics = await gates[0]?.platform.metrics.registry.metrics();
    expect(metrics).toMatch(/rate_limit_decisions_total\{limit="default",outcome="fallback"\} [1-9]/);

    await redis.start();
    await waitFor(
      async () => (await get('192.0.2.4', '/upload')).statusCode === 200,
      5_000,
      'the shared buckets',
    );
    await waitFor(
      async () => (await remaining('192.0.2.5', 0)) - (await remaining('192.0.2.5', 1)) === 1,
      5_000,
    );
    const config = gates[0]?.platform.config;
    const direct = config && (await openRedis(config, (gates[0] as TestApp).platform.log));
    expect(await direct?.exists('spacedly:limit:{network:192.0.2.5}:default')).toBe(1);
    direct?.disconnect();
  });

  test('one that hangs holds nobody up', async () => {
    redis.freeze(true);
    try {
      const startedAt = performance.now();
      for (let n = 0; n < 10; n += 1) expect((await get('192.0.2.6', '/default')).statusCode).toBe(200);
      // One command ran into its time limit of 200 ms, the others were not even sent.
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    } finally {
      redis.freeze(false);
    }
  });
});
