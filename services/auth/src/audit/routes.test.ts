import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuthDeps } from '../deps.ts';
import { ALONE, createPeople } from '../fixtures/people.ts';
import { authService } from '../index.ts';
import { applyRetention } from '../retention.ts';
import { deleteOldAudit } from './store.ts';

let t: TestApp;
let admin: SignedUp;
let person: SignedUp;
let { as } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as } = createPeople(t));
  admin = await signUp(t);
  person = await signUp(t);
  for (const role of ['MODERATOR', 'USER', 'MODERATOR', 'USER']) {
    await as(admin, 'PATCH', `/v1/admin/users/${person.user.id}`, { role });
  }
  await t.app.inject({
    method: 'PATCH',
    url: `/v1/admin/users/${person.user.id}`,
    headers: { ...admin.headers, 'x-request-id': 'the-request' },
    payload: { isActive: false },
  });
});
afterAll(() => t.close());

const list = async (query = '') => (await as(admin, 'GET', `/v1/admin/audit?${query}`)).json();
const query = (sql: string, ...values: unknown[]) => t.platform.database.pool.query(sql, values);
const rows = async () => (await query('SELECT * FROM auth.audit_log ORDER BY id')).rows;

test('says who, what, on whom, when, from where, and by which request', async () => {
  const { items } = await list();
  expect(items[0]).toEqual({
    id: expect.any(String),
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    actorId: admin.user.id,
    action: 'user.deactivated',
    targetId: person.user.id,
    ip: '127.0.0.1',
    requestId: 'the-request',
    detail: {},
  });
  expect(items.map(({ action }: { action: string }) => action)).toEqual([
    'user.deactivated',
    ...Array(4).fill('user.role_changed'),
  ]);
});

test('filters by actor, target, action and time, page by page', async () => {
  const count = async (filter: string) => (await list(filter)).items.length;
  expect(await count(`actorId=${admin.user.id}`)).toBe(5);
  expect(await count(`actorId=${person.user.id}`)).toBe(0);
  expect(await count(`targetId=${person.user.id}&action=user.role_changed`)).toBe(4);
  expect(await count('from=2100-01-01T00:00:00Z')).toBe(0);
  expect(await count('to=2100-01-01T00:00:00Z')).toBe(5);
  const seen: string[] = [];
  let cursor: string | null = '';
  do {
    const page: { items: { id: string }[]; nextCursor: string | null } = await list(
      `limit=2${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual((await rows()).map(({ id }) => id).reverse());
});

test.each(['actorId=x', 'action=DROP%20TABLE', 'from=yesterday', 'cursor=x', 'unknown=1'])(
  'refuses %s',
  async (filter) => {
    expect((await as(admin, 'GET', `/v1/admin/audit?${filter}`)).statusCode).toBe(400);
  },
);

test.each([
  `UPDATE auth.audit_log SET action = 'nothing'`,
  'UPDATE auth.audit_log SET ip = NULL',
  'DELETE FROM auth.audit_log',
  'TRUNCATE auth.audit_log',
  `UPDATE auth.audit_log SET at = now() - interval '10 years'`,
])('the database itself refuses: %s', async (sql) => {
  const before = await rows();
  await expect(query(sql)).rejects.toThrow('append-only');
  expect(await rows()).toEqual(before);
});

test('the door of the retention lets old rows out and no others', async () => {
  const before = await rows();
  await expect(
    t.platform.database.db.transaction(async (tx) => {
      await deleteOldAudit(tx, new Date('2020-01-01T00:00:00Z'));
      await tx.execute('DELETE FROM auth.audit_log');
    }),
  ).rejects.toThrow();
  expect(await rows()).toEqual(before);
});

test('rows are kept a year', async () => {
  const { database, config, storage, outbox, secrets, log } = t.platform;
  const after = (days: number) => {
    const now = () => new Date(Date.now() + days * 86_400_000);
    return applyRetention({ db: database.db, config, storage, outbox, secrets, now } as AuthDeps, log);
  };
  await after(364.9);
  expect(await rows()).toHaveLength(5);
  await after(365.1);
  expect(await rows()).toHaveLength(0);
});
