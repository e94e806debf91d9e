import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  type Fixture,
  guardPid,
  postmasterPid,
  processesOf,
  runFixture,
  temporaryFolder,
} from './fixtures/harness.ts';
import { isRunning, waitUntilGone } from './processes.ts';

const ways = ['application', 'server', 'both', 'everything'] as const;

function killHard(pid: number | undefined): void {
  if (pid !== undefined && isRunning(pid)) process.kill(pid, 'SIGKILL');
}

async function kill(way: (typeof ways)[number], app: Fixture, dataDir: string): Promise<void> {
  const server = postmasterPid(join(dataDir, 'postgres'));
  if (way === 'everything') {
    app.child.kill('SIGSTOP');
    killHard(guardPid(dataDir));
  }
  if (way === 'both' || way === 'server') killHard(server);
  if (way === 'server') {
    // The application lives on, the server comes back, and rows are acknowledged again.
    const before = app.lines.length;
    await expect
      .poll(() => app.lines.slice(before).filter((line) => line.startsWith('acknowledged')).length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(5);
  }
  app.child.kill('SIGKILL');
  await app.ended;
}

const lastAcknowledged = (app: Fixture) =>
  Number(app.lines.findLast((line) => line.startsWith('acknowledged'))?.split(' ')[1] ?? 0);

test('no kill -9 at any moment loses an acknowledged row', async () => {
  const dataDir = temporaryFolder();
  // Kills during the very first start: before, in and after initdb.
  for (let afterMs = 80; afterMs <= 880; afterMs += 160) {
    const app = runFixture('writer.ts', [dataDir]);
    await sleep(afterMs + Math.random() * 100);
    app.child.kill('SIGKILL');
    await app.ended;
  }
  let acknowledged = 0;
  for (let round = 0; round < 16; round++) {
    const way = ways[round % ways.length] ?? 'both';
    const app = runFixture('writer.ts', [dataDir]);
    const [count = 0, max = 0] = ((await app.line('found')) ?? '').split(' ').slice(1).map(Number);
    expect({ round, way, count }).toEqual({ round, way, count: max });
    expect(max).toBeGreaterThanOrEqual(acknowledged);
    await app.line('acknowledged');
    await sleep(Math.random() * 150);
    await kill(way, app, dataDir);
    acknowledged = lastAcknowledged(app);
    expect(acknowledged).toBeGreaterThan(max);
  }
  const last = runFixture('writer.ts', [dataDir]);
  const [count = 0] = ((await last.line('found')) ?? '').split(' ').slice(1).map(Number);
  expect(count).toBeGreaterThanOrEqual(acknowledged);
  last.child.kill('SIGKILL');
  await last.ended;
  expect(await waitUntilGone(processesOf(dataDir), 3000)).toBe(true);
}, 60_000);
