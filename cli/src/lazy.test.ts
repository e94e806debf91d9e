import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const FIXTURE = fileURLToPath(new URL('fixtures/list-packages.ts', import.meta.url));

/** What only some installations, or the first of a rare kind of request, need; each is megabytes of memory. */
const RARELY_NEEDED = [
  '@aws-sdk/client-s3',
  '@aws-sdk/client-sns',
  '@node-rs/bcrypt',
  '@sendgrid/mail',
  '@simplewebauthn/server',
  'axios',
  'chrono-node',
  'file-type',
  'ical-generator',
  'ical.js',
  'ioredis',
  'nodemailer',
  'openid-client',
  'sharp',
  'twilio',
  'undici',
  'web-push',
];

test('a start loads no package that only some requests need', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [FIXTURE]);
  const loaded = new Set<string>(JSON.parse(stdout));
  expect(loaded).toContain('fastify');
  expect(loaded).toContain('pg-boss');
  expect(RARELY_NEEDED.filter((name) => loaded.has(name))).toEqual([]);
}, 60_000);
