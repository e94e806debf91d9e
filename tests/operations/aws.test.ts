import { gunzipSync } from 'node:zlib';
import { createApi } from '@spacedly/aws/api-handler';
import { createWorker } from '@spacedly/aws/worker-handler';
import { createTestDatabase, TEST_SECRET, type TestDatabase } from '@spacedly/kit/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Ask, context, httpEvent } from './fixtures/aws-events.ts';

let database: TestDatabase;
let env: Record<string, string>;
let api: ReturnType<typeof createApi>;
/** Another instance of the same function, which hears nothing of what the first one does. */
let other: ReturnType<typeof createApi>;
let worker: ReturnType<typeof createWorker>;

beforeAll(async () => {
  database = await createTestDatabase();
  env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'https://plan.example.com',
    DATABASE_URL: database.url,
    SPACEDLY_SECRET: TEST_SECRET,
    DB_POOL_MAX: '3',
    STREAM_SECONDS: '0',
    DEV_MAILBOX: '1',
  };
  api = createApi(env);
  other = createApi(env);
  worker = createWorker(env);
});
afterAll(async () => {
  await api.close();
  await other.close();
  await database.drop();
});

interface Answer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer is said by what it expects.
  json(): any;
}

async function ask(url: string, options: Ask = {}, instance = api): Promise<Answer> {
  const given = await instance(httpEvent(url, options), context);
  const { statusCode = 0, headers = {}, cookies = [], body = '', isBase64Encoded } = given;
  const text = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString();
  return {
    status: statusCode,
    headers: headers as Record<string, string>,
    cookies,
    text,
    json: () => JSON.parse(text),
  };
}

const minute = () => worker({ every: 'minute' }, context);

async function mailsTo(address: string): Promise<{ subject: string; text: string }[]> {
  return (await ask(`/dev/mailbox/messages?to=${encodeURIComponent(address)}`)).json().items;
}

let people = 0;

/** Signs somebody up as a browser does; the code is mailed by the worker that the clock wakes. */
async function signUp() {
  const email = `person-${people++}@example.com`;
  const password = 'a quiet harbour at dawn';
  const asked = await ask('/v1/auth/signup', { method: 'POST', json: { email, password, name: 'Ada' } });
  expect(asked.status).toBe(202);
  await minute();
  const code = /\b\d{6}\b/.exec((await mailsTo(email))[0]?.text ?? '')?.[0];
  const verified = await ask('/v1/auth/signup/verify', { method: 'POST', json: { email, code } });
  expect(verified.status).toBe(201);
  const bearer = { authorization: `Bearer ${verified.json().tokens.accessToken}` };
  return { email, password, bearer };
}

