import { MIGRATIONS_TABLE, type Migrations, type Storage } from '@spacedly/kit';
import { type Connection, listTables, sqlName } from './catalogue.ts';
import { BackupError, tableKey } from './format.ts';

/** What a server makes for itself at its first start, before anybody has used it. */
const MADE_BY_A_START = new Set(['auth.signing_keys', 'notifications.vapid_keys']);

/** @throws BackupError when a server or a worker is connected to the database */
export async function assertNobodyRuns(client: Connection): Promise<void> {
  const { rows } = await client.query(
    `SELECT count(*)::integer AS count FROM pg_stat_activity
     WHERE datname = current_database() AND application_name IN ('spacedly', 'spacedly signals')`,
  );
  if (rows[0].count > 0)
    throw new BackupError('A server of Spacedly uses this database. Stop it first. Nothing was changed.');
}

/**
 * Whether nobody has used the database yet. One that a server has started on once, without anybody signing up, is empty.
 * @throws BackupError naming what is there
 */
export async function assertEmptyDatabase(
  client: Connection,
  services: readonly Migrations[],
): Promise<void> {
  const schemas = services.map(({ schema }) => schema);
  const tables = await listTables(client, schemas);
  for (const table of tables.filter(({ schema }) => schemas.includes(schema))) {
    if (MADE_BY_A_START.has(tableKey(table))) continue;
    const { rows } = await client.query(`SELECT EXISTS (SELECT 1 FROM ${sqlName(table)}) AS has_rows`);
    if (rows[0].has_rows)
      throw new BackupError(
        `This installation is in use: ${tableKey(table)} has rows. A backup goes into an empty one: choose another DATA_DIR, ` +
          'or an empty database with DATABASE_URL. Nothing was changed.',
      );
  }
  const foreign = await client.query(
    `SELECT n.nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind = 'r'
       AND NOT EXISTS (SELECT 1 FROM pg_class m WHERE m.relnamespace = n.oid AND m.relname = $2) LIMIT 1`,
    [schemas, MIGRATIONS_TABLE],
  );
  if (foreign.rows.length > 0)
    throw new BackupError(
      `The database has a schema ${foreign.rows[0].schema} of another program. Nothing was changed.`,
    );
}

/** @throws BackupError when there are files already */
export async function assertEmptyStorage(storage: Storage): Promise<void> {
  for await (const { key } of storage.list())
    throw new BackupError(
      `The storage for files is in use: it has ${key}. A backup goes into an empty one. Nothing was changed.`,
    );
}

/** Removes what a restore that failed has put there. */
export async function clearStorage(storage: Storage): Promise<void> {
  for await (const { key } of storage.list()) await storage.delete(key);
}
