import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findBinaries } from './binaries.ts';
import { isRoot, processesOf, query, runFixture, temporaryFolder } from './fixtures/harness.ts';
import { DataFolderInUse, startLocalPostgres } from './index.ts';

const quiet = { log: () => {}, durable: false };

describe.skipIf(!isRoot)('as root (skipped for other users)', () => {
  test('the server runs as another user, on the data folder where that one may go there', async () => {
    const dataDir = temporaryFolder();
    const server = await startLocalPostgres({ ...quiet, dataDir });
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
    expect(existsSync(join(dataDir, 'LOCATION.txt'))).toBe(false);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  /** A data folder below a home that only root may enter. */
  function unreachable(): { dataDir: string; home: string } {
    const home = temporaryFolder();
    chmodSync(home, 0o700);
    return { home, dataDir: join(home, 'data') };
  }

  test('the cluster is kept elsewhere where that user cannot go, and a pointer says where', async () => {
    const { home, dataDir } = unreachable();
    const told: string[] = [];
    const options = { dataDir, durable: false, log: (message: string) => told.push(message) };
    const first = await startLocalPostgres(options);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const elsewhere = readFileSync(join(dataDir, 'LOCATION.txt'), 'utf8').split('\n')[1] ?? '';
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    expect(told).toContain(`PostgreSQL does not run as root, so the database is kept in ${elsewhere}`);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(elsewhere).mode & 0o777).toBe(0o700);

    const second = await startLocalPostgres(options);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(told.filter((line) => line.includes('is kept in'))).toHaveLength(1);
    cpSync(dataDir, join(home, 'copy'), { recursive: true });
    await expect(startLocalPostgres({ ...options, dataDir: join(home, 'copy') })).rejects.toThrow(
      DataFolderInUse,
    );
    await second.stop();

    rmSync(elsewhere, { recursive: true });
    await expect(startLocalPostgres(options)).rejects.toThrow(/LOCATION.txt says that the database is in/);
  });

  test('a cluster that was copied by root is given back to the database user', async () => {
    const dataDir = temporaryFolder();
    const first = await startLocalPostgres({ ...quiet, dataDir });
    await first.stop();
    const copy = temporaryFolder();
    cpSync(dataDir, copy, { recursive: true });
    const second = await startLocalPostgres({ ...quiet, dataDir: copy });
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
  });
});

/** A program of the present Node that an ordinary user may run: root's may be in a home nobody else can enter. */
function nodeForEverybody(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spacedly-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  cpSync(process.execPath, join(folder, 'node'));
  return join(folder, 'node');
}

test('an ordinary user needs nothing special', async ({ skip }) => {
  const nobody = 65534;
  const can = (path: string) =>
    spawnSync('test', ['-r', path], isRoot ? { uid: nobody, gid: nobody } : {}).status === 0;
  if (isRoot && !(can(findBinaries().postgres) && can(import.meta.filename))) {
    skip('this copy of the sources is out of the reach of ordinary users');
  }
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  let node = [process.execPath];
  if (isRoot) {
    chownSync(folder, nobody, nobody);
    node = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', nodeForEverybody()];
  }
  const app = runFixture('holder.ts', [dataDir], node);
  const url = (await app.line('ready'))?.slice('ready '.length) ?? '';
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  app.child.stdin?.end();
  expect(await app.line('stopped')).toBe('stopped');
  await app.ended;
  expect(processesOf(dataDir)).toEqual([]);
});

test('links to the shared libraries are made where npm ran no install scripts', async ({ skip }) => {
  const link = join(findBinaries().root, 'lib', 'libecpg.so');
  if (!existsSync(join(findBinaries().root, 'pg-symlinks.json'))) skip('this platform has none');
  rmSync(link);
  findBinaries();
  expect(existsSync(link)).toBe(true);
});
