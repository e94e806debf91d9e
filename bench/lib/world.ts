import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadServices } from '@spacedly/cli';
import { createLogger, migrateDatabase } from '@spacedly/kit';
import { startLocalPostgres } from '@spacedly/local-postgres';
import pg from 'pg';
import { type Contender, freePort, startContender } from './processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PEERS = join(ROOT, 'bench', 'peers');
const CLI = join(ROOT, 'cli', 'src', 'main.ts');
const SECRET = 'a secret of the bench alone, long enough for anybody';
/** Connections to the database that each contender may open. */
const POOL = '10';

/** A database with its contenders: everything a part measures lives here and ends with it. */
export interface World {
  databaseUrl: string;
  databasePid: number;
  sql: pg.Pool;
  /** The product in one process, as `npm start` runs it, but for what `settings` changes. */
  spacedly(name: string, settings?: Record<string, string>): Promise<Contender>;
  /** A program of `peers/`. */
  peer(name: string, file: string): Promise<Contender>;
  close(): Promise<void>;
}

function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules', 'express'))) return;
  console.log('installing what we are compared with (bench/peers) …');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
}

function settingsOf(port: number, databaseUrl: string, dataDir: string): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    SPACEDLY_SECRET: SECRET,
    DB_POOL_MAX: POOL,
    CODES_PER_IP_HOUR: '1000000',
    LOGIN_FAILURES_PER_IP: '1000000',
    RATE_LIMIT_DEFAULT: 'off',
  };
}

async function migrated(url: string): Promise<void> {
  const services = await loadServices();
  await migrateDatabase(
    url,
    services.map(({ migrations }) => migrations),
    createLogger({ LOG_LEVEL: 'warn' }, 'bench'),
  );
}

/** A new database, durable as an installation's, and nothing running on it yet. */
export async function openWorld(): Promise<World> {
  installPeers();
  const dataDir = await mkdtemp(join(tmpdir(), 'spacedly-bench-'));
  const local = await startLocalPostgres({ dataDir, log: () => {} });
  await migrated(local.url);
  const sql = new pg.Pool({ connectionString: local.url, max: 2 });
  const running: Contender[] = [];
  const start = async (name: string, args: string[], readyPath: string, settings: Record<string, string>) => {
    const port = await freePort();
    const env = { ...settingsOf(port, local.url, dataDir), ...settings };
    const contender = await startContender({ name, args, env, port, readyPath, cwd: dataDir });
    running.push(contender);
    return contender;
  };
  return {
    databaseUrl: local.url,
    databasePid: Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    sql,
    spacedly: (name, settings = {}) => start(name, [CLI, 'serve', '--no-migrate'], '/health/ready', settings),
    peer: (name, file) => start(name, [join(PEERS, file)], '/ready', { POOL, NODE_ENV: 'production' }),
    async close() {
      for (const contender of running) await contender.stop();
      await sql.end();
      await local.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
