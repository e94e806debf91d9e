import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALONE, createPeople, NOBODY, problemOf } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let person: SignedUp;
let { as, login, signedIn, withRole, isSignedIn } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as, login, signedIn, withRole, isSignedIn } = createPeople(t));
  admin = await signUp(t, { name: 'First Admin' });
});
afterAll(() => t.close());
beforeEach(async () => {
  person = await signUp(t, { name: 'Per Son' });
});

const users = (userId: string, rest = '') => `/v1/admin/users/${userId}${rest}`;
const setRole = (userId: string, role: string) => as(admin, 'PATCH', users(userId), { role });

async function audit(query: string): Promise<Record<string, unknown>[]> {
  return (await as(admin, 'GET', `/v1/admin/audit?${query}`)).json().items;
}

test('lists accounts by page, role, status and text; the deleted only when asked for', async () => {
  const marked = await Promise.all(
    ['Quill 100%', 'Quill 100x', 'quill_b'].map((name) => signUp(t, { name })),
  );
  const names = async (query: string) => {
    const answer = await as(admin, 'GET', `/v1/admin/users?${query}`);
    expect(answer.statusCode).toBe(200);
    return answer.json().items.map(({ name }: { name: string }) => name);
  };
  expect((await names('query=QUILL')).sort()).toEqual(['Quill 100%', 'Quill 100x', 'quill_b']);
  expect(await names('query=100%25')).toEqual(['Quill 100%']);
  expect(await names('query=l_b')).toEqual(['quill_b']);
  expect(await names(`query=${marked[1]?.email.toUpperCase()}`)).toEqual(['Quill 100x']);
  expect(await names('role=ADMIN&query=quill')).toEqual([]);
  await as(admin, 'DELETE', users(marked[2]?.user.id as string));
  await as(admin, 'PATCH', users(marked[1]?.user.id as string), { isActive: false });
  expect(await names('query=quill&status=active')).toEqual(['Quill 100%']);
  expect(await names('query=quill&status=deactivated')).toEqual(['Quill 100x']);
  expect(await names('query=quill&status=deleted')).toEqual(['quill_b']);
  expect(await names('query=quill&status=unverified')).toEqual([]);
  expect((await names('query=quill')).length).toBe(2);

  const first = (await as(admin, 'GET', '/v1/admin/users?limit=2')).json();
  const second = (await as(admin, 'GET', `/v1/admin/users?limit=2&cursor=${first.nextCursor}`)).json();
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort().reverse());
  expect(JSON.stringify(first)).not.toMatch(/passwordHash|argon2/);
});

test.each(['status=gone', 'role=ROOT', 'limit=0', 'limit=101', 'cursor=nonsense', 'query=', 'isActive=true'])(
  'refuses the query %s',
  async (query) => {
    expect((await as(admin, 'GET', `/v1/admin/users?${query}`)).statusCode).toBe(400);
  },
);

test('shows one account, deleted or not, never its hash', async () => {
  const shown = await as(admin, 'GET', users(person.user.id));
  expect(shown.json()).toMatchObject({
    email: person.email,
    isActive: true,
    hasPassword: true,
    deletedAt: null,
  });
  expect(shown.body).not.toContain('argon2');
  expect((await as(admin, 'GET', users(NOBODY))).statusCode).toBe(404);
  expect((await as(admin, 'GET', users('nonsense'))).statusCode).toBe(400);
});

test('a role change ends the sessions with the old role at once and reaches the next sign-in', async () => {
  const moderator = await withRole(admin, 'MODERATOR');
  expect((await as(moderator, 'GET', '/v1/admin/users')).statusCode).toBe(200);
  expect((await setRole(moderator.user.id, 'USER')).json()).toMatchObject({ role: 'USER' });
  await waitFor(async () => (await as(moderator, 'GET', '/v1/admin/users')).statusCode === 401, 1_000);
  const refresh = { refreshToken: moderator.refreshToken };
  expect((await t.app.inject({ method: 'POST', url: '/v1/auth/refresh', payload: refresh })).statusCode).toBe(
    401,
  );
  expect((await as(await signedIn(moderator), 'GET', '/v1/admin/users')).statusCode).toBe(403);
  expect(await audit(`targetId=${moderator.user.id}&action=user.role_changed`)).toMatchObject([
    { actorId: admin.user.id, detail: { from: 'MODERATOR', to: 'USER' }, ip: '127.0.0.1' },
    { detail: { from: 'USER', to: 'MODERATOR' } },
  ]);
});

