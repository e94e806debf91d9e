import { createTestDatabase, type TestDatabase } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandTests, type Run, runCli, takePort } from './fixtures/run-cli.ts';

commandTests();

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const READY = 'Stop with Ctrl-C.';
const start = (env: Record<string, string> = {}) =>
  runCli(['serve', '--processes', '2'], { DATABASE_URL: database.url, LOG_LEVEL: 'info', ...env });
const addressOf = (run: Run) => /is ready: (\S+)/.exec(run.output())?.[1] as string;

/** Every process that has written the line of a request. */
const answering = (run: Run) =>
  new Set([...run.output().matchAll(/"pid":(\d+),.*"msg":"request"/g)].map(([, pid]) => Number(pid)));

/** Asks on new connections until so many processes have answered. */
async function untilAnswered(run: Run, count: number): Promise<number[]> {
  const ask = () => fetch(`${addressOf(run)}/v1/auth/setup`, { headers: { connection: 'close' } });
  await expect
    .poll(async () => (await ask()).status === 200 && answering(run).size, { timeout: 30_000 })
    .toBe(count);
  return [...answering(run)];
}

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('two share the port, one that is killed is replaced, and all end with the first', async () => {
  const run = start();
  await run.says(READY);
  const [first, second] = (await untilAnswered(run, 2)) as [number, number];
  expect([first, second]).not.toContain(run.child.pid);

  process.kill(first, 'SIGKILL');
  await run.says('another one takes its place');
  const pids = await untilAnswered(run, 3);

  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  expect(pids.filter(isThere)).toEqual([]);
});

test('Ctrl-C, which a terminal sends to all of them, is one signal, not two', async () => {
  const run = start({ DRAIN_DELAY: '1' });
  await run.says(READY);
  const pids = await untilAnswered(run, 2);
  for (const pid of [run.child.pid as number, ...pids]) process.kill(pid, 'SIGINT');
  await run.says('"why":"stop"');
  expect((await fetch(`${addressOf(run)}/health/ready`)).status).toBe(503);
  expect(await run.ended).toBe(0);
  expect(pids.filter(isThere)).toEqual([]);
});

test('what keeps them from starting is told once', async () => {
  const { port, release } = await takePort();
  const run = start({ PORT: String(port) });
  expect(await run.ended).toBe(1);
  expect(run.output().match(/is in use by another program/g)).toHaveLength(1);
  release();
});
