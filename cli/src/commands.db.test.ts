import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample, version } from '@spacedly/kit';
import { createTestDatabase, type TestDatabase } from '@spacedly/kit/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandTests, outcomeOf, runCli, temporaryFolder } from './fixtures/run-cli.ts';

commandTests();

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function outputOf(args: string[], env: Record<string, string> = {}) {
  return outcomeOf(runCli(args, env));
}

test('env-example, openapi, --version and --help print what they are for', async () => {
  expect(await outputOf(['env-example'])).toEqual({ code: 0, output: envExample() });
  expect(await outputOf(['--version'])).toEqual({ code: 0, output: `${version}\n` });
  const openapi = await outputOf(['openapi']);
  expect(JSON.parse(openapi.output)).toMatchObject({ openapi: '3.1.0', info: { version } });
  const help = await outputOf(['--help']);
  expect(help.code).toBe(0);
  for (const word of ['serve', 'migrate', 'seed', 'openapi', 'env-example', 'Exit codes'])
    expect(help.output).toContain(word);
});

test('settings may stand in .env; the environment wins over it', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.env'), `DATABASE_URL=${database.url}\nLOG_LEVEL=loud\n`);
  const wrong = await outputOf(['migrate', 'status'], { DATA_DIR: folder, LOG_LEVEL: 'loud' });
  expect(wrong.code).toBe(2);
  expect(wrong.output).toContain('LOG_LEVEL');
  const right = await outputOf(['migrate', 'status'], { DATA_DIR: folder, LOG_LEVEL: 'warn' });
  expect(right).toEqual({ code: 0, output: 'The database is up to date.\n' });
});

test('migrate says how the database stands', async () => {
  const env = { DATABASE_URL: database.url };
  expect(await outputOf(['migrate', 'status', '--json'], env)).toEqual({
    code: 0,
    output: '{"pending":[],"drift":[]}\n',
  });
  expect(await outputOf(['migrate'], env)).toEqual({ code: 0, output: 'The database is up to date.\n' });
  const byHand = await createTestDatabase();
  const client = new pg.Client(byHand.url);
  await client.connect();
  await client.query('ALTER TABLE tasks.exams ADD COLUMN extra text');
  await client.end();
  expect(await outputOf(['migrate', 'status'], { DATABASE_URL: byHand.url })).toEqual({
    code: 1,
    output: 'tasks: unexpected column exams.extra text\nThe database is not what its migrations make.\n',
  });
  await byHand.drop();
});

test('migrate brings an empty database up to date, several at the same time', async () => {
  const empty = await createTestDatabase({ isEmpty: true });
  const env = { DATABASE_URL: empty.url };
  const before = await outputOf(['migrate', 'status', '--json'], env);
  expect(before.code).toBe(1);
  expect(JSON.parse(before.output).pending.length).toBeGreaterThanOrEqual(3);
  const runs = await Promise.all([1, 2, 3].map(() => outputOf(['migrate', 'up'], env)));
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect((await outputOf(['migrate', 'status'], env)).output).toBe('The database is up to date.\n');
  await empty.drop();
});

test('seed makes people who can sign in, and none in production', async () => {
  const env = { DATABASE_URL: database.url };
  const made = await outputOf(['seed', '--users', '2', '--tasks', '3', '--json'], env);
  const { accounts } = JSON.parse(made.output);
  expect(accounts).toHaveLength(2);
  expect(accounts[0]).toEqual({
    email: expect.stringContaining('@'),
    password: expect.any(String),
    tasks: 3,
  });
  const production = { ...env, NODE_ENV: 'production', PUBLIC_URL: 'https://plan.example.com' };
  const refused = await outputOf(['seed'], production);
  expect(refused.code).toBe(2);
  expect(refused.output).toContain('no place in production');
});
