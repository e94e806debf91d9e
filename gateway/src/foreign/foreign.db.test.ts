import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { authService } from '@spacedly/auth';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { gateway } from '../app.ts';
import { open, startUpstream, type TestUpstream } from '../proxy/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'spacedly-foreign-'));
const CONFIG_FILE = join(folder, 'spacedly.config.json');
const write = (routes: object[]) =>
  writeFileSync(CONFIG_FILE, JSON.stringify({ gateway: { routes } }, null, 2));

let one: TestUpstream;
let two: TestUpstream;
let front: TestApp;
let url: string;
let ada: SignedUp;

const routes = () => [
  { name: 'open', path: '/open', prefix: 'strip', auth: 'none', upstreams: [`${one.url}/base`] },
  { name: 'kept', path: '/kept', auth: 'optional', upstreams: [one.url] },
  { name: 'closed', path: '/open/closed', upstreams: [one.url], scope: 'tasks:read' },
  { name: 'admins', path: '/admins', permission: 'users.read', upstreams: [one.url] },
  { name: 'few', path: '/few', auth: 'none', limit: '2/1h', upstreams: [one.url] },
  {
    name: 'small',
    path: '/small',
    auth: 'none',
    bodyBytes: 10,
    timeouts: { answerMs: 200 },
    upstreams: [one.url],
  },
  {
    name: 'dressed',
    path: '/dressed',
    auth: 'none',
    upstreams: [one.url],
    requestHeaders: { set: { 'X-Api-Key': 'k', host: 'inner.test' }, remove: ['Accept-Language'] },
    answerHeaders: { set: { 'Cache-Control': 'no-store' }, remove: ['Server'] },
  },
  {
    name: 'several',
    host: 'several.test',
    auth: 'none',
    upstreams: [
      { url: one.url, weight: 1 },
      { url: two.url, weight: 1 },
    ],
    healthCheck: { path: '/health/ready', intervalMs: 50 },
  },
  { name: 'deaf', path: '/deaf', auth: 'none', webSockets: false, upstreams: [one.url] },
];

beforeAll(async () => {
  [one, two] = await Promise.all([startUpstream(), startUpstream()]);
  write(routes());
  const urls = { TASKS_URL: one.url, DOCUMENTS_URL: one.url, NOTIFICATIONS_URL: one.url };
  front = await testApp([authService], {
    config: { ...urls, CONFIG_FILE, METRICS_TOKEN: 'm'.repeat(32), RATE_LIMIT_DEFAULT: 'off' },
    front: gateway,
  });
  url = await front.app.listen({ host: '127.0.0.1', port: 0 });
  ada = await signUp(front);
});
afterAll(async () => {
  await front.close();
  one.close();
  two.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  for (const upstream of [one, two]) {
    upstream.seen.length = 0;
    upstream.readiness = 200;
    upstream.answer((_request, response) => response.end('ok'));
  }
});

const last = () => one.seen.at(-1);
const ask = (path: string, init: RequestInit = {}) => fetch(url + path, init);

/** `fetch` does not let us choose a host. */
async function askHost(host: string, path: string): Promise<string> {
  const socket = await open(url);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  return socket.text;
}

test('a path goes there with its prefix or without, with the query and escapes as they came', async () => {
  expect(await (await ask('/open/a%2Fb?x=1&x=2')).text()).toBe('ok');
  expect(last()?.url).toBe('/base/a%2Fb?x=1&x=2');
  await ask('/open');
  expect(last()?.url).toBe('/base/');
  await ask('/kept/x');
  expect(last()?.url).toBe('/kept/x');
  for (const path of ['/openly', '/@foreign', '/keptx']) await ask(path);
  expect(one.seen).toHaveLength(3);
  expect((await ask('/@foreign')).status).toBe(404);
});

test('what needs a session does, whatever the spelling, and hears who asks', async () => {
  for (const path of ['/open/closed', '/open/%63losed', '/open//closed/x', '/open%2fclosed']) {
    expect((await ask(path)).status).toBe(401);
  }
  expect((await askHost('127.0.0.1', '/open/x/../closed')).split('\r\n')[0]).toContain('400');
  expect(one.seen).toEqual([]);
  expect(
    (await ask('/open/closed/x', { headers: { ...ada.headers, 'x-user-id': 'me', cookie: 'a=1' } })).status,
  ).toBe(200);
  expect(last()?.headers).toMatchObject({ 'x-user-id': ada.user.id, 'x-user-role': 'ADMIN', cookie: 'a=1' });
  expect(last()?.headers).not.toHaveProperty('x-spacedly-gateway');
  expect((await ask('/kept/x')).status).toBe(200);
  expect(last()?.headers).not.toHaveProperty('x-user-id');
});

