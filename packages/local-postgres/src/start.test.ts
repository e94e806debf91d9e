import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { installedFolder, isRoot, processesOf, query, temporaryFolder } from './fixtures/harness.ts';
import { startLocalPostgres } from './index.ts';

const quiet = { log: () => {}, durable: false };
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('the cluster is made once, used again, and nothing runs after stop', async () => {
  const dataDir = temporaryFolder();
  const told: string[] = [];
  const options = { dataDir, log: (message: string) => told.push(message), durable: false };
  const first = await startLocalPostgres(options);
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await first.stop();
  expect(processesOf(dataDir)).toEqual([]);

  const second = await startLocalPostgres(options);
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  expect(second.url).toBe(first.url);
  await second.stop();
  expect(told).toEqual(['creating the database (once)']);
});

test('the data are private: the folder, the cluster, the password, the socket', async () => {
  const dataDir = temporaryFolder();
  const server = await startLocalPostgres({ ...quiet, dataDir });
  // As root PostgreSQL's own user passes through the folder, by its group, without reading it.
  expect(modeOf(dataDir)).toBe(isRoot ? '710' : '700');
  expect(modeOf(join(dataDir, 'postgres'))).toBe('700');
  expect(modeOf(join(dataDir, 'postgres.password'))).toBe('600');
  expect(modeOf(join(dataDir, 'postgres.log'))).toBe('600');
  expect(modeOf(server.socketDir ?? '')).toBe('700');
  expect(readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim().length).toBeGreaterThanOrEqual(43);
  const wrong = server.url.replace(/:[^:@]*@/, ':wrong@');
  await expect(query(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed');
  await server.stop();
});

test('it listens on the loopback alone, in UTF-8 and UTC, and settings can be given', async () => {
  const server = await startLocalPostgres({
    ...quiet,
    dataDir: await installedFolder(),
    settings: { work_mem: '7MB' },
  });
  const [row] = await query(
    server.url,
    `SELECT current_setting('listen_addresses') AS listen, current_setting('server_encoding') AS encoding,
      current_setting('timezone') AS zone, current_setting('work_mem') AS work_mem, current_user AS user,
      current_database() AS database, lower('ÄÖ') AS lower, 'ä' ~ '\\w' AS is_letter`,
  );
  expect(row).toEqual({
    ...{ listen: '127.0.0.1', encoding: 'UTF8', zone: 'UTC', work_mem: '7MB' },
    ...{ user: 'spacedly', database: 'spacedly', lower: 'äö', is_letter: true },
  });
  // Needs a character type beyond ASCII of the operating system: it decides what pg_trgm takes for a word.
  await query(server.url, 'CREATE EXTENSION pg_trgm');
  expect(await query(server.url, "SELECT similarity('кот', 'КОТ') AS alike")).toEqual([{ alike: 1 }]);
  const { password } = new URL(server.url);
  const tcp = `postgres://spacedly:${password}@127.0.0.1:${server.port}/spacedly`;
  expect(await query(tcp, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
});

test('fsync is on unless durable is false', async () => {
  const dataDir = await installedFolder();
  for (const durable of [true, false]) {
    const server = await startLocalPostgres({ dataDir, log: () => {}, durable });
    expect(await query(server.url, 'SHOW fsync')).toEqual([{ fsync: durable ? 'on' : 'off' }]);
    expect(await query(server.url, 'SHOW full_page_writes')).toEqual([
      { full_page_writes: durable ? 'on' : 'off' },
    ]);
    await server.stop();
  }
});

test('another port is taken when the last one is not free', async () => {
  const dataDir = await installedFolder();
  const first = await startLocalPostgres({ ...quiet, dataDir });
  await first.stop();
  const intruder = createServer().listen(first.port, '127.0.0.1');
  await once(intruder, 'listening');
  const second = await startLocalPostgres({ ...quiet, dataDir });
  expect(second.port).not.toBe(first.port);
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
  intruder.close();
});

test('a lost password file is replaced', async () => {
  const dataDir = await installedFolder();
  await (await startLocalPostgres({ ...quiet, dataDir })).stop();
  rmSync(join(dataDir, 'postgres.password'));
  const server = await startLocalPostgres({ ...quiet, dataDir });
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
});

test('the log is kept bounded, and a server that cannot start says why', async () => {
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, 'postgres.log'), '');
  truncateSync(join(dataDir, 'postgres.log'), 11 * 1024 * 1024);
  const start = startLocalPostgres({ ...quiet, dataDir, settings: { shared_buffers: 'much' } });
  await expect(start).rejects.toThrow(/invalid value for parameter "shared_buffers": "much"/);
  expect(statSync(join(dataDir, 'postgres.log')).size).toBeLessThan(100_000);
  expect(existsSync(join(dataDir, 'postgres.log.old'))).toBe(true);
  expect(processesOf(dataDir)).toEqual([]);
});

test('a cluster of another version of PostgreSQL is left alone, with advice', async () => {
  const dataDir = await installedFolder();
  await (await startLocalPostgres({ ...quiet, dataDir })).stop();
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  await expect(startLocalPostgres({ ...quiet, dataDir })).rejects.toThrow(/made by PostgreSQL 15.*backup/);
});

test('a path too long for a Unix socket, with characters that need care, works', async () => {
  const dataDir = join(temporaryFolder(), `data, "${'ü'.repeat(60)}'s`);
  const server = await startLocalPostgres({ ...quiet, dataDir });
  expect(Buffer.byteLength(server.socketDir ?? '')).toBeLessThan(90);
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
  if (server.socketDir !== null)
    expect(new pg.Client({ connectionString: server.url }).host).toBe(server.socketDir);
});
