import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { installQueues } from '../events/queues.ts';
import type { Logger } from '../log.ts';
import { connectionOptions } from './pool.ts';
import { isRestoreUnfinished, RestoreUnfinished } from './restore-mark.ts';

/** A service's part of the database: its schema and the folder of its SQL migrations. */
export interface Migrations {
  schema: string;
  folder: string;
}

/** Any number all instances agree on; it only has to differ from other advisory locks on the database. */
export const MIGRATION_LOCK = 7_239_417;
export const MIGRATIONS_TABLE = '__migrations';

/**
 * Brings the database up to date: each service's SQL migrations, then the job queues.
 * Ten instances starting together migrate once: the others wait on an advisory lock and find nothing to do.
 * @throws RestoreUnfinished when a restore was interrupted
 * @throws Error of the database when a migration fails; that migration is rolled back
 */
export async function migrateDatabase(
  url: string,
  services: readonly Migrations[],
  log: Logger,
): Promise<void> {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if (await isRestoreUnfinished(client)) throw new RestoreUnfinished();
    for (const { schema, folder } of services) {
      await migrate(drizzle(client), {
        migrationsFolder: folder,
        migrationsSchema: schema,
        migrationsTable: MIGRATIONS_TABLE,
      });
    }
    await installQueues(client, log);
  } finally {
    await client.end();
  }
}

interface Journal {
  entries: { tag: string; when: number }[];
}

/** When the newest migration of a service was made that the database has seen, in milliseconds; null for none. */
export async function lastMigration(
  client: Pick<pg.Client, 'query'> | pg.Pool,
  schema: string,
): Promise<number | null> {
  const table = `${schema}.${MIGRATIONS_TABLE}`;
  const exists = await client.query('SELECT to_regclass($1) AS found', [table]);
  if (exists.rows[0].found === null) return null;
  const { rows } = await client.query(`SELECT max(created_at)::bigint AS last FROM ${table}`);
  return rows[0].last === null ? null : Number(rows[0].last);
}

/** Every migration of a service, oldest first: its name and when it was made, in milliseconds. */
export function knownMigrations({ folder }: Migrations): readonly { tag: string; when: number }[] {
  return (JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal).entries;
}

/** Names of the migrations that the database has not seen yet, `service/0001_name`. */
export async function pendingMigrations(
  pool: Pick<pg.Client, 'query'> | pg.Pool,
  services: readonly Migrations[],
): Promise<string[]> {
  const pending: string[] = [];
  for (const service of services) {
    const { schema } = service;
    const last = await lastMigration(pool, schema);
    const missing = knownMigrations(service).filter(({ when }) => last === null || when > last);
    pending.push(...missing.map(({ tag }) => `${schema}/${tag}`));
  }
  return pending;
}

/**
 * Makes the tables of a service as they were at one of its migrations, in the transaction of the caller. Its schema must
 * not be there.
 * @param lastWhen of the last migration to apply, as `lastMigration` gives it
 */
export async function migrateTo(
  client: Pick<pg.Client, 'query'>,
  { schema, folder }: Migrations,
  lastWhen: number,
): Promise<void> {
  const table = `${schema}.${MIGRATIONS_TABLE}`;
  await client.query(`CREATE SCHEMA ${schema}`);
  await client.query(`CREATE TABLE ${table} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)`);
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folder })) {
    if (folderMillis > lastWhen) break;
    for (const statement of sql) await client.query(statement);
    await client.query(`INSERT INTO ${table} (hash, created_at) VALUES ($1, $2)`, [hash, folderMillis]);
  }
}