test('a deactivated account is out at once and back when reactivated', async () => {
  expect((await as(admin, 'PATCH', users(person.user.id), { isActive: false })).json().isActive).toBe(false);
  await waitFor(async () => !(await isSignedIn(person)), 1_000);
  expect((await login(person)).statusCode).toBe(401);
  expect((await as(admin, 'PATCH', users(person.user.id), { isActive: true })).statusCode).toBe(200);
  expect((await login(person)).statusCode).toBe(200);
});

test('asking for what already is changes nothing and keeps the sessions', async () => {
  const before = (await as(admin, 'GET', users(person.user.id))).body;
  const answer = await as(admin, 'PATCH', users(person.user.id), { role: 'USER', isActive: true });
  expect([answer.statusCode, answer.body]).toEqual([200, before]);
  expect((await as(person, 'GET', '/v1/users/me')).statusCode).toBe(200);
});

test('If-Match guards a change', async () => {
  const stale = await t.app.inject({
    method: 'PATCH',
    url: users(person.user.id),
    headers: { ...admin.headers, 'if-match': '"99"' },
    payload: { role: 'MODERATOR' },
  });
  expect(stale.statusCode).toBe(412);
  expect((await as(admin, 'GET', users(person.user.id))).json().role).toBe('USER');
});

test.each([
  ['nothing', {}],
  ['an unknown role', { role: 'ROOT' }],
  ['a verification', { emailVerifiedAt: '2026-01-01T00:00:00.000Z' }],
  ['an e-mail', { email: 'x@example.com' }],
  ['a hash', { passwordHash: 'x' }],
  ['a word for a flag', { isActive: 'yes' }],
  ['null', { role: null }],
])('refuses to change %s', async (_name, body) => {
  expect((await as(admin, 'PATCH', users(person.user.id), body)).statusCode).toBe(400);
});

test('a moderator reads but does not change', async () => {
  const moderator = await withRole(admin, 'MODERATOR');
  for (const [method, url, body] of [
    ['PATCH', users(person.user.id), { role: 'ADMIN' }],
    ['PATCH', users(moderator.user.id), { role: 'ADMIN' }],
    ['DELETE', users(person.user.id), undefined],
    ['POST', users(person.user.id, '/impersonate'), undefined],
    ['POST', users(person.user.id, '/purge'), { confirm: person.email }],
    ['POST', users(person.user.id, '/sessions/revoke'), undefined],
    ['GET', '/v1/admin/audit', undefined],
  ] as const) {
    const answer = await as(moderator, method, url, body);
    expect([method, url, answer.statusCode, problemOf(answer)]).toEqual([method, url, 403, 'forbidden']);
  }
  expect((await as(moderator, 'GET', users(person.user.id))).statusCode).toBe(200);
});

test('signs a person out everywhere', async () => {
  expect((await as(admin, 'POST', users(person.user.id, '/sessions/revoke'))).statusCode).toBe(204);
  await waitFor(async () => !(await isSignedIn(person)), 1_000);
  expect((await login(person)).statusCode).toBe(200);
  expect((await as(admin, 'POST', users(NOBODY, '/sessions/revoke'))).statusCode).toBe(404);
});

test('counts the installation', async () => {
  const stats = (await as(admin, 'GET', '/v1/admin/stats')).json();
  const [yesterday, today] = [-1, 0].map((days) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
  );
  expect(stats.signInsPerDay).toHaveLength(30);
  const [before, last] = stats.signInsPerDay.slice(-2);
  expect([before.day, last.day]).toEqual([yesterday, today]);
  // Those of this file, which may have begun before midnight.
  expect(before.count + last.count).toBeGreaterThan(5);
  expect(stats).toMatchObject({ verified: stats.total, unverified: 0, pendingCodes: 0 });
  await t.app.inject({
    method: 'POST',
    url: '/v1/auth/signup',
    payload: { email: 'waits@example.com', password: 'a quiet harbour at dawn', name: 'Waits' },
  });
  expect((await as(admin, 'GET', '/v1/admin/stats')).json()).toMatchObject({
    pendingCodes: 1,
    total: stats.total,
  });
});
