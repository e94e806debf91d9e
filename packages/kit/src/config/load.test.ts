import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { envExample } from './env-example.ts';
import { type ConfigError, loadConfig } from './load.ts';

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

test('.env.example is made from the schema', () => {
  const file = new URL('../../../../.env.example', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(envExample());
});
