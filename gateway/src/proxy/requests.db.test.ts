import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { open, type Proxied, startProxied } from './fixture.ts';

let proxied: Proxied;

beforeAll(async () => {
  proxied = await startProxied();
});
afterAll(() => proxied.close());
beforeEach(() => {
  proxied.seen.length = 0;
  proxied.answer((_request, response) => response.end('ok'));
});

const last = () => proxied.seen.at(-1)?.headers ?? {};

test('the upstream hears from the gateway who asks, from where and under which trace', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = {
    'x-request-id': 'my-id',
    traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    'x-forwarded-for': '203.0.113.7',
    'x-user-id': 'somebody',
    'x-spacedly-gateway': 'forged',
    'accept-language': 'de',
  };
  await fetch(`${proxied.url}/v1/tasks/a%2Fb?x=1&x=2`, { headers });
  expect(proxied.seen.at(-1)?.url).toBe('/v1/tasks/a%2Fb?x=1&x=2');
  expect(last()).toMatchObject({
    'x-request-id': 'my-id',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': new URL(proxied.url).host,
    'accept-language': 'de',
    host: new URL(proxied.upstreamUrl).host,
  });
  expect(last().traceparent).toMatch(new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
  expect(last()).not.toHaveProperty('x-user-id');
  expect(proxied.gateway.platform.serviceTokens.verify(last()['x-spacedly-gateway'] as string)).toBe(true);
});

test('an absolute address is cut to its path', async () => {
  const socket = await open(proxied.url);
  socket.write('GET http://evil.example/v1/tasks?x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await once(socket, 'close');
  expect(socket.text).toContain('200 OK');
  expect(proxied.seen.at(-1)?.url).toBe('/v1/tasks?x=1');
});

test.each(['DELETE', 'OPTIONS', 'PATCH', 'POST', 'PUT'])('%s carries its body as it is', async (method) => {
  const bodies: string[] = [];
  proxied.answer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString('base64'));
    response.end();
  });
  const body = new Uint8Array([0, 255, 254, 10, 13]);
  const { status } = await fetch(`${proxied.url}/v1/tasks`, {
    method,
    body,
    headers: { 'content-type': 'application/x-anything' },
  });
  expect({ status, bodies }).toEqual({ status: 200, bodies: [Buffer.from(body).toString('base64')] });
  expect(last()['content-length']).toBe('5');
});

test.each([
  ['GET with a body, which means nothing', 'GET', 'Content-Length: 4\r\n\r\nbody'],
  ['GET with chunks', 'GET', 'Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n'],
  ['HEAD with a body', 'HEAD', 'Content-Length: 4\r\n\r\nbody'],
  ['POST with a body of nothing', 'POST', 'Content-Length: 0\r\n\r\n'],
  ['POST without a body', 'POST', '\r\n'],
  ['DELETE without a body', 'DELETE', '\r\n'],
])('%s: the connection stays in step', async (_name, method, rest) => {
  proxied.answer(async (request, response) => {
    const { length } = Buffer.concat(await request.toArray());
    response.end(`${request.method} ${length}`);
  });
  const socket = await open(proxied.url);
  socket.write(`${method} /v1/tasks HTTP/1.1\r\nHost: x\r\n${rest}`);
  socket.write('DELETE /v1/tasks/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await once(socket, 'close');
  expect(socket.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  // Both are on their way at once; what counts is that neither was taken for a part of the other.
  const seen = proxied.seen.map((request) => `${request.method} ${request.url}`);
  expect(seen.sort()).toEqual([`${method} /v1/tasks`, 'DELETE /v1/tasks/2'].sort());
  expect(socket.text).toContain('DELETE 0');
});

test('a request body is passed on while it arrives', async () => {
  const chunks: string[] = [];
  proxied.answer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk) => {
      chunks.push(chunk);
      // Only now does the client send the rest: a buffering proxy would wait for ever.
      if (chunks.length === 1) sending.end('second');
    });
    request.on('end', () => response.end('done'));
  });
  const sending = httpRequest(`${proxied.url}/v1/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
  });
  sending.write('first');
  const [response] = await once(sending, 'response');
  response.resume();
  expect(chunks).toEqual(['first', 'second']);
});

test('too large a body: refused at once when it says so, broken off when it does not', async () => {
  const declared = await open(proxied.url);
  declared.write('POST /v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\nx');
  await expect.poll(() => declared.text).toContain('413');
  expect(proxied.seen).toEqual([]);
  declared.destroy();

  let received = 0;
  const aborted = new Promise<void>((resolve) => {
    proxied.answer((request) => {
      request.on('data', (chunk) => {
        received += chunk.length;
      });
      request.on('close', () => {
        if (!request.complete) resolve();
      });
    });
  });
  const chunked = await open(proxied.url);
  chunked.write('POST /v1/tasks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  for (let sent = 0; sent < 20; sent++) chunked.write(`10000\r\n${'a'.repeat(0x10000)}\r\n`);
  await expect.poll(() => chunked.text).toContain('413 Payload Too Large');
  await aborted;
  expect(received).toBeLessThanOrEqual(1_048_576);
  chunked.destroy();
});

test('a route that takes files has a limit of its own', async () => {
  proxied.answer(async (request, response) => {
    response.end(String(Buffer.concat(await request.toArray()).length));
  });
  const upload = (bytes: number) =>
    fetch(`${proxied.url}/v1/tasks/7/files`, { method: 'POST', body: Buffer.alloc(bytes) });
  expect(await (await upload(2_900_000)).text()).toBe('2900000');
  expect((await upload(3_000_001)).status).toBe(413);
});

test('a sender of too large a body that does not stop is cut off', async () => {
  proxied.answer((request) => request.resume());
  const socket = await open(proxied.url);
  socket.on('error', () => {});
  socket.write('POST /v1/tasks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
  const goOn = () => void (socket.writable && socket.write(chunk, () => setImmediate(goOn)));
  goOn();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(socket.text).toContain('413 Payload Too Large');
});

test('an upstream that answers before it has read the body is heard', async () => {
  proxied.answer((_request, response) => response.writeHead(415).end('no thanks'));
  const answer = await fetch(`${proxied.url}/v1/tasks`, {
    method: 'POST',
    body: 'a'.repeat(1_000_000),
    headers: { 'content-type': 'text/plain' },
  });
  expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 415, text: 'no thanks' });
});

test('a client that goes away in the middle of its body ends the upstream’s request', async () => {
  const broken = new Promise<boolean>((resolve) => {
    proxied.answer((request) => {
      request.resume().on('close', () => resolve(!request.complete));
    });
  });
  const socket = await open(proxied.url);
  socket.write('POST /v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await expect.poll(() => proxied.seen.length).toBe(1);
  socket.destroy();
  expect(await broken).toBe(true);
});

test('a client that asks to be told to go on is told', async () => {
  proxied.answer(async (request, response) => {
    response.end(Buffer.concat(await request.toArray()));
  });
  const socket = await open(proxied.url);
  socket.write(
    'POST /v1/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n',
  );
  await expect.poll(() => socket.text).toContain('100 Continue');
  socket.write('body');
  await once(socket, 'close');
  expect(socket.text).toMatch(/200 OK[\s\S]*body/);
  expect(last()).not.toHaveProperty('expect');
});
