import { createTestDatabase, freePorts, TEST_SECRET, type TestDatabase } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../tests/harness/client.ts';
import { waitFor } from '../../tests/harness/wait.ts';
import { commandTests, outcomeOf, runCli, temporaryFolder } from './fixtures/run-cli.ts';

commandTests();

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a server that leaves the work to a worker is served by it: nothing is sent before it runs', async () => {
  const [port, workerPort] = (await freePorts(2)).map(String) as [string, string];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: temporaryFolder(),
    SPACEDLY_SECRET: TEST_SECRET,
    PUBLIC_URL: url,
  };
  const server = runCli(['serve', '--no-work', '--no-migrate', '--port', port], env);
  await server.says('Stop with Ctrl-C.');
  const client = createClient(url);
  const json = { email: 'ada@example.com', password: 'a quiet harbour at dawn', name: 'Ada' };
  expect((await client.send('/v1/auth/signup', { method: 'POST', json })).status).toBe(202);
  expect(await client.mailbox(json.email)).toEqual([]);

  const worker = runCli(['worker', '--no-migrate', '--port', workerPort], env);
  await worker.says('The worker is ready.');
  await waitFor(async () => (await client.mailbox(json.email)).length === 1, 20_000, 'the code');

  const health = await fetch(`http://127.0.0.1:${workerPort}/health/ready`);
  expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: 'ready' })]);
  expect((await fetch(`http://127.0.0.1:${workerPort}/metrics`)).status).toBe(200);
  for (const path of ['/', '/v1/auth/signup', '/v1/tasks', '/dev/mailbox', '/docs'])
    expect((await fetch(`http://127.0.0.1:${workerPort}${path}`)).status, path).toBe(404);

  for (const { child, ended } of [worker, server]) {
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }
});

test('a part that has no work is none for a worker', async () => {
  const { code, output } = await outcomeOf(
    runCli(['worker', '--services', 'gateway'], { DATABASE_URL: database.url }),
  );
  expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining('gateway has no work') });
});
