import { deriveSecrets, loadConfig, type Platform } from '@spacedly/kit';
import { TEST_SECRET } from '@spacedly/kit/testing';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { providersOf } from './index.ts';

const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://plan.example.com' };

/** What a start with this environment says, and which providers it has. */
function start(env: Record<string, string>) {
  const lines: string[] = [];
  const log = pino({}, { write: (line) => lines.push(line) });
  const config = loadConfig({ ...PRODUCTION, ...env });
  const parts = { config, log, secrets: deriveSecrets(TEST_SECRET), database: {}, now: () => new Date() };
  const providers = providersOf(parts as unknown as Platform, async () => ({
    publicKey: '',
    privateKey: '',
  }));
  const names = (channel: 'email' | 'sms') => providers.of(channel, null).map(({ name }) => name);
  providers.close();
  return { said: lines.map((line) => JSON.parse(line)), email: names('email'), sms: names('sms') };
}

test('an installation that cannot send codes is told so at its start', () => {
  const { said, email } = start({});
  expect(email).toEqual([]);
  expect(said).toHaveLength(1);
  expect(said[0].level).toBe(50);
  expect(said[0].msg).toMatch(/nobody can sign up .* SMTP_URL and MAIL_FROM/);
});

test('the mailbox takes what has no provider, where it is asked for', () => {
  expect(start({ DEV_MAILBOX: '1' })).toEqual({ said: [], email: ['mailbox'], sms: ['mailbox'] });
});

test('providers are tried in the order that is set', () => {
  const keys = {
    SMTP_URL: 'smtps://user:p%40ss@mail.example.com',
    MAIL_FROM: 'plan@example.com',
    SENDGRID_API_KEY: 'SG.x',
    TWILIO_ACCOUNT_SID: 'ACx',
    TWILIO_AUTH_TOKEN: 'x',
    TWILIO_FROM: '+14155550100',
    SNS_REGION: 'eu-central-1',
  };
  expect(start(keys)).toEqual({ said: [], email: ['smtp', 'sendgrid'], sms: ['twilio', 'sns'] });
  const turned = start({ ...keys, EMAIL_PROVIDERS: 'sendgrid, smtp', SMS_PROVIDERS: 'sns' });
  expect(turned).toEqual({ said: [], email: ['sendgrid', 'smtp'], sms: ['sns'] });
});
