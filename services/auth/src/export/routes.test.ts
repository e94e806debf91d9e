import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadServices } from '@spacedly/cli';
import { authRoutes } from '@spacedly/contracts';
import { call, viaInject } from '@spacedly/kit';
import {
  publishedEvents,
  type SignedUp,
  signUp,
  type TestApp,
  testApp,
  waitFor,
} from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AuthDeps } from '../deps.ts';
import { createPeople, NOBODY, problemOf } from '../fixtures/people.ts';
import { applyRetention } from '../retention.ts';

const DAY_MS = 86_400_000;

let t: TestApp;
let admin: SignedUp;
let person: SignedUp;
let now = new Date();
let { as, signedIn } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp(await loadServices(), { now: () => now });
  ({ as, signedIn } = createPeople(t));
  admin = await signUp(t);
});
afterAll(() => t.close());
beforeEach(async () => {
  now = new Date();
  person = await signUp(t, { name: 'Ex Port' });
});

const request = (who = person) => as(who, 'GET', '/v1/users/me/export');

async function readyExport(who = person): Promise<{ exportId: string; expiresAt: string }> {
  return waitFor(
    async () =>
      (await publishedEvents(t.platform, 'export.ready')).findLast(
        ({ userId }) => userId === who.user.id,
      ) as {
        exportId: string;
        expiresAt: string;
      },
    15_000,
    'the archive',
  );
}

const download = (exportId: string, who = person) => as(who, 'GET', `/v1/users/me/exports/${exportId}`);