test('our session goes no further, and is enough', async () => {
  const cookie = `theme=dark; spacedly_access=${ada.accessToken}; spacedly_refresh=secret`;
  expect((await ask('/open/closed', { headers: { cookie } })).status).toBe(200);
  expect(last()?.headers).toMatchObject({ cookie: 'theme=dark', 'x-user-id': ada.user.id });
  await ask('/kept', { headers: { cookie: `spacedly_access=${ada.accessToken}` } });
  expect(last()?.headers).not.toHaveProperty('cookie');
  const crossSite = { cookie, origin: 'https://evil.example' };
  expect((await ask('/open/closed', { method: 'POST', headers: crossSite })).status).toBe(403);
});

test('a permission, as the role has it', async () => {
  expect((await ask('/admins', { headers: ada.headers })).status).toBe(200);
  const bob = await signUp(front);
  expect((await ask('/admins', { headers: bob.headers })).status).toBe(403);
});

test('a limit of its own', async () => {
  const answers = [await ask('/few'), await ask('/few'), await ask('/few')];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"few";q=2;w=3600');
  expect(answers[2]?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

test('limits of body and time of its own', async () => {
  const post = (length: number) => ask('/small', { method: 'POST', body: 'x'.repeat(length) });
  expect((await post(10)).status).toBe(200);
  expect((await post(11)).status).toBe(413);
  one.answer(() => {});
  expect((await ask('/small')).status).toBe(504);
});

test('headers are put on and taken off, on the way there and back', async () => {
  one.answer((_request, response) =>
    response.writeHead(200, { server: 'secret/1', 'x-frame-options': 'SAMEORIGIN' }).end(),
  );
  const answer = await ask('/dressed', { headers: { 'accept-language': 'de', 'x-api-key': 'forged' } });
  expect(last()?.headers).toMatchObject({ 'x-api-key': 'k', host: 'inner.test' });
  expect(last()?.headers).not.toHaveProperty('accept-language', 'de');
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
  });
  // What our own pages need would break those of others.
  for (const name of ['server', 'content-security-policy', 'permissions-policy'])
    expect(answer.headers.has(name)).toBe(false);
});

test('a host goes to those of its servers that are well', async () => {
  const ask20 = () =>
    Promise.all(Array.from({ length: 20 }, (_, index) => askHost('several.test:80', `/v1/tasks/${index}`)));
  await ask20();
  expect(Math.min(one.seen.length, two.seen.length)).toBeGreaterThan(0);
  two.readiness = 503;
  await waitFor(async () => {
    two.seen.length = 0;
    await ask20();
    return two.seen.length === 0;
  });
  // With none that is well all are asked anyhow.
  one.readiness = 503;
  await waitFor(async () => (await ask20()) && two.seen.length > 0);
  two.readiness = 200;
  await waitFor(async () => {
    one.seen.length = 0;
    await ask20();
    return one.seen.length === 0;
  });
});

test('metrics know the route by its name', async () => {
  await ask('/open/some/secret');
  const text = await (
    await ask('/metrics', { headers: { authorization: `Bearer ${'m'.repeat(32)}` } })
  ).text();
  expect(text).toMatch(/http_requests_total\{[^}]*route="foreign:open"/);
  expect(text).toContain(`spacedly_upstream_breaker_open{upstream="${one.url}/base"} 0`);
  expect(text).toContain(`spacedly_upstream_healthy{upstream="${two.url}"} 1`);
  expect(text).toContain('spacedly_upstream_panic{pool="several"} 0');
  expect(text).not.toMatch(/secret|@foreign/);
});

/** An upstream that agrees to a WebSocket and then says everything twice. */
function agree(): void {
  one.server.once('upgrade', (request, socket, head) => {
    one.seen.push(request);
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: yes\r\n\r\nhello ',
    );
    socket.on('error', () => {});
    if (head.length > 0) socket.write(head);
    socket.on('data', (data: Buffer) => socket.write(data));
    socket.on('end', () => socket.end());
  });
}

const WISH =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n';

test('a WebSocket passes both ways until either side ends it', async () => {
  agree();
  const socket = await open(url);
  socket.write(`GET /open/live?x=1 HTTP/1.1\r\nHost: x\r\n${WISH}\r\nearly `);
  await waitFor(() => socket.text.endsWith('hello early '));
  expect(socket.text).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
  expect(socket.text).toMatch(/sec-websocket-accept: yes\r\n/i);
  expect(socket.text).toMatch(/upgrade: websocket\r\n/i);
  expect(socket.text).not.toMatch(/transfer-encoding/i);
  expect(last()?.url).toBe('/base/live?x=1');
  expect(last()?.headers).toMatchObject({ 'sec-websocket-key': 'x', 'x-forwarded-for': '127.0.0.1' });
  for (const word of ['a', 'b'.repeat(100_000)]) {
    socket.write(word);
    await waitFor(() => socket.text.endsWith(word));
  }
  socket.end();
  await once(socket, 'close');
});

