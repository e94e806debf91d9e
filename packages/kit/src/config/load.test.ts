import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { envExample } from './env-example.ts';
import { type ConfigError, loadConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'spacedly-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function issuesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    return (error as ConfigError).issues;
  }
  return [];
}

test('nothing set: a laptop', () => {
  expect(loadConfig({})).toMatchObject({
    PORT: 3000,
    HOST: 'localhost',
    PUBLIC_URL: 'http://localhost:3000',
    DATA_DIR: './data',
    DEV_MAILBOX: true,
    CODES_PER_IP_HOUR: 1_000,
    isProduction: false,
  });
});

test('every problem is told at once, and no value is repeated', () => {
  const issues = issuesOf({
    PORT: 'eighty',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    SPACEDLY_SECRET: 'hunter2',
    LOG_LEVEL: 'loud',
    SPACEDLY_SECRT: 'typo-of-a-secret',
  });
  expect(issues.map((issue) => issue.split(':')[0]).sort()).toEqual([
    'DATABASE_URL',
    'LOG_LEVEL',
    'PORT',
    'SPACEDLY_SECRET',
    'SPACEDLY_SECRT',
  ]);
  expect(issues.join()).not.toMatch(/hunter2|typo-of-a-secret/);
  expect(issues.join()).toContain('DATABASE_URL=postgres://');
});

test('production refuses an http address and a weak secret, and has no local mailbox', () => {
  const env = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'http://plan.example.com',
    SPACEDLY_SECRET: 'a'.repeat(40),
  };
  expect(issuesOf(env).map((issue) => issue.split(':')[0])).toEqual(['PUBLIC_URL', 'SPACEDLY_SECRET']);
  const good = loadConfig({ NODE_ENV: 'production', PUBLIC_URL: 'https://plan.example.com/' });
  expect(good).toMatchObject({
    PUBLIC_URL: 'https://plan.example.com',
    DEV_MAILBOX: false,
    CODES_PER_IP_HOUR: 20,
  });
});

