import { publishedEvents, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authService } from '../index.ts';

let t: TestApp;
let offsetMs = 0;
beforeAll(async () => {
  t = await testApp([authService], { now: () => new Date(Date.now() + offsetMs) });
});
afterAll(() => t.close());

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  t.app.inject({ method: 'POST', url, payload: payload as object, headers });
const refresh = (refreshToken: string) => post('/v1/auth/refresh', { refreshToken });
const me = (accessToken: string) =>
  t.app.inject({ url: '/v1/users/me', headers: { authorization: `Bearer ${accessToken}` } });

test('signs in by e-mail in any case; a session shows its device', async () => {
  const person = await signUp(t);
  const identifier = ` ${person.email.toUpperCase()} `;
  const answer = await post(
    '/v1/auth/login',
    { identifier, password: person.password },
    { 'user-agent': 'curl/8.5.0' },
  );
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const headers = { authorization: `Bearer ${answer.json().tokens.accessToken}` };
  const { items } = (await t.app.inject({ url: '/v1/auth/sessions', headers })).json();
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({ device: 'curl/8.5.0', ip: '127.0.0.1', current: true });
});

test('wrong password, unknown account and nonsense answer alike', async () => {
  const person = await signUp(t);
  const answers = await Promise.all([
    post('/v1/auth/login', { identifier: person.email, password: 'wrong password' }),
    post('/v1/auth/login', { identifier: 'nobody@example.com', password: 'wrong password' }),
    post('/v1/auth/login', {
      identifier: `${'a'.repeat(60)}@${'b'.repeat(100)}.com`,
      password: 'wrong password',
    }),
  ]);
  for (const answer of answers) {
    expect(answer.statusCode).toBe(401);
    const words = 'The sign-in details are not right';
    expect(answer.json()).toMatchObject({ title: words, detail: words });
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  }
});

test('five wrong passwords are heard, also in parallel; the right one then waits too', async () => {
  const person = await signUp(t);
  const attempt = (password: string) => post('/v1/auth/login', { identifier: person.email, password });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => attempt(`wrong ${index}`)));
  const statuses = answers.map(({ statusCode }) => statusCode);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(45);
  const refused = await attempt(person.password);
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
  offsetMs += 16 * 60_000;
  const later = await attempt(person.password);
  offsetMs -= 16 * 60_000;
  expect(later.statusCode).toBe(200);
});

test('successes do not count', async () => {
  const person = await signUp(t);
  for (let round = 0; round < 7; round += 1) {
    const { statusCode } = await post('/v1/auth/login', {
      identifier: person.email,
      password: person.password,
    });
    expect(statusCode).toBe(200);
  }
});

test('a refresh token rotates; ten parallel uses make one chain', async () => {
  const person = await signUp(t);
  const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(person.refreshToken)));
  expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  const successors = new Set(answers.map((answer) => answer.json().refreshToken));
  expect(successors.size).toBe(1);
  const [successor] = [...successors] as [string];
  expect(successor).not.toBe(person.refreshToken);
  expect((await refresh(successor)).statusCode).toBe(200);
});

test('an older token ends the session, its access tokens, and is told to the owner', async () => {
  const person = await signUp(t);
  const second = (await refresh(person.refreshToken)).json();
  const third = (await refresh(second.refreshToken)).json();
  expect((await me(third.accessToken)).statusCode).toBe(200);
  expect((await refresh(person.refreshToken)).statusCode).toBe(401);
  expect((await refresh(third.refreshToken)).statusCode).toBe(401);
  await waitFor(async () => (await me(third.accessToken)).statusCode === 401, 1_000);
  const told = (await publishedEvents(t.platform, 'session.token_reused')).filter(
    ({ userId }) => userId === person.user.id,
  );
  expect(told).toHaveLength(1);
});

test('after the grace a rotated token counts as stolen', async () => {
  const person = await signUp(t);
  const second = (await refresh(person.refreshToken)).json();
  offsetMs += 11_000;
  expect((await refresh(person.refreshToken)).statusCode).toBe(401);
  expect((await refresh(second.refreshToken)).statusCode).toBe(401);
  offsetMs -= 11_000;
});

test('a refresh token slides for 7 days, 30 on a remembered device, 90 at most', async () => {
  const person = await signUp(t);
  const day = 86_400_000;
  const login = async (rememberDevice: boolean) => {
    const body = { identifier: person.email, password: person.password, rememberDevice };
    return (await post('/v1/auth/login', body)).json().tokens.refreshToken as string;
  };
  const [short, long] = [await login(false), await login(true)];
  offsetMs = 7 * day + 1_000;
  expect((await refresh(short)).statusCode).toBe(401);
  let token = long;
  for (const elapsed of [29, 58, 87]) {
    offsetMs = elapsed * day;
    const answer = await refresh(token);
    expect(answer.statusCode).toBe(200);
    token = answer.json().refreshToken;
  }
  offsetMs = 90 * day + 1_000;
  expect((await refresh(token)).statusCode).toBe(401);
  offsetMs = 0;
});