/** Unpacked by another program than the one that packed it. */
async function unpack(bytes: Buffer): Promise<Record<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'spacedly-export-'));
  try {
    const path = join(folder, 'archive.zip');
    await writeFile(path, bytes);
    // One process for all files: starting one for each takes longer than everything else here.
    const script = `import zipfile,json,base64
z=zipfile.ZipFile(${JSON.stringify(path)})
assert z.testzip() is None
print(json.dumps({n:base64.b64encode(z.read(n)).decode() for n in z.namelist()}))`;
    const files = JSON.parse(execFileSync('python3', ['-c', script], { maxBuffer: 1e8 }).toString());
    return Object.fromEntries(
      Object.entries<string>(files).map(([name, content]) => [name, Buffer.from(content, 'base64')]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('everything about a person comes in one archive, from every service, without a secret', async () => {
  const stranger = await signUp(t, { name: 'Not Exported' });
  for (const who of [person, stranger]) {
    await as(who, 'POST', '/v1/docs', { title: 'Note', content: `Note of ${who.user.name}` });
    await as(who, 'POST', '/v1/tasks', { title: `Task of ${who.user.name} "ü"` });
  }
  await as(person, 'PATCH', '/v1/users/me', { bio: 'My bio' });
  const answer = await request();
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toMatchObject({ status: 'PENDING', downloadUrl: null, expiresAt: null });
  const { exportId, expiresAt } = await readyExport();
  expect(exportId).toBe(answer.json().id);
  expect(Date.parse(expiresAt) - now.getTime()).toBe(7 * DAY_MS);
  const archive = await download(exportId);
  expect(archive.headers).toMatchObject({
    'content-type': 'application/zip',
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="spacedly-${now.toISOString().slice(0, 10)}.zip"`,
  });
  const files = await unpack(archive.rawPayload);
  const json = (name: string) => JSON.parse((files[name] as Buffer).toString());
  expect(json('auth/account.json')).toMatchObject([
    { id: person.user.id, email: person.email, name: 'Ex Port' },
  ]);
  expect(json('auth/profile.json')).toMatchObject([{ bio: 'My bio' }]);
  expect(json('tasks/tasks.json')).toMatchObject([{ title: 'Task of Ex Port "ü"' }]);
  const note = { title: 'Note', content: 'Note of Ex Port' };
  expect(json('documents/documents.json')).toMatchObject([note]);
  expect(json('documents/versions.json')).toMatchObject([{ ...note, version: 1 }]);
  expect(json('notifications/notifications.json')).toMatchObject([{ userId: person.user.id }]);
  const all = Object.values(files).join('\n');
  expect(all).not.toMatch(/argon2|passwordHash|tokenHash|codeHmac|sealedPrivate|Not Exported/);
});

test('while one is being made, that one is the answer', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => request()));
  const ids = new Set(answers.map((answer) => answer.json().id));
  const [row] = (
    await t.platform.database.pool.query(
      'SELECT count(*)::int AS count FROM auth.data_exports WHERE user_id = $1',
      [person.user.id],
    )
  ).rows;
  expect(ids.size).toBe(row.count);
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([202]));
});

test('five in a day', async () => {
  for (let n = 0; n < 5; n += 1) {
    const { id } = (await request()).json();
    await waitFor(async () => (await readyExport()).exportId === id, 15_000);
  }
  const refused = await request();
  expect([refused.statusCode, problemOf(refused)]).toEqual([429, 'too-many-exports']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(80_000);
});

test('nobody else can download it, and after seven days nobody at all', async () => {
  await request();
  const { exportId } = await readyExport();
  for (const who of [admin, await signUp(t)]) {
    const answer = await download(exportId, who);
    expect([answer.statusCode, problemOf(answer)]).toEqual([404, 'export-not-found']);
  }
  expect((await t.app.inject(`/v1/users/me/exports/${exportId}`)).statusCode).toBe(401);
  expect((await download(NOBODY)).statusCode).toBe(404);
  now = new Date(now.getTime() + 7 * DAY_MS);
  person = await signedIn(person);
  const late = await download(exportId);
  expect([late.statusCode, problemOf(late)]).toEqual([410, 'export-expired']);
  const { database, config, storage, outbox, secrets, log } = t.platform;
  const at = () => new Date(now.getTime() + DAY_MS);
  await applyRetention({ db: database.db, config, storage, outbox, secrets, now: at } as AuthDeps, log);
  expect(await storage.get(`exports/${person.user.id}/${exportId}.zip`)).toBeNull();
  expect((await download(exportId)).statusCode).toBe(404);
});

test('what the services tell each other is told to nobody else', async () => {
  const url = `/internal/auth/export/${person.user.id}`;
  expect((await as(admin, 'GET', url)).statusCode).toBe(404);
  const context = { authorization: `Service ${t.platform.serviceTokens.issue()}` };
  const transport = viaInject(() => t.app);
  const params = { userId: person.user.id };
  for (const cursor of ['x', 'W10', Buffer.from('[999,null]').toString('base64url')]) {
    const asked = call(transport, authRoutes.exportAuthData, { params, query: { cursor } }, context);
    await expect(asked).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  }
});

/** Of secrets and of bookkeeping; whoever adds a table says here why a person is not told of it. */
const NOT_TOLD = [
  'auth.data_exports',
  'auth.idempotency_keys',
  'auth.link_tokens',
  'auth.passkey_challenges',
  'auth.recovery_codes',
  'auth.second_factors',
  'auth.sign_in_challenges',
  'documents.idempotency_keys',
  'notifications.idempotency_keys',
  'tasks.idempotency_keys',
  'tasks.count_changes',
  'tasks.counted_people',
  'tasks.day_counts',
  'tasks.list_changes',
  'tasks.reminder_counts',
  'tasks.review_notices',
  'tasks.search_blocks',
  'tasks.search_changes',
  'tasks.task_changes',
  'tasks.task_counts',
];

test('no table with rows of people is left out of the archive unseen', async () => {
  const { rows } = await t.platform.database.pool.query(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.columns
     WHERE column_name = 'user_id' AND table_schema NOT IN ('jobs') ORDER BY 1`,
  );
  const told: string[] = [];
  const modules = {
    auth: './sections.ts',
    tasks: '../../../tasks/src/people/store.ts',
    documents: '../../../documents/src/people/store.ts',
    notifications: '../../../notifications/src/people/store.ts',
  };
  const { getTableName } = await import('drizzle-orm');
  for (const [schema, path] of Object.entries(modules)) {
    const { sections } = await import(path);
    told.push(
      ...sections.map(
        ({ table }: { table: Parameters<typeof getTableName>[0] }) => `${schema}.${getTableName(table)}`,
      ),
    );
  }
  const unseen = rows
    .map(({ name }) => name)
    .filter((name) => !told.includes(name) && !NOT_TOLD.includes(name));
  expect(unseen).toEqual([]);
});
