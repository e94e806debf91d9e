import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { installQueues } from '../events/queues.ts';
import type { Logger } from '../log.ts';
import { connectionOptions } from './pool.ts';

/** A service's part of the database: its schema and the folder of its SQL migrations. */
export interface Migrations {
  schema: string;
  folder: string;
}

/** Any number all instances agree on; it only has to differ from other advisory locks on the database. */
const MIGRATION_LOCK = 7_239_417;
const TABLE = '__migrations';

/**
 * Brings the database up to date: each service's SQL migrations, then the job queues.
 * Ten instances starting together migrate once: the others wait on an advisory lock and find nothing to do.
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
    for (const { schema, folder } of services) {
      await migrate(drizzle(client), {
        migrationsFolder: folder,
        migrationsSchema: schema,
        migrationsTable: TABLE,
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

/** Names of the migrations that the database has not seen yet, `service/0001_name`. */
export async function pendingMigrations(pool: pg.Pool, services: readonly Migrations[]): Promise<string[]> {
  const pending: string[] = [];
  for (const { schema, folder } of services) {
    const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
    const table = `${schema}.${TABLE}`;
    const exists = await pool.query('SELECT to_regclass($1) AS found', [table]);
    const last = exists.rows[0].found
      ? (await pool.query(`SELECT max(created_at)::bigint AS last FROM ${table}`)).rows[0].last
      : null;
    pending.push(
      ...journal.entries
        .filter(({ when }) => last === null || when > Number(last))
        .map(({ tag }) => `${schema}/${tag}`),
    );
  }
  return pending;
}
