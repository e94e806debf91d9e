import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ALONE, createPeople, problemOf } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let admin: SignedUp;
let { as, withRole } = {} as ReturnType<typeof createPeople>;

beforeEach(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as, withRole } = createPeople(t));
  admin = await signUp(t);
});
afterEach(() => t.close());

const url = (userId: string, rest = '') => `/v1/admin/users/${userId}${rest}`;

async function countAdmins(): Promise<number> {
  const { rows } = await t.platform.database.pool.query(
    `SELECT count(*)::int AS count FROM auth.users WHERE role = 'ADMIN' AND is_active AND deleted_at IS NULL`,
  );
  return rows[0].count;
}

test('the last admin can neither be demoted, deactivated, deleted nor purged, by anybody', async () => {
  const self = admin.user.id;
  for (const answer of [
    await as(admin, 'PATCH', url(self), { role: 'USER' }),
    await as(admin, 'PATCH', url(self), { role: 'MODERATOR', isActive: true }),
    await as(admin, 'PATCH', url(self), { isActive: false }),
    await as(admin, 'DELETE', url(self)),
    await as(admin, 'POST', url(self, '/purge'), { confirm: admin.email }),
    await as(admin, 'DELETE', '/v1/users/me', { password: admin.password }),
  ]) {
    expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'last-admin']);
  }
  expect((await as(admin, 'GET', '/v1/users/me')).json().role).toBe('ADMIN');
});

test('an admin who is deactivated or deleted does not count as another one', async () => {
  const second = await withRole(admin, 'ADMIN');
  expect((await as(admin, 'PATCH', url(second.user.id), { isActive: false })).statusCode).toBe(200);
  expect(problemOf(await as(admin, 'PATCH', url(admin.user.id), { role: 'USER' }))).toBe('last-admin');
  await as(admin, 'PATCH', url(second.user.id), { isActive: true });
  await as(admin, 'DELETE', url(second.user.id));
  expect(problemOf(await as(admin, 'DELETE', url(admin.user.id)))).toBe('last-admin');
  await as(admin, 'POST', url(second.user.id, '/restore'));
  expect((await as(admin, 'DELETE', url(admin.user.id))).statusCode).toBe(204);
});

test('six admins who remove each other and themselves at the same moment leave exactly one', async () => {
  const admins = [admin];
  for (let n = 0; n < 5; n += 1) admins.push(await withRole(admin, 'ADMIN'));
  const ways = [
    (who: SignedUp, whom: string) => as(who, 'PATCH', url(whom), { role: 'USER' }),
    (who: SignedUp, whom: string) => as(who, 'PATCH', url(whom), { isActive: false }),
    (who: SignedUp, whom: string) => as(who, 'DELETE', url(whom)),
  ];
  const calls = Array.from({ length: 54 }, (_, n) => {
    const who = admins[n % 6] as SignedUp;
    const whom = admins[(n + Math.floor(n / 6)) % 6] as SignedUp;
    return (ways[n % 3] as (typeof ways)[0])(who, whom.user.id);
  });
  const statuses = (await Promise.all(calls)).map(({ statusCode }) => statusCode);
  expect(await countAdmins()).toBe(1);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

test('two admins who demote each other at the same moment: one wins, the other had no right any more', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [a, b] = [await withRole(admin, 'ADMIN'), await withRole(admin, 'ADMIN')];
    const answers = await Promise.all([
      as(a, 'PATCH', url(b.user.id), { role: 'USER' }),
      as(b, 'PATCH', url(a.user.id), { role: 'USER' }),
    ]);
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses[0]).toBe(200);
    expect([401, 403]).toContain(statuses[1]);
  }
});