test('from signing up to a reminder that the worker mails, and live notifications that are looked for', async () => {
  const { email, password, bearer } = await signUp();
  const signedIn = await ask('/v1/auth/login', {
    method: 'POST',
    json: { identifier: email, password, delivery: 'cookie' },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(signedIn.status).toBe(200);
  // Each cookie by itself: joined in one header the second would be lost.
  expect(signedIn.cookies.map((cookie) => cookie.split('=', 1)[0]).sort()).toEqual([
    'spacedly_access',
    'spacedly_device',
    'spacedly_refresh',
  ]);
  const cookies = signedIn.cookies.map((cookie) => cookie.split(';', 1)[0] as string);
  const scheduledAt = new Date(Date.now() + 1_500).toISOString();
  const made = await ask('/v1/tasks', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    cookies,
    json: { title: 'Call the dentist, today' },
  });
  expect(made.status, made.text).toBe(201);
  const planned = await ask('/v1/reminders', {
    method: 'POST',
    headers: bearer,
    json: { taskId: made.json().id, scheduledAt },
  });
  expect(planned.status, planned.text).toBe(201);

  await minute();
  const mails = await mailsTo(email);
  expect(mails[0]?.subject).toContain('Call the dentist');
  const stream = await ask('/v1/notifications/stream', { headers: bearer });
  expect(stream.headers['content-type']).toContain('text/event-stream');
  expect(stream.text).toMatch(/retry: 20000\n\n$/);
});

test('requests and answers are what a server would have read and written', async () => {
  const { email, password, bearer } = await signUp();
  const task = await ask('/v1/tasks', { method: 'POST', headers: bearer, json: { title: 'Milk, eggs' } });
  const words = await ask('/v1/tasks?q=milk%2C%20eggs', { headers: bearer });
  expect(words.json().items.map(({ id }: { id: string }) => id)).toEqual([task.json().id]);
  const twice = await ask('/v1/tasks?limit=1&limit=2', { headers: bearer });
  expect(twice.status).toBe(400);

  const body = Buffer.from(JSON.stringify({ title: 'Zażółć gęślą jaźń' })).toString('base64');
  const json = { 'content-type': 'application/json', ...bearer };
  const encoded = await ask('/v1/tasks', { method: 'POST', headers: json, body, isBase64Encoded: true });
  expect(encoded.json().title).toBe('Zażółć gęślą jaźń');
  const broken = await ask('/v1/tasks', { method: 'POST', headers: json, body: '{"title":' });
  expect(broken.status).toBe(400);

  const missing = await ask('/v1/nothing%20here/ä?a=%zz', { headers: { 'x-request-id': 'seen-before' } });
  expect(missing.status).toBe(404);
  expect(missing.headers['content-type']).toContain('application/problem+json');
  expect(missing.json()).toMatchObject({ status: 404, requestId: 'seen-before' });
  expect(missing.headers['x-request-id']).toBe('seen-before');

  const packed = await api(httpEvent('/openapi.json', { headers: { 'accept-encoding': 'gzip' } }), context);
  expect(packed).toMatchObject({ isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } });
  expect(JSON.parse(gunzipSync(Buffer.from(packed.body ?? '', 'base64')).toString()).openapi).toMatch(
    /^3\.1/,
  );

  const forged = { 'x-forwarded-for': '192.0.2.66', 'X-User-Id': 'somebody', 'transfer-encoding': 'chunked' };
  const again = await ask('/v1/auth/login', {
    method: 'POST',
    json: { identifier: email, password },
    headers: forged,
  });
  expect(again.status).toBe(200);
  const sessions = await ask('/v1/auth/sessions', { headers: bearer });
  expect(JSON.stringify(sessions.json())).not.toContain('192.0.2.66');
  const slashes = await ask('//evil.example/%2e%2e/etc/passwd');
  expect(slashes.status).toBeLessThan(500);
});

test('a session that one instance ends is over on another at once', async () => {
  const { bearer } = await signUp();
  expect((await ask('/v1/users/me', { headers: bearer }, other)).status).toBe(200);
  expect((await ask('/v1/auth/logout', { method: 'POST', headers: bearer })).status).toBe(204);
  expect((await ask('/v1/users/me', { headers: bearer }, other)).status).toBe(401);
  expect((await ask('/v1/users/me', { headers: bearer })).status).toBe(401);
});

test('connections that died while a function stood still are not used again', async () => {
  const { bearer } = await signUp();
  await ask('/v1/users/me', { headers: bearer });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await admin.end();
  const later = Date.now() + 3_600_000;
  const clock = vi.spyOn(Date, 'now').mockReturnValueOnce(later);
  const again = await ask('/health/ready');
  clock.mockRestore();
  expect(again.status, again.text).toBe(200);
});

test('an API that cannot begin says so in our words, and begins when it can', async () => {
  const asked = await createApi({ ...env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere' })(
    httpEvent('/v1/tasks'),
    context,
  );
  expect(asked).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  expect(JSON.parse(asked.body ?? '')).toMatchObject({ status: 503 });
  const { SPACEDLY_SECRET: _, ...without } = env;
  expect(await createApi(without)(httpEvent('/health/live'), context)).toMatchObject({ statusCode: 503 });
});

test('rounds leave nothing behind in a process that has many of them', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length;
  await minute();
  const before = timers();
  await worker({ every: 'hour' }, context);
  await minute();
  await minute();
  expect(timers()).toBeLessThanOrEqual(before);
});
