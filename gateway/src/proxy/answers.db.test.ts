import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { freePorts, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateway } from '../app.ts';
import { open, type Proxied, startProxied } from './fixture.ts';
import { proxyRoutes } from './routes.ts';

let proxied: Proxied;

beforeAll(async () => {
  proxied = await startProxied({ answerMs: 1_000 });
});
afterAll(() => proxied.close());

const get = (options?: RequestInit) => fetch(`${proxied.url}/v1/tasks`, options);

async function expectProblem(answer: Response, status: number, slug: string): Promise<void> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  // What the gateway answers itself has the headers that every answer has.
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await answer.json()).toMatchObject({ type: `https://spacedly.dev/problems/${slug}` });
}

describe('an answer comes back as it is', () => {
  test('status, headers, several cookies, compressed bytes; what is about one connection does not', async () => {
    const packed = gzipSync('hello '.repeat(500));
    proxied.answer((_request, response) => {
      response.writeHead(418, {
        'content-type': 'text/plain',
        'content-encoding': 'gzip',
        'content-length': packed.length,
        'set-cookie': ['a=1; Expires=Wed, 09 Dec 2026 09:00:00 GMT', 'b=2'],
        connection: 'close, x-private',
        'x-private': '1',
        'x-frame-options': 'SAMEORIGIN',
      });
      response.end(packed);
    });
    const answer = await get();
    expect(answer.status).toBe(418);
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Expires=Wed, 09 Dec 2026 09:00:00 GMT', 'b=2']);
    expect(answer.headers.get('x-private')).toBeNull();
    expect(answer.headers.get('connection')).toBe('keep-alive');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.text()).toBe('hello '.repeat(500));
    // The gateway's own headers are there too; where a service has its own, that one counts, as in one process.
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  test.each([204, 304])('%i has no body, and the connection goes on', async (status) => {
    proxied.answer((_request, response) => response.writeHead(status, { etag: '"7"' }).end());
    const socket = await open(proxied.url);
    const ask = 'GET /v1/tasks HTTP/1.1\r\nHost: x\r\n\r\n';
    socket.write(ask + ask);
    await expect.poll(() => socket.text.match(new RegExp(`HTTP/1.1 ${status}`, 'g'))?.length).toBe(2);
    expect(socket.text.toLowerCase()).not.toContain('transfer-encoding');
    socket.destroy();
  });

  test.each([0, 1, 256, 8_192, 8_193, 100_000])(
    '%i bytes of every value arrive as they are',
    async (length) => {
      const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 31) % 256));
      proxied.answer((_request, response) => {
        response.writeHead(200, { 'content-length': length, 'x-name': 'Zo\u00eb' }).end(bytes);
      });
      const answer = await get();
      expect(answer.headers.get('content-length')).toBe(String(length));
      expect(answer.headers.get('x-name')).toBe('Zo\u00eb');
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    },
  );

  test('HEAD says how long the body would be and sends none', async () => {
    proxied.answer((_request, response) => response.writeHead(200, { 'content-length': 1_234 }).end());
    const answer = await get({ method: 'HEAD' });
    expect(answer.headers.get('content-length')).toBe('1234');
    expect(await answer.text()).toBe('');
  });

  test('interim answers come before the answer; a client of HTTP/1.0 gets none', async () => {
    proxied.answer((_request, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.writeProcessing();
      response.end('final');
    });
    const socket = await open(proxied.url);
    socket.write('GET /v1/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect([...socket.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      '103',
      '102',
      '200',
    ]);
    expect(socket.text).toMatch(/link: <\/style\.css>; rel=preload/i);
    const old = await open(proxied.url);
    old.write('GET /v1/tasks HTTP/1.0\r\nHost: x\r\n\r\n');
    await once(old, 'close');
    expect(old.text).toMatch(/^HTTP\/1\.1 200 [\s\S]*final$/);
  });

  test('trailers come after the answer; a client of HTTP/1.0 gets none', async () => {
    proxied.answer((_request, response) => {
      response.writeHead(200, { trailer: 'x-checksum' });
      response.write('body');
      response.addTrailers({ 'x-checksum': 'abc' });
      response.end();
    });
    const socket = await open(proxied.url);
    socket.write('GET /v1/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect(socket.text).toMatch(
      /\r\ntrailer: x-checksum\r\n[\s\S]*4\r\nbody\r\n0\r\nx-checksum: abc\r\n\r\n$/i,
    );
    const old = await open(proxied.url);
    old.write('GET /v1/tasks HTTP/1.0\r\nHost: x\r\n\r\n');
    await once(old, 'close');
    expect(old.text).toMatch(/^HTTP\/1\.1 200 [\s\S]*body$/);
    expect(old.text).not.toMatch(/trailer|checksum/i);
  });

  test('events arrive one by one, and the head before the first', async () => {
    let say: (text: string) => void = () => {};
    proxied.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      say = (text) => response.write(text);
    });
    const answer = await get();
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => Buffer.from((await reader.read()).value ?? []).toString();
    say('data: 1\n\n');
    expect(await read()).toBe('data: 1\n\n');
    say('data: 2\n\n');
    expect(await read()).toBe('data: 2\n\n');
    await reader.cancel();
  });
});

