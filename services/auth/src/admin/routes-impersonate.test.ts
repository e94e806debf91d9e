import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALONE, createPeople, NOBODY, problemOf } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let person: SignedUp;
let now = new Date();
let { as, withRole, isSignedIn } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE, now: () => now });
  ({ as, withRole, isSignedIn } = createPeople(t));
  admin = await signUp(t);
});
afterAll(() => t.close());
beforeEach(async () => {
  now = new Date();
  person = await signUp(t, { name: 'Per Son' });
});

const begin = (who: SignedUp, userId: string) => as(who, 'POST', `/v1/admin/users/${userId}/impersonate`);

async function actFor(who: SignedUp, whom = person) {
  const answer = await begin(who, whom.user.id);
  expect(answer.statusCode).toBe(200);
  const { accessToken } = answer.json();
  return { accessToken, headers: { authorization: `Bearer ${accessToken}` } };
}

test('an admin acts for a person, which the token, /me and the logs say', async () => {
  const answer = await begin(admin, person.user.id);
  expect(answer.json()).toMatchObject({ tokenType: 'Bearer', expiresIn: 900, user: { id: person.user.id } });
  expect(answer.json()).not.toHaveProperty('refreshToken');
  expect(answer.headers['cache-control']).toBe('no-store');
  const claims = decodeJwt(answer.json().accessToken);
  expect(claims).toMatchObject({ sub: person.user.id, role: 'USER', act: { sub: admin.user.id } });
  const headers = { authorization: `Bearer ${answer.json().accessToken}` };
  const me = (await as({ headers }, 'GET', '/v1/users/me')).json();
  expect([me.id, me.impersonatedBy]).toEqual([person.user.id, admin.user.id]);
  expect((await as(person, 'GET', '/v1/users/me')).json().impersonatedBy).toBeNull();
  const log = await as(admin, 'GET', `/v1/admin/audit?targetId=${person.user.id}`);
  expect(log.json().items).toMatchObject([{ action: 'user.impersonated', actorId: admin.user.id }]);
  const own = await as(person, 'GET', '/v1/auth/events');
  expect(own.json().items.map(({ type }: { type: string }) => type)).toContain('impersonated');
});

test('no credential changes hands, and no door of an admin opens', async () => {
  const acting = await actFor(admin);
  const calls = [
    ['POST', '/v1/auth/logout-all'],
    [
      'POST',
      '/v1/auth/password/change',
      { currentPassword: person.password, newPassword: 'another harbour' },
    ],
    ['POST', '/v1/auth/password/set', { newPassword: 'another harbour' }],
    ['POST', '/v1/auth/email/change', { newEmail: 'evil@example.com', password: person.password }],
    ['POST', '/v1/auth/2fa/totp/setup'],
    ['POST', '/v1/auth/tokens', { name: 'x', scopes: ['tasks:read'] }],
    ['POST', '/v1/auth/passkeys/register/options'],
    ['DELETE', `/v1/auth/sessions/${NOBODY}`],
    ['DELETE', '/v1/users/me', { password: person.password }],
    ['GET', '/v1/users/me/export'],
    ['GET', '/v1/admin/users'],
    ['POST', `/v1/admin/users/${NOBODY}/impersonate`],
  ] as const;
  for (const [method, url, body] of calls) {
    const answer = await as(acting, method, url, body);
    expect([method, url, answer.statusCode, problemOf(answer)]).toEqual([method, url, 403, 'impersonating']);
  }
  expect((await as(acting, 'PATCH', '/v1/users/me', { name: 'Helped' })).statusCode).toBe(200);
  expect(await isSignedIn(person)).toBe(true);
});

test('it ends after 15 minutes and cannot be renewed', async () => {
  const acting = await actFor(admin);
  expect(await isSignedIn(acting)).toBe(true);
  now = new Date(now.getTime() + 931_000);
  expect(await isSignedIn(acting)).toBe(false);
});

test('it ends when the admin is demoted, and when the person signs out everywhere', async () => {
  const helper = await withRole(admin, 'ADMIN');
  const [first, second] = [await actFor(helper), await actFor(admin)];
  expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([true, true]);
  await as(admin, 'PATCH', `/v1/admin/users/${helper.user.id}`, { role: 'USER' });
  await waitFor(async () => !(await isSignedIn(first)), 1_000);
  expect([await isSignedIn(second), await isSignedIn(person)]).toEqual([true, true]);
  await as(person, 'POST', '/v1/auth/logout-all');
  await waitFor(async () => !(await isSignedIn(second)), 1_000);
});

test('logging out while acting ends that session alone', async () => {
  const acting = await actFor(admin);
  expect((await as(acting, 'POST', '/v1/auth/logout')).statusCode).toBe(204);
  await waitFor(async () => !(await isSignedIn(acting)), 1_000);
  expect([await isSignedIn(person), await isSignedIn(admin)]).toEqual([true, true]);
});

test('nobody acts for an admin, for themselves, for the deactivated or the deleted', async () => {
  const other = await withRole(admin, 'ADMIN');
  expect(problemOf(await begin(admin, other.user.id))).toBe('cannot-impersonate');
  expect(problemOf(await begin(admin, admin.user.id))).toBe('cannot-impersonate');
  await as(admin, 'PATCH', `/v1/admin/users/${person.user.id}`, { isActive: false });
  const refused = await begin(admin, person.user.id);
  expect([refused.statusCode, problemOf(refused)]).toEqual([422, 'cannot-impersonate']);
  await as(admin, 'DELETE', `/v1/admin/users/${person.user.id}`);
  expect(problemOf(await begin(admin, person.user.id))).toBe('user-not-found');
  expect((await begin(admin, NOBODY)).statusCode).toBe(404);
});
