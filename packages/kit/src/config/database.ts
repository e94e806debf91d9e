import { isIP } from 'node:net';
import { z } from 'zod';
import { onOff, optional, wholeNumber } from './fields.ts';

const databaseUrl = optional(z.url({ protocol: /^postgres(ql)?$/ }));

/** Settings of the database and the way to it. */
export const databaseSettings = {
  DATABASE_URL: databaseUrl.meta({
    description: 'PostgreSQL 15 or later. Without it an embedded PostgreSQL runs under DATA_DIR',
    example: 'postgres://spacedly:secret@db.example.com:5432/spacedly',
  }),
  DATABASE_DIRECT_URL: databaseUrl.meta({
    description:
      'The same database without PgBouncer in between, where DATABASE_URL leads to one in transaction mode: for signals and migrations',
    example: 'postgres://spacedly:secret@db.example.com:5432/spacedly',
  }),
  DATABASE_CA_FILE: optional(z.string()).meta({
    description:
      'Certificates (PEM) that the certificate of the database must come from, where it is of an authority of your own or of a cloud provider',
    example: '/etc/spacedly/rds-ca.pem',
  }),
  DB_PREPARED_STATEMENTS: onOff.default(true).meta({
    description: '0 where a pooler in between does not know prepared statements, as PgBouncer before 1.21',
  }),
  DB_POOL_MAX: optional(wholeNumber(2, 500)).meta({
    description: 'Connections each process keeps to the database. Default cores × 2 + 1, at least 5',
  }),
  DB_ACQUIRE_TIMEOUT_MS: wholeNumber(100, 60_000).default(5_000).meta({
    description: 'How long a request waits for a database connection before 503, in milliseconds',
  }),
  DB_STATEMENT_TIMEOUT_MS: wholeNumber(100, 600_000).default(10_000).meta({
    description: 'Longest run of one SQL statement, in milliseconds',
  }),
};

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '::1', '']);

/** Where node-postgres connects to: a parameter `host` wins over the name in front of the path. */
function hostOf({ hostname, searchParams }: URL): string {
  const host = searchParams.getAll('host').at(-1) || decodeURIComponent(hostname);
  const bare = host.replace(/^\[(.+)\]$/, '$1');
  return isIP(bare) ? bare : host;
}

/** True when the address leaves this machine, so that the connection must be encrypted and verified. */
function isRemote(url: URL): boolean {
  const host = hostOf(url);
  return !LOCAL_HOSTS.has(host) && !host.startsWith('/');
}

/** What of the address would leave the server unverified or the connection in the clear; null where nothing does. */
function weakParameter({ searchParams }: URL): string | null {
  const isWeak = ([name, value]: [string, string]) =>
    (name === 'sslmode' && /^(disable|allow|prefer|no-verify)$/.test(value)) ||
    (name === 'ssl' && !/^(1|true)$/.test(value)) ||
    name === 'uselibpqcompat';
  const found = [...searchParams].find(isWeak);
  return found === undefined ? null : found.join('=');
}

/**
 * The address with TLS as it must be: `verify-full` whenever the host is not this machine. An address that says otherwise
 * is left alone, as `databaseIssues` lets it through while developing only.
 * @param caFile authorities to trust instead of those of the system; one that the address names itself wins
 */
export function withVerifiedTls(address: string, caFile?: string): string {
  const url = new URL(address);
  if (!isRemote(url) || weakParameter(url) !== null) return address;
  url.searchParams.delete('ssl');
  url.searchParams.set('sslmode', 'verify-full');
  if (caFile !== undefined && !url.searchParams.has('sslrootcert'))
    url.searchParams.set('sslrootcert', caFile);
  return url.href;
}

interface DatabaseConfig {
  NODE_ENV: string;
  DATABASE_URL?: string | undefined;
  DATABASE_DIRECT_URL?: string | undefined;
}

/** What is wrong with the way to the database, in words that repeat no value but a harmless one. */
export function databaseIssues(config: DatabaseConfig): string[] {
  const issues: string[] = [];
  if (config.DATABASE_DIRECT_URL !== undefined && config.DATABASE_URL === undefined)
    issues.push('DATABASE_DIRECT_URL: goes together with DATABASE_URL');
  if (config.NODE_ENV !== 'production') return issues;
  for (const name of ['DATABASE_URL', 'DATABASE_DIRECT_URL'] as const) {
    const url = config[name] === undefined ? null : new URL(config[name]);
    const weak = url === null || !isRemote(url) ? null : weakParameter(url);
    if (weak !== null)
      issues.push(
        `${name}: ${weak} would leave the connection to another machine unverified; leave it out, and set DATABASE_CA_FILE where the certificate is not known to this machine`,
      );
  }
  return issues;
}
