import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedFolder, postmasterPid, query } from './fixtures/harness.ts';
import { startLocalPostgres } from './index.ts';

test('a killed server is started again at the same address, until it is killed too often', async () => {
  const dataDir = await installedFolder();
  const reasons: string[] = [];
  const told: string[] = [];
  const server = await startLocalPostgres({
    dataDir,
    log: (message) => told.push(message),
    onExit: (reason) => reasons.push(reason),
  });
  await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const answer = () => query(server.url, 'SELECT answer FROM kept').catch(() => []);
  for (let kill = 1; kill <= 5; kill++) {
    // A session that is busy does not notice the end of its server, and would block the next one.
    void query(server.url, 'SELECT count(*) FROM generate_series(1, 1e9)').catch(() => {});
    await expect
      .poll(() =>
        query(
          server.url,
          "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND pid <> pg_backend_pid()",
        ),
      )
      .toHaveLength(1);
    process.kill(postmasterPid(join(dataDir, 'postgres')), 'SIGKILL');
    await expect.poll(answer, { timeout: 10_000 }).toEqual([{ answer: 42 }]);
    expect(reasons).toEqual([]);
  }
  expect(
    told.filter((line) => line.includes('the database server ended (SIGKILL); starting it again')),
  ).toHaveLength(5);
  process.kill(postmasterPid(join(dataDir, 'postgres')), 'SIGKILL');
  await expect.poll(() => reasons).toHaveLength(1);
  expect(reasons[0]).toContain('5 restarts within a minute did not help');
  await server.stop();
}, 60_000);