test('trusted proxies are addresses or networks', () => {
  expect(loadConfig({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1' }).TRUSTED_PROXIES).toEqual([
    '127.0.0.1',
    '10.0.0.0/8',
    '::1',
  ]);
  expect(loadConfig({}).TRUSTED_PROXIES).toEqual([]);
  for (const wrong of ['proxy.example.com', '10.0.0.0/33', '*']) {
    expect(issuesOf({ TRUSTED_PROXIES: wrong })).toHaveLength(1);
  }
});

test('the environment wins over .env; an empty variable is not set', () => {
  const config = loadConfig({ PORT: '4000', PUBLIC_URL: '' }, 'PORT=5000\nLOG_LEVEL="warn"\n');
  expect(config).toMatchObject({ PORT: 4000, LOG_LEVEL: 'warn', PUBLIC_URL: 'http://localhost:4000' });
});

test('the local mailbox is gone as soon as a provider is set up, unless it is asked for', () => {
  const smtp = { SMTP_URL: 'smtp://localhost:2525', MAIL_FROM: 'Spacedly <a@example.com>' };
  expect(loadConfig(smtp).DEV_MAILBOX).toBe(false);
  expect(loadConfig({ ...smtp, DEV_MAILBOX: '1' }).DEV_MAILBOX).toBe(true);
});

test('half a provider is refused', () => {
  const env = {
    SMTP_URL: 'smtp://localhost:2525',
    TWILIO_ACCOUNT_SID: 'AC1',
    SMS_PROVIDERS: 'sns',
    EMAIL_PROVIDERS: 'pigeon',
  };
  expect(issuesOf(env).map((issue) => issue.split(':')[0])).toEqual(['EMAIL_PROVIDERS']);
  const { EMAIL_PROVIDERS: _, ...rest } = env;
  expect(issuesOf(rest).map((issue) => issue.split(':')[0])).toEqual([
    'MAIL_FROM',
    'TWILIO_ACCOUNT_SID',
    'SMS_PROVIDERS',
  ]);
});

test('a setting may come from a file; one that cannot be read is told, and never what one holds', () => {
  const secret = join(folder, 'secret');
  const short = join(folder, 'short');
  writeFileSync(secret, 'nothing-anybody-would-guess-0123456789\n');
  writeFileSync(short, 'hunter2');
  const config = loadConfig({ SPACEDLY_SECRET_FILE: secret, PORT_FILE: '' });
  expect(config.SPACEDLY_SECRET).toBe('nothing-anybody-would-guess-0123456789');
  const env = { SPACEDLY_SECRET_FILE: secret, SPACEDLY_SECRET: 'x'.repeat(40) };
  expect(issuesOf(env)).toEqual([
    'SPACEDLY_SECRET_FILE: goes not together with SPACEDLY_SECRET; set one of them',
  ]);
  expect(issuesOf({ REDIS_URL_FILE: join(folder, 'none'), SPACEDLY_SECRET_FILE: short })).toEqual([
    'REDIS_URL_FILE: the file cannot be read (ENOENT)',
    expect.stringMatching(/^SPACEDLY_SECRET: (?!.*hunter2)/),
  ]);
  expect(issuesOf({ SPACEDLY_SECRT_FILE: secret })).toHaveLength(1);
  // A folder is mounted where the file was missing: that, too, is told.
  expect(issuesOf({ METRICS_TOKEN_FILE: folder })).toEqual([
    'METRICS_TOKEN_FILE: the file cannot be read (EISDIR)',
  ]);
});

const REMOTE = 'postgres://spacedly:hunter2@db.example.com/spacedly';
const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://plan.example.com' };

test.each([
  `${REMOTE}?sslmode=disable`,
  `${REMOTE}?sslmode=no-verify`,
  `${REMOTE}?sslmode=verify-full&sslmode=disable`,
  `${REMOTE}?ssl=0`,
  `${REMOTE}?uselibpqcompat=true&sslmode=require`,
  'postgres://spacedly:hunter2@localhost/spacedly?host=db.example.com&sslmode=disable',
  'postgres://spacedly:hunter2@127.0.0.2/spacedly?sslmode=prefer',
])('in production nothing leaves the database unverified: %s', (url) => {
  for (const name of ['DATABASE_URL', 'DATABASE_DIRECT_URL']) {
    const issues = issuesOf({ ...production, DATABASE_URL: REMOTE, [name]: url });
    expect(issues).toEqual([expect.stringMatching(new RegExp(`^${name}: (?!.*hunter2)`))]);
  }
});

test('the way to a database elsewhere is verified in full, by the authorities that are named', () => {
  const file = join(folder, 'ca.pem');
  writeFileSync(file, '-----BEGIN CERTIFICATE-----\n');
  const read = (url: string) => loadConfig({ DATABASE_URL: url, DATABASE_CA_FILE: file }).DATABASE_URL;
  const query = (url: string) => Object.fromEntries(new URL(read(url) ?? '').searchParams);
  expect(query(REMOTE)).toEqual({ sslmode: 'verify-full', sslrootcert: file });
  expect(query(`${REMOTE}?sslmode=require&ssl=1`)).toEqual({ sslmode: 'verify-full', sslrootcert: file });
  expect(query(`${REMOTE}?sslrootcert=/own.pem`)).toMatchObject({ sslrootcert: '/own.pem' });
  for (const local of ['localhost', '127.0.0.1', '[::1]', '%2Frun%2Fpostgresql']) {
    const url = `postgres://spacedly:hunter2@${local}/spacedly`;
    expect(read(url)).toBe(url);
  }
  // While developing, a database in the next room may be without.
  expect(read(`${REMOTE}?sslmode=disable`)).toBe(`${REMOTE}?sslmode=disable`);
  expect(issuesOf({ DATABASE_CA_FILE: '/nowhere' })).toEqual([
    'DATABASE_CA_FILE: the file cannot be read (ENOENT)',
  ]);
  expect(issuesOf({ DATABASE_CA_FILE: fileURLToPath(new URL('load.ts', import.meta.url)) })[0]).toMatch(
    /no certificate/,
  );
  expect(issuesOf({ DATABASE_DIRECT_URL: REMOTE })).toEqual([
    'DATABASE_DIRECT_URL: goes together with DATABASE_URL',
  ]);
});

test('.env.example is made from the schema', () => {
  const file = new URL('../../../../.env.example', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(envExample());
});
