import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedFolder, processesOf, query, runFixture, temporaryFolder } from './fixtures/harness.ts';
import { DataFolderInUse, startLocalPostgres } from './index.ts';

const quiet = { log: () => {}, durable: false };

test('a second start names the first, which is not disturbed', async () => {
  const dataDir = await installedFolder();
  const first = await startLocalPostgres({ ...quiet, dataDir });
  const error = await startLocalPostgres({ ...quiet, dataDir }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(DataFolderInUse);
  const other = runFixture('holder.ts', [dataDir]);
  expect(await other.line('refused')).toContain(
    `The data folder ${dataDir} is in use by process ${process.pid}`,
  );
  await other.ended;
  expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await first.stop();
  await (await startLocalPostgres({ ...quiet, dataDir })).stop();
});

test('of ten simultaneous starts exactly one wins', async () => {
  const dataDir = temporaryFolder();
  const starts = Array.from({ length: 10 }, () => runFixture('holder.ts', [dataDir]));
  const outcomes = await Promise.all(
    starts.map((start) => Promise.race([start.line('ready'), start.ended.then(() => 'refused')])),
  );
  expect(outcomes.filter((outcome) => outcome?.startsWith('ready'))).toHaveLength(1);
  const winner = starts[outcomes.findIndex((outcome) => outcome?.startsWith('ready'))];
  for (const start of starts.filter((start) => start !== winner)) {
    expect(start.lines.at(-1)).toContain(`is in use by process ${winner?.child.pid}`);
  }
  winner?.child.stdin?.end();
  await winner?.ended;
  expect(processesOf(dataDir)).toEqual([]);
}, 20_000);

test('a killed owner does not hold the folder, even when its pid belongs to somebody else now', async () => {
  const dataDir = await installedFolder();
  const owner = runFixture('holder.ts', [dataDir]);
  await owner.line('ready');
  owner.child.kill('SIGKILL');
  await owner.ended;
  writeFileSync(join(dataDir, '.lock.pid'), `${process.ppid}\n`);
  const next = await startLocalPostgres({ ...quiet, dataDir });
  expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await next.stop();
});
