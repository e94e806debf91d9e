import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { type Config, deriveSecrets, type Migrations } from '@spacedly/kit';
import {
  createTestDatabase,
  freePorts,
  TEST_SECRET,
  type TestDatabase,
  testConfig,
} from '@spacedly/kit/testing';
import pg from 'pg';
import { generate } from 'selfsigned';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandTests, outcomeOf, runCli } from '../fixtures/run-cli.ts';
import { loadServices } from '../services.ts';
import { type Finding, runCheck } from './check.ts';
import { databaseChecks } from './database.ts';
import { otherChecks } from './others.ts';

commandTests();

const folder = mkdtempSync(join(tmpdir(), 'spacedly-doctor-'));
let database: TestDatabase;
let services: Migrations[];
let closedPort: number;
beforeAll(async () => {
  database = await createTestDatabase();
  services = (await loadServices()).map(({ migrations }) => migrations);
  closedPort = (await freePorts(1))[0] as number;
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const configOf = (overrides: Partial<Config> = {}) =>
  testConfig({ DATA_DIR: join(folder, 'data'), ...overrides });

async function ask(name: string, url: string, limitMs = 20_000): Promise<Finding> {
  const checks = databaseChecks({ url, directUrl: url, config: configOf(), services });
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return runCheck(found, limitMs);
}

async function askOther(name: string, overrides: Partial<Config>): Promise<Finding> {
  const found = otherChecks(configOf(overrides)).find((check) => check.name === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return runCheck(found, 20_000);
}

const changed = (change: (url: URL) => void) => {
  const url = new URL(database.url);
  url.search = '';
  change(url);
  return url.href;
};

test('the command: nothing is wrong, and what is wrong makes its exit code', async () => {
  const env = { DATABASE_URL: database.url, SPACEDLY_SECRET: TEST_SECRET };
  const well = await outcomeOf(runCli(['doctor', '--json'], env));
  expect({ code: well.code, findings: JSON.parse(well.output) }).toMatchObject({
    code: 0,
    findings: { isWell: true },
  });
  expect(JSON.parse(well.output).findings.map(({ name }: Finding) => name)).toEqual([
    'database',
    'migrations',
    'drift',
    'clock',
    'secret',
    'redis',
    'mail',
    'storage',
    'disk',
    'address',
  ]);
  const wrong = await outcomeOf(runCli(['doctor'], { PORT: 'eighty' }));
  expect(wrong).toEqual({ code: 1, output: expect.stringMatching(/^WRONG {2}settings: PORT/) });
});

test.each<[string, () => string, RegExp]>([
  [
    'a port where nobody listens',
    () => `postgres://a:b@127.0.0.1:${closedPort}/x`,
    /does not answer at the address/,
  ],
  [
    'a wrong password',
    () =>
      changed((url) => {
        url.password = 'wrong';
      }),
    /refused the password/,
  ],
  [
    'a database that is not there',
    () =>
      changed((url) => {
        url.pathname = '/none';
      }),
    /does not exist/,
  ],
])('%s is told in words', async (_name, url, words) => {
  const address = url();
  expect(await ask('database', address)).toMatchObject({
    status: 'failed',
    message: expect.stringMatching(words),
  });
});

test('a host that keeps silent is told with its port, within the limit', async () => {
  const found = await ask('database', 'postgres://a:b@192.0.2.1:5432/x', 1_000);
  // Some networks swallow what goes to an address that nobody has, some refuse it.
  expect(found).toMatchObject({ status: 'failed', message: expect.stringContaining('does not answer') });
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const mute = await ask('database', `postgres://a:b@127.0.0.1:${port}/x`, 500);
  expect(mute).toMatchObject({
    status: 'failed',
    message: expect.stringContaining(`does not answer on ${port}: a firewall`),
  });
  silent.close();
});

test('a certificate nobody vouches for leads to DATABASE_CA_FILE', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write('S');
      new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => {});
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const found = await ask('database', `postgres://a:b@127.0.0.1:${port}/x?sslmode=verify-full`);
  expect(found).toMatchObject({ status: 'failed', message: expect.stringContaining('DATABASE_CA_FILE') });
  server.close();
});

test('what is pending and a secret of another installation are found', async () => {
  const empty = await createTestDatabase({ isEmpty: true });
  expect(await ask('migrations', empty.url)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('pending'),
  });
  await empty.drop();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const insert = `INSERT INTO auth.signing_keys (kid, public_jwk, sealed_private_jwk, signs_from, created_at)
    VALUES ('k', '{}', $1, now(), now())`;
  await client.query(insert, [deriveSecrets(TEST_SECRET).seal('{}')]);
  expect(await ask('secret', database.url)).toMatchObject({ status: 'ok' });
  await client.query('UPDATE auth.signing_keys SET sealed_private_jwk = $1', [
    deriveSecrets('another').seal('{}'),
  ]);
  expect(await ask('secret', database.url)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('SPACEDLY_SECRET'),
  });
  await client.query('DELETE FROM auth.signing_keys');
  await client.end();
});

test('Redis, a mail server and a storage that do not work are told in words', async () => {
  const redis = await askOther('redis', { REDIS_URL: `redis://127.0.0.1:${closedPort}` });
  expect(redis).toMatchObject({ status: 'failed', message: expect.stringContaining('REDIS_URL') });
  const closed = await askOther('mail', {
    SMTP_URL: `smtp://127.0.0.1:${closedPort}`,
    MAIL_FROM: 'a@example.com',
  });
  expect(closed).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('SMTP_URL does not answer'),
  });
  const onAuth = (_auth: unknown, _session: unknown, done: (error: Error) => void) => done(new Error('no'));
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth,
    disabledCommands: ['STARTTLS'],
  });
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const refused = await askOther('mail', {
    SMTP_URL: `smtp://a:b@127.0.0.1:${port}`,
    MAIL_FROM: 'a@example.com',
  });
  expect(refused).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('refused the user or password'),
  });
  await new Promise<void>((resolve) => server.close(resolve));
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const storage = await askOther('storage', { DATA_DIR: file });
  expect(storage).toMatchObject({ status: 'failed', message: expect.stringContaining('DATA_DIR') });
});
