import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadServices } from '@spacedly/cli';
import { createLogger, migrateDatabase } from '@spacedly/kit';
import { startLocalPostgres } from '@spacedly/local-postgres';
import pg from 'pg';
import { installIn } from './install.ts';
import { type Contender, freePort, nodesBelow, startContender } from './processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PEERS = join(ROOT, 'bench', 'peers');
const CLI = join(ROOT, 'cli', 'src', 'main.ts');
const SECRET = 'a secret of the bench alone, long enough for anybody';
/** Connections to the database that each contender may open. */
const POOL = '10';

export interface Started extends Contender {
  /** From the command until it is ready, milliseconds. */
  readyMs: number;
}

/** A database with its contenders: everything a part measures lives here and ends with it. */
export interface World {
  databaseUrl: string;
  databasePid: number;
  sql: pg.Pool;
  /** The product in one process, as `npm start` runs it, but for what `settings` changes and `args` of the command. */
  spacedly(name: string, settings?: Record<string, string>, args?: readonly string[]): Promise<Contender>;
  /** As its users start it, by `npm start`, with a database of its own in a folder that outlives it; counts the way there. */
  npmStart(settings?: Record<string, string>): Promise<Started>;
  /** A program of this folder. */
  program(name: string, file: string, settings?: Record<string, string>): Promise<Contender>;
  /** A program of `peers/`. */
  peer(name: string, file: string, settings?: Record<string, string>): Promise<Contender>;
  /** An nginx with one worker in front of these servers; null where none is installed. */
  nginx(name: string, urls: readonly string[]): Promise<Contender | null>;
  close(): Promise<void>;
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
    RATE_LIMIT_UPLOAD: 'off',
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
  installIn(PEERS);
  const dataDir = await mkdtemp(join(tmpdir(), 'spacedly-bench-'));
  const local = await startLocalPostgres({ dataDir, log: () => {} });
  await migrated(local.url);
  const sql = new pg.Pool({ connectionString: local.url, max: 2 });
  const running: Contender[] = [];
  const run = async (start: Parameters<typeof startContender>[0]) => {
    const contender = await startContender(start);
    running.push(contender);
    return contender;
  };
  const start = async (name: string, args: string[], readyPath: string, settings: Record<string, string>) => {
    const port = await freePort();
    const env = { ...settingsOf(port, local.url, dataDir), ...settings };
    return run({ name, args, env, port, readyPath, cwd: dataDir });
  };
  const npmStart = async (settings: Record<string, string>) => {
    const port = await freePort();
    const { DATABASE_URL: _, ...env } = settingsOf(port, local.url, join(dataDir, 'own'));
    const began = performance.now();
    const npm = await run({
      ...{ name: 'npm start', command: 'npm', args: ['--prefix', ROOT, 'start'], port },
      env: { ...env, HOME: dataDir, ...settings },
      ...{ readyPath: '/health/ready', cwd: dataDir, patienceMs: 300_000 },
    });
    const readyMs = performance.now() - began;
    // npm ends when the server does; a signal to npm would leave the server behind for a moment.
    const stop = async () => {
      const [server] = nodesBelow(npm.pid);
      if (server !== undefined) process.kill(server.pid, 'SIGTERM');
      await npm.ended;
    };
    return { ...npm, readyMs, stop };
  };
  return {
    databaseUrl: local.url,
    databasePid: Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    sql,
    spacedly: (name, settings = {}, args = []) =>
      start(name, [CLI, 'serve', '--no-migrate', ...args], '/health/ready', settings),
    npmStart: (settings = {}) => npmStart(settings),
    program: (name, file, settings = {}) =>
      start(name, [join(import.meta.dirname, file)], '/health/ready', settings),
    peer: (name, file, settings = {}) =>
      start(name, [join(PEERS, file)], '/ready', { POOL, NODE_ENV: 'production', ...settings }),
    async nginx(name, urls) {
      if (spawnSync('nginx', ['-v']).error !== undefined) return null;
      const port = await freePort();
      const servers = urls.map((url) => `server ${new URL(url).host};`).join(' ');
      const template = await readFile(join(PEERS, 'nginx.conf'), 'utf8');
      const filled = { port: String(port), folder: dataDir, servers };
      const file = join(dataDir, `nginx-${port}.conf`);
      await writeFile(
        file,
        template.replace(/\{(port|folder|servers)\}/g, (_, key: keyof typeof filled) => filled[key]),
      );
      const args = ['-c', file, '-p', dataDir, '-e', 'stderr'];
      return run({ name, command: 'nginx', args, env: {}, port, readyPath: '/health/live', cwd: dataDir });
    },
    async close() {
      for (const contender of running.toReversed()) await contender.stop();
      await sql.end();
      await local.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
