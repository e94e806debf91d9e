import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadServices } from '@spacedly/cli';
import { createLogger, migrateDatabase } from '@spacedly/kit';
import { TEMPLATE_URL } from '@spacedly/kit/testing';
import { startLocalPostgres } from '@spacedly/local-postgres';
import pg from 'pg';

interface Server {
  url: string;
  stop(): Promise<void>;
}

/** One server for the run, however many vitest projects ask for it: they share this process but not their modules. */
const shared = globalThis as { testPostgres?: { users: number; server: Promise<Server> } };

const TEMPLATE = 'spacedly_template';

async function startServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined) return { url: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'spacedly-test-'));
  const local = await startLocalPostgres({
    dataDir,
    durable: false,
    log: () => {},
    settings: { max_connections: '300' },
  });
  const stop = async () => {
    await local.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: local.url, stop };
}

async function makeTemplate(server: Server): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await client.query(`CREATE DATABASE ${TEMPLATE} TEMPLATE template0`);
  await client.end();
  const url = new URL(server.url);
  url.pathname = `/${TEMPLATE}`;
  const services = await loadServices();
  const log = createLogger({ LOG_LEVEL: 'warn' }, 'migrations');
  await migrateDatabase(
    url.href,
    services.map(({ migrations }) => migrations),
    log,
  );
  process.env[TEMPLATE_URL] = url.href;
}

async function start(): Promise<Server> {
  const server = await startServer();
  await makeTemplate(server);
  return server;
}

/**
 * Makes a migrated template database available to the tests, on a throw-away PostgreSQL or on TEST_DATABASE_URL.
 * @returns ends its use; the last user stops the server
 */
export async function usePostgres(): Promise<() => Promise<void>> {
  shared.testPostgres ??= { users: 0, server: start() };
  const current = shared.testPostgres;
  current.users += 1;
  const server = await current.server;
  return async () => {
    current.users -= 1;
    if (current.users > 0) return;
    delete shared.testPostgres;
    await server.stop();
  };
}
