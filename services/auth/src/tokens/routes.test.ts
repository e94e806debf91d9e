import { createHash } from 'node:crypto';
import { publishedEvents, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { tasksService } from '@spacedly/tasks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authService } from '../index.ts';

let t: TestApp;
let offsetMs = 0;
beforeAll(async () => {
  t = await testApp([authService, tasksService], { now: () => new Date(Date.now() + offsetMs) });
});
afterAll(() => t.close());

type Headers = Record<string, string>;
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const request = (method: Method, url: string, headers: Headers, payload?: object) =>
  t.app.inject({ method, url, headers, ...(payload && { payload }) });
const create = (headers: Headers, body: object) => request('POST', '/v1/auth/tokens', headers, body);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function personWithToken(scopes: string[] = ['tasks:read'], more = {}) {
  const person = await signUp(t);
  const answer = await create(person.headers, { name: 'Script', scopes, ...more });
  expect(answer.statusCode).toBe(201);
  return { person, made: answer.json(), headers: bearer(answer.json().token) };
}

test('a token is shown once; what is kept cannot be used', async () => {
  const { person, made } = await personWithToken(['tasks:read', 'tasks:write']);
  expect(made.token).toMatch(/^spd_[\w-]{43}$/);
  expect(made.token.startsWith(made.hint)).toBe(true);
  const listed = (await request('GET', '/v1/auth/tokens', person.headers)).json().items;
  const { token, ...shown } = made;
  expect(listed).toEqual([shown]);
  const { rows } = await t.platform.database.pool.query(
    'SELECT row_to_json(p)::text AS text FROM auth.personal_tokens p UNION ALL SELECT data::text FROM jobs.job',
  );
  expect(rows.some(({ text }) => text.includes(token.slice(10)))).toBe(false);
  expect(rows.some(({ text }) => text.includes(createHash('sha256').update(token).digest('hex')))).toBe(true);
  const told = await publishedEvents(t.platform, 'credential.changed');
  expect(
    told.some(({ userId, change }) => userId === person.user.id && change === 'access_token_created'),
  ).toBe(true);
});

test('a token may do what it was granted, and says what it lacks', async () => {
  const { headers } = await personWithToken(['tasks:read']);
  expect((await request('GET', '/v1/tasks', headers)).statusCode).toBe(200);
  expect((await request('GET', '/v1/reminders', headers)).statusCode).toBe(200);
  const refused = await request('POST', '/v1/tasks', headers, { title: 'Read' });
  expect(refused.statusCode).toBe(403);
  expect(refused.json()).toMatchObject({
    type: 'https://spacedly.dev/problems/scope-missing',
    detail: 'This needs the scope tasks:write; the token has tasks:read',
  });
  expect(refused.headers['www-authenticate']).toContain('error="insufficient_scope", scope="tasks:write"');
  expect((await request('GET', '/v1/users/me', headers)).statusCode).toBe(403);
  const writer = await personWithToken(['tasks:write']);
  expect((await request('POST', '/v1/tasks', writer.headers, { title: 'Read' })).statusCode).toBe(201);
  expect((await request('GET', '/v1/tasks', writer.headers)).statusCode).toBe(403);
});

test.each<[Method, string, object?]>([
  ['GET', '/v1/auth/tokens'],
  ['POST', '/v1/auth/tokens', { name: 'Another', scopes: ['tasks:read'] }],
  ['DELETE', '/v1/auth/tokens/019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10'],
  ['GET', '/v1/auth/sessions'],
  ['POST', '/v1/auth/logout'],
  ['POST', '/v1/auth/logout-all'],
  ['GET', '/v1/auth/events'],
  ['POST', '/v1/auth/passkeys/register/options'],
])('%s %s refuses every token', async (method, url, payload) => {
  const { headers } = await personWithToken(Object.keys(await allScopes()));
  const answer = await request(method, url, headers, payload);
  expect(answer.statusCode).toBe(403);
  expect(answer.json().type).toBe('https://spacedly.dev/problems/token-refused');
});
const allScopes = async () => (await import('@spacedly/contracts')).scopes;

test('a deleted token is cut off at once, although it was believed a moment ago', async () => {
  const { person, made, headers } = await personWithToken();
  expect((await request('GET', '/v1/tasks', headers)).statusCode).toBe(200);
  const url = `/v1/auth/tokens/${made.id}`;
  expect((await request('DELETE', url, person.headers)).statusCode).toBe(204);
  await waitFor(async () => (await request('GET', '/v1/tasks', headers)).statusCode === 401, 1_000);
  expect((await request('DELETE', url, person.headers)).statusCode).toBe(404);
});

test.each([
  ['deactivated', 'is_active = false'],
  ['deleted', 'deleted_at = now()'],
])('a token of somebody %s is cut off within a second', async (_name, change) => {
  const { person, headers } = await personWithToken();
  expect((await request('GET', '/v1/tasks', headers)).statusCode).toBe(200);
  const { pool } = t.platform.database;
  await pool.query(`UPDATE auth.users SET ${change} WHERE id = $1`, [person.user.id]);
  await pool.query(`SELECT pg_notify('spacedly_user_changed', $1)`, [person.user.id]);
  await waitFor(async () => (await request('GET', '/v1/tasks', headers)).statusCode === 401, 1_000);
});

test('a token ends when it was said to end', async () => {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const { made, headers } = await personWithToken(['tasks:read'], { expiresAt });
  expect(made.expiresAt).toBe(expiresAt);
  expect((await request('GET', '/v1/tasks', headers)).statusCode).toBe(200);
  offsetMs = 3_600_001;
  const later = await request('GET', '/v1/tasks', headers);
  offsetMs = 0;
  expect(later.statusCode).toBe(401);
  const endless = await personWithToken(['tasks:read'], { expiresAt: null });
  expect(endless.made.expiresAt).toBeNull();
});

test('its last use is noted', async () => {
  const { person, headers } = await personWithToken();
  await request('GET', '/v1/tasks', headers);
  const [listed] = (await request('GET', '/v1/auth/tokens', person.headers)).json().items;
  expect(listed.lastUsedAt).not.toBeNull();
});

test('the same Idempotency-Key gives the same token again, and makes one', async () => {
  const person = await signUp(t);
  const headers = { ...person.headers, 'idempotency-key': crypto.randomUUID() };
  const body = { name: 'Once', scopes: ['tasks:read'] };
  const answers = await Promise.all(Array.from({ length: 5 }, () => create(headers, body)));
  expect(new Set(answers.map((answer) => answer.json().token)).size).toBe(1);
  expect((await request('GET', '/v1/auth/tokens', person.headers)).json().items).toHaveLength(1);
  expect((await create(headers, { ...body, name: 'Other' })).statusCode).toBe(422);
});

test('fifty tokens, exactly, also in parallel', async () => {
  const { headers } = await signUp(t);
  const answers = await Promise.all(
    Array.from({ length: 55 }, () => create(headers, { name: 'Many', scopes: ['tasks:read'] })),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(50);
  expect(answers.filter(({ statusCode }) => statusCode === 422)).toHaveLength(5);
});

test('tokens that were never made, or are not whole, are refused', async () => {
  const { made, person } = await personWithToken();
  const foreign = await signUp(t);
  for (const token of [`spd_${'A'.repeat(43)}`, 'spd_', 'spd_x', `${made.token}x`, made.token.slice(0, -1)]) {
    expect((await request('GET', '/v1/tasks', bearer(token))).statusCode).toBe(401);
  }
  const url = `/v1/auth/tokens/${made.id}`;
  expect((await request('DELETE', url, foreign.headers)).statusCode).toBe(404);
  expect((await request('GET', '/v1/auth/tokens', person.headers)).json().items).toHaveLength(1);
  const internal = {
    method: 'POST',
    url: '/internal/auth/token-owners',
    payload: { tokenHash: 'a'.repeat(64) },
  };
  expect((await t.app.inject(internal as { method: 'POST' })).statusCode).toBe(404);
});

test.each([
  [{}],
  [{ name: '', scopes: ['tasks:read'] }],
  [{ name: 'x', scopes: [] }],
  [{ name: 'x', scopes: ['tasks:read', 'tasks:read'] }],
  [{ name: 'x', scopes: ['*'] }],
  [{ name: 'x', scopes: 'tasks:read' }],
  [{ name: 'x\u0000', scopes: ['tasks:read'] }],
  [{ name: 7, scopes: ['tasks:read'] }],
  [{ name: 'x', scopes: ['tasks:read'], expiresAt: '2001-01-01T00:00:00Z' }],
  [{ name: 'x', scopes: ['tasks:read'], expiresAt: '2090-01-01T00:00:00Z' }],
  [{ name: 'x', scopes: ['tasks:read'], userId: '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10' }],
])('%j answers 400', async (body) => {
  const { headers } = await signUp(t);
  expect((await create(headers, body)).statusCode).toBe(400);
});
