import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { createApi } from '@spacedly/aws/api-handler';
import type { createWorker } from '@spacedly/aws/worker-handler';
import { createTestDatabase, freePorts, TEST_SECRET, type TestDatabase } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { createClient } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';
import { context, httpEvent } from './fixtures/aws-events.ts';

const AWS = join(import.meta.dirname, '../../deploy/aws');
const TOOLS = join(AWS, 'offline/node_modules');
const hasTools = existsSync(join(TOOLS, 'serverless-offline'));
if (!hasTools)
  console.warn(
    'SKIPPED serverless-offline: not installed. `npm ci --ignore-scripts --prefix deploy/aws/offline` does.',
  );

const LAMBDA_TAKES_BYTES = 250 * 1_048_576;

let database: TestDatabase;
let folder: string;
let env: Record<string, string>;
let ports: number[];

beforeAll(async () => {
  const build = async () => {
    folder = await mkdtemp(join(tmpdir(), 'spacedly-functions-'));
    const args = ['build.ts', '--cpu', process.arch, '--out', join(folder, 'build')];
    await promisify(execFile)(process.execPath, args, { cwd: AWS });
  };
  [database, ports] = await Promise.all([createTestDatabase(), freePorts(2), build()]);
  env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
    DATABASE_URL: database.url,
    SPACEDLY_SECRET: TEST_SECRET,
    DB_POOL_MAX: '3',
    DB_ACQUIRE_TIMEOUT_MS: '15000',
    STREAM_SECONDS: '0',
    DEV_MAILBOX: '1',
    RATE_LIMIT_DEFAULT: 'off',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}, 240_000);
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('the package fits Lambda, finds its files, and hashes passwords and mails with what it brings along', async () => {
  expect(await sizeOf(folder)).toBeLessThan(LAMBDA_TAKES_BYTES / 3);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const load = (name: string) => import(join(folder, `build/${name}.mjs`));
  const api: ReturnType<typeof createApi> = (await load('api')).handler;
  const worker: ReturnType<typeof createWorker> = (await load('worker')).handler;
  expect(await (await load('migrate')).handler()).toEqual({ migrated: true });
  for (const path of [
    '/',
    '/docs/swagger-ui.css',
    '/openapi.json',
    '/.well-known/jwks.json',
    '/health/ready',
  ])
    expect(await api(httpEvent(path), context), path).toMatchObject({ statusCode: 200 });
  const json = { email: 'first@example.com', password: 'a quiet harbour at dawn', name: 'Ada' };
  const asked = await api(httpEvent('/v1/auth/signup', { method: 'POST', json }), context);
  expect(asked.statusCode).toBe(202);
  expect(await worker({ every: 'minute' }, context)).toEqual({ batchItemFailures: [] });
  const { body = '' } = await api(httpEvent('/dev/mailbox/messages?to=first@example.com'), context);
  expect(JSON.parse(body).items[0].text).toMatch(/\b\d{6}\b/);
  vi.unstubAllEnvs();
});

/** The template without what needs an account: the functions, their routes and the authorizer as they are. */
async function writeLocal(): Promise<void> {
  const read = async (name: string) => parse(await readFile(join(AWS, name), 'utf8'), { logLevel: 'silent' });
  const { provider, functions } = await read('serverless.yml');
  const of = ({ handler, timeout }: { handler: string; timeout?: number }) => ({
    handler,
    ...(timeout && { timeout }),
  });
  const local = {
    service: 'spacedly',
    plugins: ['serverless-offline'],
    provider: {
      name: 'aws',
      runtime: provider.runtime,
      region: 'eu-central-1',
      timeout: provider.timeout,
      environment: env,
      httpApi: {
        payload: provider.httpApi.payload,
        authorizers: await read('routes/authorizer-spacedly.yml'),
      },
    },
    functions: {
      api: { ...of(functions.api), events: await read('routes/spacedly.yml') },
      authorizer: of(functions.authorizer),
      worker: of(functions.worker),
    },
    custom: {
      'serverless-offline': {
        host: '127.0.0.1',
        httpPort: ports[0],
        lambdaPort: ports[1],
        noPrependStageInUrl: true,
      },
    },
  };
  await writeFile(join(folder, 'serverless.json'), JSON.stringify(local));
  await symlink(TOOLS, join(folder, 'node_modules'));
}

/** Starts serverless-offline. @returns what ends it */
async function startOffline(): Promise<() => Promise<void>> {
  await writeLocal();
  let output = '';
  const child = spawn(process.execPath, [join(TOOLS, 'serverless/bin/serverless.js'), 'offline', 'start'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(`serverless-offline ended:\n${output}`);
    const answer = await fetch(`${env.PUBLIC_URL}/health/ready`).catch(() => null);
    return answer?.status === 200;
  };
  await waitFor(isReady, 90_000, 'serverless-offline').catch(async (error) => {
    await stop();
    throw new Error(`${error}\n${output}`);
  });
  return stop;
}

test.skipIf(!hasTools)(
  'under serverless-offline: from signing up to a mailed reminder, behind the authorizer',
  async () => {
    const stop = await startOffline();
    try {
      const { send, mailbox } = createClient(env.PUBLIC_URL as string);
      const minute = async () => {
        const address = `http://127.0.0.1:${ports[1]}/2015-03-31/functions/spacedly-dev-worker/invocations`;
        const answer = await fetch(address, { method: 'POST', body: JSON.stringify({ every: 'minute' }) });
        expect(await answer.json()).toEqual({ batchItemFailures: [] });
      };
      const email = 'second@example.com';
      const json = { email, password: 'a quiet harbour at dawn', name: 'Ada' };
      expect((await send('/v1/auth/signup', { method: 'POST', json })).status).toBe(202);
      await minute();
      const code = /\b\d{6}\b/.exec((await mailbox(email))[0]?.text ?? '')?.[0];
      const verified = await send<{ tokens: { accessToken: string } }>('/v1/auth/signup/verify', {
        method: 'POST',
        json: { email, code },
      });
      expect(verified.status).toBe(201);
      const headers = { authorization: `Bearer ${verified.body.tokens.accessToken}` };

      const login = { identifier: email, password: json.password, delivery: 'cookie' };
      const signedIn = await send('/v1/auth/login', { method: 'POST', json: login });
      expect(signedIn.headers.getSetCookie().length).toBeGreaterThanOrEqual(2);

      const task = await send<{ id: string }>('/v1/tasks', {
        method: 'POST',
        headers,
        json: { title: 'Dentist, Zürich' },
      });
      expect(task.status).toBe(201);
      const scheduledAt = new Date(Date.now() + 1_000).toISOString();
      const planned = { taskId: task.body.id, scheduledAt };
      expect((await send('/v1/reminders', { method: 'POST', headers, json: planned })).status).toBe(201);
      await minute();
      expect((await mailbox(email))[0]?.subject).toContain('Dentist');

      for (const path of ['/v1/tasks', '/v1/users/me', '/v1/reminders']) {
        expect((await send(path, { headers })).status).toBe(200);
        expect([401, 403]).toContain(
          (await send(path, { headers: { authorization: 'Bearer a.b.c' } })).status,
        );
        expect((await send(path)).status).toBe(401);
      }
      const missing = await send<{ status: number }>('/v1/nothing');
      expect(missing.headers.get('content-type')).toContain('application/problem+json');
      expect(missing.body.status).toBe(404);
    } finally {
      await stop();
    }
  },
);
