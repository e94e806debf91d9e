import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authService } from '../index.ts';

let t: TestApp;
let person: SignedUp;
beforeAll(async () => {
  t = await testApp([authService]);
  person = await signUp(t);
});
afterAll(() => t.close());

const me = (headers = person.headers) => t.app.inject({ url: '/v1/users/me', headers });
const patch = (payload: unknown, headers: Record<string, string> = {}) =>
  t.app.inject({
    method: 'PATCH',
    url: '/v1/users/me',
    payload: payload as object,
    headers: { ...person.headers, ...headers },
  });

test('me needs a token', async () => {
  const answer = await t.app.inject('/v1/users/me');
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="spacedly"');
});

test('changes a profile, counts versions, and honours If-Match', async () => {
  const before = await me();
  const version = before.json().version;
  expect(before.headers.etag).toBe(`"${version}"`);
  const changed = await patch(
    { timeZone: 'Asia/Kolkata', country: 'IN', dob: '1990-02-28' },
    { 'if-match': `"${version}"` },
  );
  expect(changed.statusCode).toBe(200);
  expect(changed.json()).toMatchObject({
    timeZone: 'Asia/Kolkata',
    isProfileComplete: true,
    version: version + 1,
  });
  const stale = await patch({ name: 'Somebody' }, { 'if-match': `"${version}"` });
  expect(stale.statusCode).toBe(412);
  expect((await patch({ name: 'Somebody' }, { 'if-match': 'nonsense' })).statusCode).toBe(412);
  expect((await me()).json().name).toBe('Ada Example');
});

test('null clears, absent keeps', async () => {
  await patch({ fullName: 'Ada King', zip: '12345' });
  const cleared = (await patch({ zip: null })).json();
  expect([cleared.fullName, cleared.zip]).toEqual(['Ada King', null]);
});

test('a username belongs to one person', async () => {
  const other = await signUp(t);
  expect((await patch({ username: 'ada.l' })).statusCode).toBe(200);
  const answer = await patch({ username: 'ada.l' }, other.headers);
  expect([answer.statusCode, answer.json().type]).toEqual([
    409,
    'https://spacedly.dev/problems/username-taken',
  ]);
  const byName = { identifier: 'ADA.L', password: person.password };
  expect((await t.app.inject({ method: 'POST', url: '/v1/auth/login', payload: byName })).statusCode).toBe(
    200,
  );
});

test.each([
  ['nothing', {}],
  ['an array', []],
  ['null', null],
  ['a number as name', { name: 7 }],
  ['a role', { role: 'ADMIN' }],
  ['an e-mail', { email: 'evil@example.com' }],
  ['an activation', { isActive: true }],
  ['a version', { version: 1 }],
  ['an unknown zone', { timeZone: 'Mars/Olympus' }],
  ['an offset as zone', { timeZone: '+02:00' }],
  ['a future birthday', { dob: '2030-01-01' }],
  ['a child', { dob: new Date(Date.now() - 12 * 365 * 86_400_000).toISOString().slice(0, 10) }],
  ['29 February of a common year', { dob: '2001-02-29' }],
  ['a country in words', { country: 'India' }],
  ['an upper-case username', { username: 'Ada' }],
  ['a Cyrillic username', { username: 'аda' }],
  ['a name of one letter', { name: 'A' }],
  ['a name of spaces', { name: '     ' }],
  ['a constructor', JSON.parse('{"constructor": {"x": 1}}')],
])('refuses %s and changes nothing', async (_name, body) => {
  const before = (await me()).body;
  const answer = await patch(body);
  expect(answer.statusCode).toBe(400);
  expect((await me()).body).toBe(before);
});

test('text is kept as it was typed', async () => {
  for (const name of [
    '$100 <b>budget</b>',
    'done once = ok',
    '👩‍🚀 שלום',
    "Robert'); DROP TABLE users;--",
    '{{7*7}}',
  ]) {
    expect((await patch({ name })).json().name).toBe(name);
  }
});

test('internal routes do not exist for anybody outside', async () => {
  const url = `/internal/auth/contacts/${person.user.id}`;
  for (const authorization of ['', `Bearer ${person.accessToken}`, 'Service 9999999999.abc', 'Service x']) {
    const answer = await t.app.inject({ url, headers: { authorization } });
    expect(answer.statusCode).toBe(404);
  }
  const token = t.platform.serviceTokens.issue();
  const answer = await t.app.inject({ url, headers: { authorization: `Service ${token}` } });
  expect(answer.json()).toMatchObject({ userId: person.user.id, email: person.email });
  const unknown = await t.app.inject({
    url: '/internal/auth/contacts/00000000-0000-7000-8000-000000000000',
    headers: { authorization: `Service ${token}` },
  });
  expect(unknown.json().type).toContain('user-not-found');
});

test('other services ask for many people at once', async () => {
  const [there, gone] = [person.user.id, '00000000-0000-7000-8000-000000000000'];
  const ask = (authorization: string) =>
    t.app.inject({
      method: 'POST',
      url: '/internal/auth/contacts',
      headers: { authorization },
      payload: { userIds: [there, gone] },
    });
  expect((await ask(`Bearer ${person.accessToken}`)).statusCode).toBe(404);
  const answer = await ask(`Service ${t.platform.serviceTokens.issue()}`);
  expect(answer.json().items).toMatchObject([{ userId: there, email: person.email }]);
});
