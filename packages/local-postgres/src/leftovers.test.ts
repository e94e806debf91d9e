import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import {
  guardPid,
  installedFolder,
  postmasterPid,
  processesOf,
  query,
  runFixture,
  standsSignals,
} from './fixtures/harness.ts';
import { startLocalPostgres } from './index.ts';
import { isRunning, waitUntilGone } from './processes.ts';

const quiet = { log: () => {}, durable: false };

test('the guard stops the server when its application is killed', async () => {
  const dataDir = await installedFolder();
  const app = runFixture('holder.ts', [dataDir]);
  await app.line('ready');
  const server = postmasterPid(join(dataDir, 'postgres'));
  app.child.kill('SIGKILL');
  expect(await waitUntilGone([server], 3000)).toBe(true);
  expect(await waitUntilGone(processesOf(dataDir), 1000)).toBe(true);
});

test('a guard that is killed is replaced', async () => {
  const dataDir = await installedFolder();
  const app = runFixture('holder.ts', [dataDir]);
  await app.line('ready');
  const first = guardPid(dataDir) ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => guardPid(dataDir)).toSatisfy((pid) => pid !== undefined && pid !== first);
  const server = postmasterPid(join(dataDir, 'postgres'));
  if (process.platform === 'linux') {
    await expect.poll(() => standsSignals(guardPid(dataDir) as number)).toBe(true);
  }
  app.child.kill('SIGKILL');
  expect(await waitUntilGone([server], 10_000)).toBe(true);
});

test('a server that outlived application and guard is stopped by the next start', async () => {
  const dataDir = await installedFolder();
  const app = runFixture('holder.ts', [dataDir]);
  await app.line('ready');
  const orphan = postmasterPid(join(dataDir, 'postgres'));
  const guard = guardPid(dataDir) ?? 0;
  // Stopped first, so that the application cannot see its guard die and replace it.
  app.child.kill('SIGSTOP');
  process.kill(guard, 'SIGKILL');
  app.child.kill('SIGKILL');
  await app.ended;
  expect(isRunning(orphan)).toBe(true);
  const told: string[] = [];
  const next = await startLocalPostgres({ dataDir, durable: false, log: (message) => told.push(message) });
  expect(told).toEqual([`stopping the database server that an earlier run left behind (process ${orphan})`]);
  expect(isRunning(orphan)).toBe(false);
  expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await next.stop();
});

async function startWithPidFile(dataDir: string, edit: (lines: string[]) => string): Promise<void> {
  const first = await startLocalPostgres({ ...quiet, dataDir });
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  await first.stop();
  writeFileSync(file, edit(lines));
  const next = await startLocalPostgres({ ...quiet, dataDir });
  expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await next.stop();
}

test('a pid file whose pid was given to another program does not block, and that program is left alone', async () => {
  const bystander = spawn('sleep', ['60']);
  await startWithPidFile(await installedFolder(), ([, ...rest]) => [bystander.pid, ...rest].join('\n'));
  expect(isRunning(bystander.pid ?? 0)).toBe(true);
  bystander.kill('SIGKILL');
});

test('a pid file that names a zombie does not block', async () => {
  // The second sleep takes the place of the shell, and does not collect the first.
  const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const zombie = Number(line);
  await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ');
  await startWithPidFile(await installedFolder(), ([, ...rest]) => [zombie, ...rest].join('\n'));
  parent.kill('SIGKILL');
});

test('a pid file that was created but not written does not block', async () => {
  await startWithPidFile(await installedFolder(), () => '');
});
