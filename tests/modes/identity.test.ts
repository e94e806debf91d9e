import { createServiceTokens, deriveSecrets } from '@spacedly/kit';
import { TEST_SECRET } from '@spacedly/kit/testing';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { createClient, type Person } from '../harness/client.ts';
import { sendRaw } from '../harness/raw.ts';

const url = inject('systemUrl');
const client = createClient(url);
function serviceToken(): string {
  return createServiceTokens(deriveSecrets(TEST_SECRET), Date.now).issue();
}
let ada: Person;
let eve: Person;

beforeAll(async () => {
  [ada, eve] = await Promise.all([client.signUp('Ada Example'), client.signUp('Eve Example')]);
});

describe('who somebody is', () => {
  const spellings = ['X-User-ID', 'x-user-id', 'X_USER_ID', 'X-User_Id', 'X-Spacedly-User', 'x-user-role'];

  test.each(spellings)('%s from outside is nobody’s word', async (name) => {
    const lines = `${name}: ${ada.user.id}\r\n`.repeat(2);
    const ask = (extra: string) =>
      sendRaw(url, `GET /v1/users/me HTTP/1.1\r\nHost: x\r\n${lines}${extra}Connection: close\r\n\r\n`);
    expect((await ask('')).status).toBe(401);
    const asEve = await ask(`Authorization: Bearer ${eve.accessToken}\r\n`);
    expect(asEve.text).toContain(eve.user.id);
    expect(asEve.text).not.toContain(ada.user.id);
  });

  test('Connection cannot take away what the gateway adds', async () => {
    const named = 'X-User-ID, X-Spacedly-Gateway, X-Forwarded-For, X-Request-ID, Authorization';
    const ask = `GET /v1/users/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${eve.accessToken}\r\nConnection: close, ${named}\r\n\r\n`;
    const reply = await sendRaw(url, ask);
    // Authorization is the client's own to withhold; whoever loses it is a stranger, never somebody else.
    expect([200, 401]).toContain(reply.status);
    expect(reply.text).not.toContain(ada.user.id);
  });

  test.each([
    ['forged', '9999999999.abc'],
    ['real', serviceToken()],
  ])('a %s gateway token from outside does not make an address believed', async (_kind, token) => {
    const headers = {
      'x-spacedly-gateway': token,
      'x-forwarded-for': '203.0.113.7',
      'x-real-ip': '203.0.113.7',
    };
    const json = { identifier: ada.email, password: ada.password };
    const { status, body } = await client.send<{ tokens: { accessToken: string } }>('/v1/auth/login', {
      method: 'POST',
      headers,
      json,
    });
    expect(status).toBe(200);
    const sessions = await client.send<{ items: { ip: string; current: boolean }[] }>('/v1/auth/sessions', {
      headers: { authorization: `Bearer ${body.tokens.accessToken}` },
    });
    expect(sessions.body.items.find(({ current }) => current)?.ip).toBe('127.0.0.1');
  });
});

describe('internal routes', () => {
  const paths = [
    '/internal/auth/denied-sessions',
    '/internal/auth/contacts/019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10',
    '//internal/auth/denied-sessions',
    '/v1/auth/../../internal/auth/denied-sessions',
    '/v1/auth/..%2f..%2finternal/auth/denied-sessions',
    '/%69nternal/auth/denied-sessions',
    'http://x/internal/auth/denied-sessions',
  ];
  test.each(paths)('%s is not there, even with a service token', async (path) => {
    const reply = await sendRaw(
      url,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Service ${serviceToken()}\r\nConnection: close\r\n\r\n`,
    );
    expect(reply.status).toBe(404);
    expect(reply.text).not.toContain('"items"');
  });

  test('a service asked directly without a service token says the same', async () => {
    const answer = await fetch(`${inject('serviceUrls').auth}/internal/auth/denied-sessions`);
    expect(answer.status).toBe(404);
  });
});

describe('sessions by cookie', () => {
  let cookie: string;

  beforeAll(async () => {
    const json = { identifier: eve.email, password: eve.password, delivery: 'cookie' };
    const reply = await client.send<{ tokens?: unknown }>('/v1/auth/login', { method: 'POST', json });
    expect(reply.status).toBe(200);
    expect(reply.body.tokens).toBeUndefined();
    const cookies = reply.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThanOrEqual(2);
    for (const each of cookies) expect(each).toMatch(/; HttpOnly/i);
    cookie = cookies.map((each) => each.split(';', 1)[0]).join('; ');
  });

  const create = (headers: Record<string, string>) =>
    client.send('/v1/tasks', { method: 'POST', headers: { cookie, ...headers }, json: { title: 'x' } });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', {}],
    ['an opaque origin', { origin: 'null' }],
  ])('403 for a change from %s', async (_name, headers) => {
    const { status, body } = await create(headers);
    expect(status).toBe(403);
    expect(body).toMatchObject({ type: 'https://spacedly.dev/problems/cross-site-request' });
  });

  test('changes from our own pages, and reading from anywhere, work', async () => {
    expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await create({ origin: url })).status).toBe(201);
    const read = await client.send('/v1/users/me', { headers: { cookie, 'sec-fetch-site': 'cross-site' } });
    expect(read.status).toBe(200);
  });
});