test('the time for an answer is none for what follows it', async () => {
  agree();
  const socket = await open(url);
  socket.write(`GET /small/live HTTP/1.1\r\nHost: x\r\n${WISH}\r\n`);
  await waitFor(() => socket.text.endsWith('hello '));
  await delay(400);
  socket.write('still there');
  await waitFor(() => socket.text.endsWith('still there'));
  socket.destroy();
  // Nobody agrees, and nobody says so.
  one.server.once('upgrade', (_request, quiet) => quiet.on('error', () => {}));
  const waiting = await open(url);
  waiting.write(`GET /small/live HTTP/1.1\r\nHost: x\r\n${WISH}\r\n`);
  await once(waiting, 'close');
  expect(waiting.text.split('\r\n')[0]).toContain('504');
});

test('whoever may not ask may not switch, and pages elsewhere least of all', async () => {
  const wish = async (path: string, more = '') => {
    const socket = await open(url);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${WISH}${more}\r\n`);
    await once(socket, 'close');
    return socket.text.split('\r\n')[0];
  };
  expect(await wish('/open/closed')).toContain('401');
  const cookie = `Cookie: spacedly_access=${ada.accessToken}\r\n`;
  expect(await wish('/open/closed', `${cookie}Origin: https://evil.example\r\n`)).toContain('403');
  // An upstream that does not want to is heard.
  one.answer((_request, response) => response.writeHead(426).end());
  expect(await wish('/open/live')).toContain('426');
  expect(await wish('/open/closed', `${cookie}Origin: http://x\r\n`)).toContain('426');
});

test.each(['/deaf', '/health/live', '/nowhere'])(
  '%s ignores the wish, and the connection goes on',
  async (path) => {
    const socket = await open(url);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${WISH}\r\n`);
    await waitFor(() => /\r\n\r\n/.test(socket.text));
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect(socket.text.match(/HTTP\/1\.1 /g)).toHaveLength(2);
    expect(socket.text).toMatch(/\{"status":"up"\}$/);
  },
);

test('a body after a wish for HTTP/2, as Java sends it, arrives whole', async () => {
  one.answer(async (request, response) => response.end(Buffer.concat(await request.toArray())));
  const socket = await open(url);
  socket.write(
    'POST /kept HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\nContent-Length: 8\r\n\r\nhalf',
  );
  await delay(20);
  socket.write('half');
  await waitFor(() => socket.text.endsWith('halfhalf'));
  socket.destroy();
});

test('an upstream that is not there: 503, also for a WebSocket', async () => {
  write([{ name: 'gone', path: '/gone', auth: 'none', upstreams: ['http://127.0.0.1:9'] }]);
  await front.app.entrance.reload?.();
  const socket = await open(url);
  socket.write(`GET /gone HTTP/1.1\r\nHost: x\r\n${WISH}\r\n`);
  await once(socket, 'close');
  expect(socket.text).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: /i);
  expect((await ask('/gone')).status).toBe(503);
  write(routes());
  await front.app.entrance.reload?.();
});

test('a new configuration takes over without a request lost; a bad one is refused and the old one stays', async () => {
  one.answer((_request, response) => setTimeout(() => response.end('ok'), 20));
  let isOver = false;
  const statuses = new Map<number, number>();
  const hammer = async () => {
    while (!isOver) {
      const { status } = await ask('/open/x', { method: 'POST', body: 'x' });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const hammering = Promise.all(Array.from({ length: 10 }, hammer));
  for (let round = 0; round < 10; round += 1) {
    write([{ ...routes()[0], upstreams: [round % 2 === 0 ? two.url : one.url] }]);
    await front.app.entrance.reload?.();
    await delay(30);
  }
  isOver = true;
  await hammering;
  expect([...statuses.keys()]).toEqual([200]);
  expect(Math.min(one.seen.length, two.seen.length)).toBeGreaterThan(0);

  writeFileSync(CONFIG_FILE, '{ "gateway": ');
  await front.app.entrance.reload?.();
  expect((await ask('/open/x')).status).toBe(200);
  write([]);
  await front.app.entrance.reload?.();
  expect(await (await ask('/open/x')).text()).not.toBe('ok');
});
