import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, installQueues, knownMigrations, type Migrations, migrateTo } from '@spacedly/kit';
import { createTestDatabase, TEST_SECRET, type TestDatabase, testConfig } from '@spacedly/kit/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadServices } from '../services.ts';
import { chooseSecret, restoreBackup } from './restore.ts';
import { type VerifiedBackup, verifyBackup } from './verify.ts';
import { writeBackup } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'spacedly-restore-'));
const log = createLogger({ LOG_LEVEL: 'silent' }, 'test');
const databases: TestDatabase[] = [];
let services: Migrations[];
let backup: VerifiedBackup;

async function emptyDatabase(): Promise<string> {
  const made = await createTestDatabase({ isEmpty: true });
  databases.push(made);
  return made.url;
}

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const configIn = (name: string) => testConfig({ DATA_DIR: join(folder, name) });
const into = (databaseUrl: string, name: string) => ({ config: configIn(name), databaseUrl, services, log });

/** A database as the first release left it, with rows that its triggers, its queue and its sequences would change. */
async function oldDatabase(): Promise<string> {
  const url = await emptyDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const service of services)
    await migrateTo(client, service, knownMigrations(service)[0]?.when as number);
  await installQueues(client, log);
  await client.query(`
    INSERT INTO tasks.tasks (id, user_id, title, position, created_at, updated_at)
    SELECT gen_random_uuid(), '0190a000-0000-7000-8000-000000000001', E'tab\\t back\\\\slash \\n' || n, n, now(), now()
    FROM generate_series(1, 20000) n;
    INSERT INTO jobs.job (name, data, state, started_on) VALUES ('delivery', '{"n": 1}', 'active', now())`);
  await client.end();
  return url;
}

beforeAll(async () => {
  services = (await loadServices()).map(({ migrations }) => migrations);
  const source = { config: configIn('old'), secret: TEST_SECRET, databaseUrl: await oldDatabase(), services };
  const file = join(folder, 'old.tar.gz');
  await writeBackup(source, { file, overwrite: false, withSecret: true });
  backup = await verifyBackup(file, services);
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.drop()));
  rmSync(folder, { recursive: true });
});

test('a backup of an older release is brought up to date', async () => {
  const url = await emptyDatabase();
  await restoreBackup(backup, into(url, 'new'), null);
  const digest = `SELECT count(*)::integer, md5(string_agg(id || title, ',' ORDER BY id)) FROM tasks.tasks`;
  expect(await query(url, digest)).toEqual(await query(databases[0]?.url as string, digest));
  expect(await query(url, 'SELECT max(created_at)::text AS last FROM tasks.__migrations')).toEqual([
    {
      last: String(
        knownMigrations(services.find(({ schema }) => schema === 'tasks') as Migrations).at(-1)?.when,
      ),
    },
  ]);
  // What the worker of old had in hand is done again, as that worker is no more.
  expect(await query(url, `SELECT state::text, data FROM jobs.job`)).toEqual([
    { state: 'retry', data: { n: 1 } },
  ]);
});

test('an installation in use, or one with files, is left alone', async () => {
  const used = await createTestDatabase();
  databases.push(used);
  await query(used.url, `INSERT INTO auth.counters VALUES ('x', 1, now())`);
  await expect(restoreBackup(backup, into(used.url, 'used'), null)).rejects.toThrow(
    /auth\.counters has rows/,
  );
  const stored = await createTestDatabase();
  databases.push(stored);
  const destination = into(stored.url, 'stored');
  const files = join(destination.config.DATA_DIR, 'files');
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, 'mine'), 'x');
  await expect(restoreBackup(backup, destination, null)).rejects.toThrow(/it has mine/);
  expect(readdirSync(files)).toEqual(['mine']);
  const running = new pg.Client({ connectionString: stored.url, application_name: 'spacedly' });
  await running.connect();
  await expect(restoreBackup(backup, into(stored.url, 'free'), null)).rejects.toThrow(/Stop it first/);
  await running.end();
});

test('what fails in the middle leaves an empty installation, which can be restored', async () => {
  const url = await emptyDatabase();
  const rows = { ...backup.manifest.rows, 'tasks.tasks': 19_999 };
  const wrong = { ...backup, manifest: { ...backup.manifest, rows } };
  await expect(restoreBackup(wrong, into(url, 'twice'), null)).rejects.toThrow(/has lost rows/);
  const left = `SELECT count(*)::integer AS count FROM pg_namespace WHERE nspname IN ('auth', 'tasks', 'spacedly_restore')`;
  expect(await query(url, left)).toEqual([{ count: 0 }]);
  await restoreBackup(backup, into(url, 'twice'), null);
});

test('the secret is the one the backup was made under, wherever it comes from', () => {
  const config = testConfig();
  const { SPACEDLY_SECRET: _, ...unset } = config;
  const other = 'x'.repeat(40);
  expect(chooseSecret(backup, config, TEST_SECRET)).toBeNull();
  expect(chooseSecret({ ...backup, secret: TEST_SECRET }, unset as never, null)).toBe(TEST_SECRET);
  expect(chooseSecret({ ...backup, secret: TEST_SECRET }, unset as never, other)).toBe(TEST_SECRET);
  expect(() => chooseSecret(backup, { ...config, SPACEDLY_SECRET: other }, other)).toThrow(
    /SPACEDLY_SECRET is not/,
  );
  expect(() => chooseSecret(backup, unset as never, null)).toThrow(/is not in this backup/);
});