test('logging out cuts the access token off within a second', async () => {
  const person = await signUp(t);
  expect((await post('/v1/auth/logout', undefined, person.headers)).statusCode).toBe(204);
  await waitFor(async () => (await me(person.accessToken)).statusCode === 401, 1_000);
  expect((await refresh(person.refreshToken)).statusCode).toBe(401);
});

test('logging out everywhere ends every session', async () => {
  const person = await signUp(t);
  const other = await post('/v1/auth/login', { identifier: person.email, password: person.password });
  expect((await post('/v1/auth/logout-all', undefined, person.headers)).statusCode).toBe(204);
  await waitFor(async () => (await me(other.json().tokens.accessToken)).statusCode === 401, 1_000);
});

test('one ends another session of their own, and nobody else’s', async () => {
  const [person, stranger] = [await signUp(t), await signUp(t)];
  const { sid } = decodeJwt(person.accessToken) as { sid: string };
  const end = (headers: Record<string, string>) =>
    t.app.inject({ method: 'DELETE', url: `/v1/auth/sessions/${sid}`, headers });
  expect((await end(stranger.headers)).statusCode).toBe(404);
  expect((await me(person.accessToken)).statusCode).toBe(200);
  expect((await end(person.headers)).statusCode).toBe(204);
  await waitFor(async () => (await me(person.accessToken)).statusCode === 401, 1_000);
});

test('cookie sessions refresh by cookie and need a same-origin request', async () => {
  const person = await signUp(t);
  const body = { identifier: person.email, password: person.password, delivery: 'cookie' };
  const signedIn = await post('/v1/auth/login', body);
  const cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const again = (headers: Record<string, string>) =>
    t.app.inject({ method: 'POST', url: '/v1/auth/refresh', headers: { cookie, ...headers } });
  expect((await again({})).statusCode).toBe(403);
  expect((await again({ origin: 'https://evil.example' })).statusCode).toBe(403);
  expect((await again({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  const refreshed = await again({ 'sec-fetch-site': 'same-origin' });
  expect(refreshed.statusCode).toBe(200);
  expect(refreshed.json()).toEqual({ tokenType: 'Bearer', expiresIn: 900 });
  expect(refreshed.cookies.map(({ name }) => name)).toEqual(['spacedly_access', 'spacedly_refresh']);
  const patch = (headers: Record<string, string>) =>
    t.app.inject({
      method: 'PATCH',
      url: '/v1/users/me',
      payload: { name: 'Eve' },
      headers: { cookie, ...headers },
    });
  expect((await patch({ origin: 'https://evil.example' })).statusCode).toBe(403);
  expect((await patch({ origin: 'http://localhost:3000' })).statusCode).toBe(200);
});

test.each([
  ['/v1/auth/login', { identifier: 'a@example.com' }, 400],
  ['/v1/auth/login', { identifier: 7, password: true }, 400],
  ['/v1/auth/login', { identifier: 'a@example.com', password: 'p', extra: 1 }, 400],
  ['/v1/auth/refresh', { refreshToken: 'never issued' }, 401],
  ['/v1/auth/refresh', {}, 401],
  ['/v1/auth/refresh', { refreshToken: {} }, 400],
  ['/v1/auth/logout', undefined, 401],
])('%s with %j answers %i', async (url, body, status) => {
  expect((await post(url, body)).statusCode).toBe(status);
});

test('only our own live access tokens are taken', async () => {
  const person = await signUp(t);
  const [header = '', payload = ''] = person.accessToken.split('.');
  const { keys } = (await t.app.inject('/.well-known/jwks.json')).json();
  expect(keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
  expect(keys[0]).not.toHaveProperty('d');
  const claims = decodeJwt(person.accessToken);
  expect(claims).toMatchObject({ typ: 'access', role: expect.any(String), iss: 'http://localhost:3000' });
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const publicKey = Buffer.from(keys[0].x, 'base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url');
  const confused = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(publicKey);
  const forged = [
    `${none}.${payload}.`,
    confused,
    `${header}.${payload}.AAAA`,
    person.refreshToken,
    'x',
    'a.b.c',
  ];
  for (const token of forged) expect((await me(token)).statusCode).toBe(401);
});
