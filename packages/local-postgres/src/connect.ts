import pg from 'pg';
import { SUPERUSER } from './cluster.ts';
import type { ServerAddress } from './settings.ts';

const DATABASE = 'spacedly';
const NO_SUCH_DATABASE = '3D000';
/** Not ready yet: nobody listens (also: the socket's file is not there), or starting up, shutting down, recovering. */
const NOT_READY = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
]);

export type Session = pg.Client;

/**
 * The address for node-postgres. Over the Unix socket where there is one: the folder goes into `host`, which
 * node-postgres prefers, while `localhost` keeps the address readable for any other parser of URLs.
 */
export function databaseUrl(address: ServerAddress, password: string): string {
  const { port, socketDir } = address;
  const base = `postgres://${SUPERUSER}:${password}@${socketDir === null ? '127.0.0.1' : 'localhost'}:${port}/${DATABASE}`;
  return socketDir === null ? base : `${base}?host=${encodeURIComponent(socketDir)}`;
}

/** @returns a session, or null while the server does not answer yet. @throws Error for any other refusal. */
export async function tryConnect(url: string): Promise<Session | null> {
  const session = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  session.on('error', () => {}); // The end of the server is noticed by its process.
  try {
    await session.connect();
    return session;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    await session.end().catch(() => {});
    if (NOT_READY.has(code) || /terminated unexpectedly|timeout/i.test(message)) return null;
    if (code === NO_SUCH_DATABASE) return createDatabase(url);
    throw error;
  }
}

/** At every start, not only the first: a kill may have come between initdb and this. */
async function createDatabase(url: string): Promise<Session | null> {
  const other = new URL(url);
  other.pathname = '/postgres';
  const maintenance = await tryConnect(other.href);
  if (maintenance === null) return null;
  try {
    await maintenance.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await maintenance.end();
  }
  return tryConnect(url);
}
