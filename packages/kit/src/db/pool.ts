import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { withVerifiedTls } from '../config/database.ts';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../log.ts';
import { noTracing, type Tracing } from '../tracing/tracing.ts';
import { createObservedPool } from './observed-client.ts';

/** A database or a transaction on it: what every store function takes first. */
export type Db = Pick<
  NodePgDatabase,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | 'with' | '$with'
>;

export interface Database {
  db: NodePgDatabase;
  pool: pg.Pool;
  close(): Promise<void>;
}

type PoolConfig = Pick<
  Config,
  | 'DB_POOL_MAX'
  | 'DB_ACQUIRE_TIMEOUT_MS'
  | 'DB_STATEMENT_TIMEOUT_MS'
  | 'DB_PREPARED_STATEMENTS'
  | 'SLOW_QUERY_MS'
>;

/** Settings of a connection: TLS is verified whenever the host is not this machine. */
export function connectionOptions(url: string): pg.ClientConfig {
  return { connectionString: withVerifiedTls(url) };
}

/** Opens a pool; connections are made when first needed, and a lost one is logged and replaced. */
export function openDatabase(
  url: string,
  config: PoolConfig,
  log: Logger,
  tracing: Tracing = noTracing,
): Database {
  const watch = {
    slowQueryMs: config.SLOW_QUERY_MS,
    keepsPrepared: config.DB_PREPARED_STATEMENTS,
    tracing,
    log,
  };
  const settings = {
    ...connectionOptions(url),
    max: config.DB_POOL_MAX,
    connectionTimeoutMillis: config.DB_ACQUIRE_TIMEOUT_MS,
    statement_timeout: config.DB_STATEMENT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'spacedly',
  };
  const pool = createObservedPool(settings, watch);
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ err: error }, 'a database connection was lost');
  });
  // The pool listens to idle connections only. One that breaks between two statements of a transaction would otherwise
  // end the process; the next statement on it fails and is answered as such.
  pool.on('connect', (client) => client.on('error', () => {}));
  return { db: drizzle(pool), pool, close: () => pool.end() };
}
