import { loadServices } from '@spacedly/cli';
import { authRoutes, tasksRoutes } from '@spacedly/contracts';
import { call, newId, viaInject } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuthDeps } from '../deps.ts';
import { createPeople } from '../fixtures/people.ts';
import { applyRetention } from '../retention.ts';

const DAY_MS = 86_400_000;

let t: TestApp;
let admin: SignedUp;

beforeAll(async () => {
  t = await testApp(await loadServices());
  admin = await signUp(t);
});
afterAll(() => t.close());

const query = async (sql: string, ...values: unknown[]) =>
  (await t.platform.database.pool.query(sql, values)).rows;

/** Every row anywhere in the database that mentions one of the texts, as `schema.table`. */
async function traces(...texts: string[]): Promise<string[]> {
  const tables = await query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('auth', 'tasks', 'notifications', 'jobs')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    for (const text of texts) {
      const [row] = await query(
        `SELECT count(*)::int AS count FROM ${name} AS t WHERE t::text ILIKE $1`,
        `%${text}%`,
      );
      found.push(...Array(row.count).fill(name));
    }
  }
  return found.sort();
}

/** Somebody who has used everything there is. */
async function busyPerson(): Promise<SignedUp> {
  const email = `trace-${newId()}@example.com`;
  const who = await signUp(t, { email, name: 'Trace Less' });
  const { as } = createPeople(t);
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const body = new FormData();
  body.append('file', new Blob([picture]), 'me.png');
  await t.app.inject({ method: 'POST', url: '/v1/users/me/avatar', headers: who.headers, payload: body });
  await as(who, 'PATCH', '/v1/users/me', { bio: `mail me at ${email}`, username: `u${Date.now()}` });
  await as(who, 'PUT', '/v1/users/me/merchant', {
    businessName: 'Trace & Co',
    category: 'Books',
    taxId: '1',
    address: 'Street 1',
    contactEmail: email,
  });
  const context = { authorization: who.headers.authorization as string };
  const transport = viaInject(() => t.app);
  const { body: task } = await call(transport, tasksRoutes.createTask, { body: { title: email } }, context);
  const scheduledAt = new Date(Date.now() + DAY_MS).toISOString();
  await call(transport, tasksRoutes.createReminder, { body: { taskId: task.id, scheduledAt } }, context);
  await call(transport, tasksRoutes.completeTask, { params: { taskId: task.id } }, context);
  await call(transport, authRoutes.requestExport, {}, context);
  return who;
}

/** Nothing of the person is on its way any more. */
async function settled(): Promise<void> {
  await waitFor(
    async () => (await query(`SELECT 1 FROM jobs.job WHERE state < 'completed'`)).length === 0,
    15_000,
    'the end of all jobs',
  );
}

const filesOf = async ({ user }: SignedUp) => {
  const rows = await query('SELECT avatar_url AS url FROM auth.users WHERE id = $1', user.id);
  const [exported] = await query('SELECT id FROM auth.data_exports WHERE user_id = $1', user.id);
  return [
    `avatars/${user.id}/${rows[0].url.split('/').at(-1)}.webp`,
    `exports/${user.id}/${exported.id}.zip`,
  ];
};

async function exists(key: string): Promise<boolean> {
  const file = await t.platform.storage.get(key);
  file?.stream.destroy();
  return file !== null;
}

async function expectNoTrace(who: SignedUp, files: string[]): Promise<void> {
  await settled();
  expect(await traces(who.email)).toEqual([]);
  const rest = await traces(who.user.id);
  expect(rest.filter((name) => name !== 'auth.audit_log' && !name.startsWith('jobs.'))).toEqual([]);
  const queued = await query(
    `SELECT DISTINCT data->>'name' AS name FROM jobs.job WHERE data::text LIKE $1`,
    `%${who.user.id}%`,
  );
  expect(queued).toEqual([{ name: 'user.purged' }]);
  const log = await query('SELECT action, ip, detail FROM auth.audit_log WHERE actor_id = $1', who.user.id);
  expect(log.filter(({ ip }) => ip !== null)).toEqual([]);
  for (const key of files) expect([key, await exists(key)]).toEqual([key, false]);
}

test('an admin purges an account with every trace of it, in every service and on the disk', async () => {
  const who = await busyPerson();
  await settled();
  const files = await filesOf(who);
  for (const key of files) expect([key, await exists(key)]).toEqual([key, true]);
  expect((await traces(who.email)).length).toBeGreaterThan(5);
  const answer = await t.app.inject({
    method: 'POST',
    url: `/v1/admin/users/${who.user.id}/purge`,
    headers: admin.headers,
    payload: { confirm: who.email },
  });
  expect(answer.statusCode).toBe(204);
  await expectNoTrace(who, files);
  const rows = await query(
    `SELECT * FROM auth.audit_log WHERE action = 'user.purged' AND target_id = $1`,
    who.user.id,
  );
  expect(rows).toMatchObject([{ actor_id: admin.user.id, detail: {} }]);
});

test('a deleted account is purged after 30 days and not a moment before, once on two instances', async () => {
  const who = await busyPerson();
  await settled();
  const files = await filesOf(who);
  const { as } = createPeople(t);
  await as(who, 'DELETE', '/v1/users/me', { password: who.password });
  // In thirty days the mail about the deletion has long been sent.
  await settled();
  const [row] = await query('SELECT deleted_at AS at FROM auth.users WHERE id = $1', who.user.id);
  const { database, config, storage, outbox, secrets, log } = t.platform;
  const at = (ms: number) => {
    const now = () => new Date(row.at.getTime() + ms);
    return applyRetention({ db: database.db, config, storage, outbox, secrets, now } as AuthDeps, log);
  };
  await at(30 * DAY_MS);
  expect(await query('SELECT 1 FROM auth.users WHERE id = $1', who.user.id)).toHaveLength(1);
  await Promise.all([at(30 * DAY_MS + 1), at(30 * DAY_MS + 1)]);
  await expectNoTrace(who, files);
  const rows = await query(
    `SELECT * FROM auth.audit_log WHERE action = 'user.purged' AND target_id = $1`,
    who.user.id,
  );
  expect(rows).toMatchObject([{ actor_id: null, ip: null, detail: {} }]);
});

test('no table with rows of people is forgotten', async () => {
  const owned = await query(
    `SELECT 'auth.' || table_name AS name FROM information_schema.columns
     WHERE column_name = 'user_id' AND table_schema = 'auth'`,
  );
  const hanging = await query(
    `SELECT conrelid::regclass::text AS name FROM pg_constraint
     WHERE contype = 'f' AND confrelid = 'auth.users'::regclass AND confdeltype = 'c'`,
  );
  expect(hanging.length).toBeGreaterThan(5);
  const apart = owned.map(({ name }) => name).filter((name) => !hanging.some((row) => row.name === name));
  // Deleted by name in deletion/store.ts.
  expect(apart).toEqual(['auth.idempotency_keys']);
});