describe('either end goes away', () => {
  test('the client: the upstream is told', async () => {
    const gone = new Promise<void>((resolve) => {
      proxied.answer((_request, response) => {
        response.write('first');
        response.on('close', resolve);
      });
    });
    const answer = await get();
    await answer.body?.cancel();
    await gone;
  });

  test('the client, before there is an answer: the upstream is told', async () => {
    const abort = new AbortController();
    const gone = new Promise<void>((resolve) => {
      proxied.answer((_request, response) => {
        response.on('close', resolve);
        abort.abort();
      });
    });
    await expect(get({ signal: abort.signal })).rejects.toThrow();
    await gone;
  });

  test('the upstream, in the middle: the client cannot take the half for the whole', async () => {
    proxied.answer(async (_request, response) => {
      response.write('first');
      await nextTurn();
      response.destroy();
    });
    await expect(get().then((answer) => answer.text())).rejects.toThrow();
  });

  test('the upstream promises more than it sends: the same', async () => {
    proxied.answer((_request, response) => {
      response.writeHead(200, { 'content-length': 100, connection: 'close' });
      response.write('short');
      response.socket?.end();
    });
    await expect(get().then((answer) => answer.text())).rejects.toThrow();
  });

  test('a client that does not read holds the upstream back', async () => {
    const chunk = Buffer.alloc(65_536, 'a');
    let sentBytes = 0;
    let isHeld = false;
    proxied.answer((_request, response) => {
      const send = () => {
        while (sentBytes < 200_000_000) {
          sentBytes += chunk.length;
          if (!response.write(chunk)) {
            isHeld = true;
            response.once('drain', send);
            return;
          }
        }
        response.end();
      };
      send();
    });
    const socket = await open(proxied.url);
    socket.pause();
    socket.write('GET /v1/tasks HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => isHeld && sentBytes, { timeout: 5_000 }).toBeGreaterThan(0);
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = before === sentBytes;
          before = sentBytes;
          return isStill;
        },
        { interval: 300, timeout: 5_000 },
      )
      .toBe(true);
    expect(sentBytes).toBeLessThan(50_000_000);
    socket.destroy();
  });
});

describe('an upstream that fails', () => {
  test('that says nothing: 504 in time', async () => {
    proxied.answer(() => {});
    const startedAt = performance.now();
    await expectProblem(await get(), 504, 'upstream-timeout');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  test('that says its head byte by byte: 504 in time all the same', async () => {
    proxied.answer((request) => {
      const timer = setInterval(() => request.socket.write('H'), 50);
      request.socket.on('close', () => clearInterval(timer)).write('HTTP/1.1 200 OK\r\nX-A: ');
    });
    await expectProblem(await get(), 504, 'upstream-timeout');
  });

  test('that says more than it promised: the rest is taken for no other answer', async () => {
    const sockets = new Set<unknown>();
    proxied.answer((request, response) => {
      sockets.add(request.socket);
      if (request.url === '/v1/tasks/next') return response.end('next');
      request.socket.write(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged',
      );
    });
    expect(await (await get()).text()).toBe('ok');
    expect(await (await fetch(`${proxied.url}/v1/tasks/next`)).text()).toBe('next');
    expect(sockets.size).toBe(2);
  });

  test('that hangs up: 502', async () => {
    proxied.answer((request) => request.socket.destroy());
    await expectProblem(await get(), 502, 'bad-upstream');
  });

  test.each(['HTTP/9.9 nonsense\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n', '\0\0\0'])(
    'that answers %j: 502',
    async (nonsense) => {
      proxied.answer((request) => request.socket.end(nonsense));
      await expectProblem(await get(), 502, 'bad-upstream');
    },
  );

  test('that is not there: 503 with Retry-After, and everything else goes on', async () => {
    const [unused] = await freePorts(1);
    const nowhere = `http://127.0.0.1:${unused}`;
    const { app, close } = await testApp([], {
      config: { AUTH_URL: nowhere, TASKS_URL: nowhere },
      front: {
        policies: gateway.policies,
        routes: (scope, platform) =>
          proxyRoutes(scope, platform, {
            entries: [{ prefix: '/v1/tasks', service: 'tasks', auth: 'none' }],
          }),
      },
    });
    const answer = await app.inject('/v1/tasks');
    expect({ status: answer.statusCode, retryAfter: answer.headers['retry-after'] }).toEqual({
      status: 503,
      retryAfter: '1',
    });
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    await close();
  });
});

test('open event streams end when the gateway stops, and the stop does not wait for them', async () => {
  const other = await startProxied();
  const gone = new Promise<void>((resolve) => {
    other.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      response.on('close', resolve);
    });
  });
  const answer = await fetch(`${other.url}/v1/tasks`);
  const startedAt = performance.now();
  const closing = other.close();
  expect(await answer.text()).toMatch(/^retry: \d+\n\n$/);
  await Promise.all([closing, gone]);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});
