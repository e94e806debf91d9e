import { lastMigration, MIGRATION_LOCK, type Migrations } from '@spacedly/kit';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ArchiveWriter } from './archive-writer.ts';
import { listSequences, listTables, PLAIN_FORMAT, quoted, sqlName } from './catalogue.ts';
import { BackupError, DATABASE, type DatabaseDescription, ROWS, type Table, tableKey } from './format.ts';
import { isKnownMigration } from './rules.ts';

/** Rows are gathered up to this size before they are written, as a tar entry says first how long it is. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** @throws BackupError when there is nothing, or something this release does not know */
async function findMigrations(client: pg.Client, services: readonly Migrations[]) {
  const migrations: Record<string, number> = {};
  for (const service of services) {
    const last = await lastMigration(client, service.schema);
    if (last === null) continue;
    if (!isKnownMigration(service, last))
      throw new BackupError(
        'The database was made by a newer release of Spacedly. Make the backup with that.',
      );
    migrations[service.schema] = last;
  }
  if (Object.keys(migrations).length > 0) return migrations;
  throw new BackupError('There is nothing to back up: the database has no tables of Spacedly.');
}

/** Writes the rows of a table. @returns how many */
async function dumpTable(client: pg.Client, archive: ArchiveWriter, table: Table): Promise<number> {
  const columns = table.columns.map(quoted).join(', ');
  const copy = client.query(copyTo(`COPY (SELECT ${columns} FROM ${sqlName(table)}) TO STDOUT`));
  let [pieces, size]: [Buffer[], number] = [[], 0];
  let number = 0;
  const flush = async () => {
    if (size === 0) return;
    number += 1;
    await archive.add(`${ROWS}${tableKey(table)}/${number}`, size, pieces);
    [pieces, size] = [[], 0];
  };
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    pieces.push(chunk);
    size += chunk.length;
    if (size >= PIECE_BYTES) await flush();
  }
  await flush();
  return copy.rowCount;
}

/**
 * Writes the whole database as it is at one moment, while others go on using it. It waits for a migration that runs, and
 * a migration waits for it.
 * @returns the number of rows of each table
 */
export async function dumpDatabase(
  options: pg.ClientConfig,
  services: readonly Migrations[],
  archive: ArchiveWriter,
): Promise<Record<string, number>> {
  const client = new pg.Client({ ...options, application_name: 'spacedly backup' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(PLAIN_FORMAT);
    // Before the transaction: its snapshot must not be from before a migration that was waited for.
    await client.query('SELECT pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const migrations = await findMigrations(client, services);
    const schemas = Object.keys(migrations);
    const tables = await listTables(client, schemas);
    const sequences = await listSequences(client, schemas);
    const description: DatabaseDescription = { migrations, tables, sequences };
    await archive.addText(DATABASE, JSON.stringify(description));
    const rows: Record<string, number> = {};
    for (const table of tables) rows[tableKey(table)] = await dumpTable(client, archive, table);
    return rows;
  } finally {
    await client.end().catch(() => {});
  }
}
