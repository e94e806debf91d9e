import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Proxied, startProxied, type TestUpstream } from './fixture.ts';
import { measureUpstreams } from './measure.ts';

let proxied: Proxied;
afterEach(() => proxied.close());

const send = (method = 'GET', body?: string) =>
  fetch(`${proxied.url}/v1/tasks`, { method, ...(body !== undefined && { body }) });

/** Statuses of `count` requests, one after the other. */
async function statuses(count: number, method = 'GET', body?: string): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const answer = await send(method, body);
    await answer.arrayBuffer();
    seen.push(answer.status);
  }
  return seen;
}

describe('of two upstreams', () => {
  let good: TestUpstream;
  let bad: TestUpstream;
  beforeEach(async () => {
    proxied = await startProxied({}, 2);
    [good, bad] = proxied.upstreams as [TestUpstream, TestUpstream];
  });

  test('both share the requests', async () => {
    expect(new Set(await statuses(40))).toEqual(new Set([200]));
    expect(good.seen.length).toBeGreaterThan(5);
    expect(bad.seen.length).toBeGreaterThan(5);
  });

  test.each([
    ['hangs up', () => bad.answer((request) => request.socket.destroy())],
    ['answers nonsense', () => bad.answer((request) => request.socket.end('nonsense'))],
    ['says 503', () => bad.answer((_request, response) => response.writeHead(503).end('x'.repeat(10_000)))],
    [
      'says 502 and much more',
      () => bad.answer((_request, response) => response.writeHead(502).end('x'.repeat(500_000))),
    ],
    ['is gone', () => bad.close()],
  ])('one that %s is made up for by the other', async (_name, fail) => {
    fail();
    // As many as there are retries from the start, should chance send them all to the bad one.
    expect(new Set(await statuses(5, 'GET'))).toEqual(new Set([200]));
    expect(new Set(await statuses(5, 'DELETE'))).toEqual(new Set([200]));
  });

  test('a body that nobody has read yet goes to the other', async () => {
    bad.close();
    good.answer(async (request, response) => response.end(Buffer.concat(await request.toArray())));
    for (let round = 0; round < 5; round += 1) expect(await (await send('PUT', 'text')).text()).toBe('text');
  });

  test('what must not be sent twice is not', async () => {
    for (const upstream of [good, bad]) upstream.answer((request) => request.socket.destroy());
    expect(await statuses(3, 'POST', 'text')).toEqual([502, 502, 502]);
    expect(good.seen.length + bad.seen.length).toBe(3);
    expect(await statuses(3, 'PATCH', 'text')).toEqual([502, 502, 502]);
    expect(good.seen.length + bad.seen.length).toBe(6);
  });

  test('at most one retry, and none for an answer that is late', async () => {
    for (const upstream of [good, bad]) upstream.answer((request) => request.socket.destroy());
    expect(await statuses(2)).toEqual([502, 502]);
    expect(good.seen.length + bad.seen.length).toBe(4);
    for (const upstream of [good, bad]) upstream.answer(() => {});
    expect(await statuses(1)).toEqual([504]);
    expect(good.seen.length + bad.seen.length).toBe(5);
  });

  test('retries stay within their budget', async () => {
    for (const upstream of [good, bad])
      upstream.answer((_request, response) => response.writeHead(503).end());
    await Promise.all(Array.from({ length: 15 }, () => statuses(1)));
    // 15 requests, and the 10 retries that are there from the start and a tenth of the requests at the most.
    expect(good.seen.length + bad.seen.length).toBeLessThanOrEqual(26);
  });

  test('one where nobody listens is asked once, and again when it is back', async () => {
    await proxied.groups[0]?.checked;
    bad.close();
    const first = await statuses(40, 'POST', 'text');
    expect(first.filter((status) => status !== 200).length).toBeLessThanOrEqual(1);
    bad.server.listen(Number(new URL(bad.url).port), '127.0.0.1');
    bad.seen.length = 0;
    const isAsked = async () => {
      await statuses(20, 'POST', 'text');
      return bad.seen.length > 0;
    };
    await expect.poll(isAsked, { timeout: 10_000 }).toBe(true);
  });

  test('one that says it is not ready gets nothing until it is', async () => {
    bad.readiness = 503;
    await expect
      .poll(
        async () => {
          bad.seen.length = 0;
          await statuses(20, 'POST', 'text');
          return bad.seen.length;
        },
        { timeout: 10_000 },
      )
      .toBe(0);
    bad.readiness = 200;
    await expect
      .poll(
        async () => {
          await statuses(20, 'POST', 'text');
          return bad.seen.length;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
  });

  test('when neither is ready both are asked anyhow, until one is', async () => {
    for (const upstream of [good, bad]) upstream.readiness = 503;
    measureUpstreams(proxied.gateway.platform, () => proxied.groups);
    const metrics = async () => (await proxied.gateway.platform.metrics.registry.metrics()).split('\n');
    await expect.poll(metrics, { timeout: 10_000 }).toContain('spacedly_upstream_panic{pool="tasks"} 1');
    expect(await metrics()).toContain(`spacedly_upstream_healthy{upstream="${bad.url}"} 0`);
    expect(new Set(await statuses(40, 'POST', 'text'))).toEqual(new Set([200]));
    expect(Math.min(good.seen.length, bad.seen.length)).toBeGreaterThan(5);
    // One that is as ill as it says is still made up for by the other.
    bad.answer((request) => request.socket.destroy());
    expect(new Set(await statuses(5))).toEqual(new Set([200]));
    good.readiness = 200;
    await expect.poll(metrics, { timeout: 10_000 }).toContain('spacedly_upstream_panic{pool="tasks"} 0');
    expect(await metrics()).toContain(`spacedly_upstream_healthy{upstream="${good.url}"} 1`);
    bad.seen.length = 0;
    expect(new Set(await statuses(20, 'POST', 'text'))).toEqual(new Set([200]));
    expect(bad.seen).toEqual([]);
  });

  test('when neither is ready and both only fail: 503 at once, with Retry-After', async () => {
    for (const upstream of [good, bad]) {
      upstream.readiness = 503;
      upstream.answer((_request, response) => response.writeHead(500).end());
    }
    await expect.poll(() => proxied.groups[0]?.isInPanic(), { timeout: 10_000 }).toBe(true);
    await expect.poll(async () => (await send()).status, { timeout: 10_000, interval: 1 }).toBe(503);
    const seen = good.seen.length + bad.seen.length;
    const refused = await send();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(good.seen.length + bad.seen.length).toBe(seen);
  });
});

describe('of one upstream', () => {
  beforeEach(async () => {
    proxied = await startProxied();
  });

  test('its own 503 goes back as it is', async () => {
    proxied.answer((_request, response) => response.writeHead(503, { 'retry-after': '7' }).end('busy'));
    const answer = await send();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(await answer.text()).toBe('busy');
  });

  test('a connection that breaks is made up for by a new one', async () => {
    let isFirst = true;
    proxied.answer((request, response) => {
      if (isFirst) request.socket.destroy();
      else response.end('ok');
      isFirst = false;
    });
    expect(await (await send()).text()).toBe('ok');
  });

  test('after 20 failures it is left alone: 503 at once with Retry-After, until a probe finds it well', async () => {
    proxied.answer((_request, response) => response.writeHead(504).end());
    expect(new Set(await statuses(20))).toEqual(new Set([504]));
    const seen = proxied.seen.length;
    const refused = await send();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThanOrEqual(4);
    expect(retryAfter).toBeLessThanOrEqual(5);
    expect(proxied.seen.length).toBe(seen);
    proxied.answer((_request, response) => response.end('ok'));
    await expect.poll(async () => (await send()).status, { timeout: 10_000 }).toBe(200);
    expect(new Set(await statuses(5))).toEqual(new Set([200]));
  });

  test.each([
    ['mistakes of clients', 404, {}],
    ['too many requests', 429, { 'retry-after': '1' }],
    ['a server that is busy for a moment', 503, { 'retry-after': '1' }],
    ['what it cannot do', 501, {}],
  ])('%s do not open the breaker', async (_name, status, headers) => {
    proxied.answer((_request, response) => response.writeHead(status, headers).end());
    expect(new Set(await statuses(25))).toEqual(new Set([status]));
    proxied.answer((_request, response) => response.end('ok'));
    expect(await statuses(1)).toEqual([200]);
  });

  test('a server that only fails does', async () => {
    proxied.answer((_request, response) => response.writeHead(500).end());
    expect(await statuses(21)).toEqual([...Array<number>(20).fill(500), 503]);
  });
});
