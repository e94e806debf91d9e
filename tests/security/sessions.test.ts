import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { countOf, createPeople, times } from './people.ts';

const { post, login, me, send, signUp } = createPeople(inject('systemUrl'));
const refresh = (refreshToken: string) =>
  post<{ accessToken: string; refreshToken: string }>('/v1/auth/refresh', { refreshToken });

test('a second sign-in leaves the first alone', async () => {
  const person = await signUp();
  const second = await login(person.email, person.password);
  expect((await me(person.accessToken)).status).toBe(200);
  expect((await refresh(person.refreshToken)).status).toBe(200);
  expect((await me(second.body.tokens.accessToken)).status).toBe(200);
});

test('after logout neither token works', async () => {
  const person = await signUp();
  expect((await post('/v1/auth/logout', undefined, person.headers)).status).toBe(204);
  expect((await me(person.accessToken)).status).toBe(401);
  expect((await refresh(person.refreshToken)).status).toBe(401);
});

test('parallel refreshes sign nobody out and make one chain; an old token ends it', async () => {
  const person = await signUp();
  const answers = await times(10, () => refresh(person.refreshToken));
  expect(
    countOf(
      answers.map(({ status }) => status),
      200,
    ),
  ).toBe(10);
  const [successor, ...others] = new Set(answers.map(({ body }) => body.refreshToken));
  expect(others).toEqual([]);
  const next = await refresh(successor as string);
  expect(next.status).toBe(200);
  expect((await refresh(person.refreshToken)).status).toBe(401);
  expect((await refresh(next.body.refreshToken)).status).toBe(401);
  expect((await me(next.body.accessToken)).status).toBe(401);
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a token is ours or it is nothing', async () => {
  const person = await signUp();
  const [header = '', payload = '', signature = ''] = person.accessToken.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const admin = part({ ...claims, role: 'ADMIN' });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const own = (head: object) => {
    const text = `${part(head)}.${admin}`;
    return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const jwk = publicKey.export({ format: 'jwk' });
  const forged = [
    `${part({ alg: 'none', kid })}.${admin}.`,
    `${header}.${admin}.${signature}`,
    own({ alg: 'EdDSA', kid }),
    own({ alg: 'EdDSA', kid: 'unknown' }),
    own({ alg: 'EdDSA', jwk }),
    own({ alg: 'EdDSA', kid, jku: 'http://127.0.0.1:9/keys' }),
    own({ alg: 'EdDSA', kid, x5u: 'http://127.0.0.1:9/cert' }),
    own({ alg: 'HS256', kid }),
    person.refreshToken,
    `${header}.${payload}`,
    'null',
  ];
  const statuses = await Promise.all(forged.map(async (token) => (await me(token)).status));
  expect(statuses).toEqual(forged.map(() => 401));
});

test('no header makes anybody somebody else', async () => {
  const [ada, eve] = [await signUp('Ada Example'), await signUp('Eve Example')];
  for (const name of ['X-User-ID', 'x-user-id', 'X_User_Id', 'X-Spacedly-User', 'X-User-Role']) {
    const answer = await send<{ id: string }>('/v1/users/me', {
      headers: { ...eve.headers, [name]: name.endsWith('Role') ? 'ADMIN' : ada.user.id },
    });
    expect(answer.body.id).toBe(eve.user.id);
    expect((await send('/v1/users/me', { headers: { [name]: ada.user.id } })).status).toBe(401);
  }
});

test('a cookie alone changes nothing from another site', async () => {
  const person = await signUp();
  const json = { identifier: person.email, password: person.password, delivery: 'cookie' };
  const signedIn = await send('/v1/auth/login', { method: 'POST', json });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  expect(
    signedIn.headers.getSetCookie().every((line) => /HttpOnly/i.test(line) && /SameSite=Lax/i.test(line)),
  ).toBe(true);
  expect((await send('/v1/users/me', { headers: { cookie } })).status).toBe(200);
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
    const change = {
      method: 'POST',
      json: { title: 'x' },
      headers: { cookie, origin, 'sec-fetch-site': 'cross-site' },
    };
    expect((await send('/v1/tasks', change)).status).toBe(403);
    expect((await send('/v1/auth/refresh', { method: 'POST', headers: { cookie, origin } })).status).toBe(
      403,
    );
  }
});

test('rotating X-Forwarded-For does not get around a limit', async () => {
  const person = await signUp();
  const attempts = await times(30, (index) =>
    login(person.email, `wrong ${index}`, {
      'x-forwarded-for': `203.0.113.${index}`,
      'x-real-ip': `203.0.113.${index}`,
    }),
  );
  const statuses = attempts.map(({ status }) => status);
  expect(countOf(statuses, 401)).toBe(5);
  expect(countOf(statuses, 429)).toBe(25);
});
