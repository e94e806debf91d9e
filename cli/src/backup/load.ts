import { once } from 'node:events';
import { type Migrations, migrateTo } from '@spacedly/kit';
import type pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import type { ArchiveEntry } from './archive-reader.ts';
import { type Connection, JOBS_TABLE, quoted, sqlName } from './catalogue.ts';
import { BackupError, type Sequence, type Table, tableKey } from './format.ts';
import { pieceOf, type VerifiedBackup } from './verify.ts';

interface Constraint {
  table: string;
  name: string;
  definition: string;
}

const isJobs = (table: Table) => tableKey(table) === tableKey(JOBS_TABLE);
/** Jobs come by way of a table of text: the queue's own tables may have other columns by now. */
const JOBS_ASIDE = 'pg_temp.restored_jobs';

/** Takes the foreign keys off, so that tables can come in any order; @returns what puts them back. */
async function dropForeignKeys(client: Connection, schemas: readonly string[]): Promise<Constraint[]> {
  // Definitions name every table with its schema only where none is on the path.
  await client.query(`SET LOCAL search_path = ''`);
  const { rows } = await client.query<Constraint>(
    `SELECT c.conrelid::regclass::text AS table, quote_ident(c.conname) AS name, pg_get_constraintdef(c.oid) AS definition
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
     WHERE c.contype = 'f' AND c.conparentid = 0 AND n.nspname = ANY($1)`,
    [schemas],
  );
  await client.query('RESET search_path');
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  return rows;
}

async function setTriggers(
  client: Connection,
  tables: readonly Table[],
  verb: 'ENABLE' | 'DISABLE',
): Promise<void> {
  for (const table of tables) await client.query(`ALTER TABLE ${sqlName(table)} ${verb} TRIGGER USER`);
}

async function setSequence(client: Connection, { last, isCalled, ...name }: Sequence): Promise<void> {
  await client.query('SELECT setval($1::regclass, $2, $3)', [sqlName(name), last, isCalled]);
}

/**
 * Moves the jobs into the queue, as far as it has a queue for them. What a worker had in hand is to be done again: that worker
 * is no more.
 */
async function takeJobs(client: Connection, { columns }: Table): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname = ANY($2)`,
    [sqlName(JOBS_TABLE), columns],
  );
  const names = rows.map(({ name }) => quoted(name)).join(', ');
  const values = rows.map(({ name, type }) => `${quoted(name)}::${type}`).join(', ');
  await client.query(`UPDATE ${JOBS_ASIDE} SET state = 'retry', started_on = NULL WHERE state = 'active'`);
  await client.query(
    `INSERT INTO ${sqlName(JOBS_TABLE)} (${names}) SELECT ${values} FROM ${JOBS_ASIDE} j
     WHERE j.name IN (SELECT name FROM jobs.queue)`,
  );
}

interface Copy {
  table: Table;
  stream: CopyStreamQuery;
  failed: AbortController;
}

/** Brings the rows of a backup into a database, in a transaction that the caller commits. */
export function createLoader(client: pg.Client, { database, manifest }: VerifiedBackup) {
  const byName = new Map(database.tables.map((table) => [tableKey(table), table]));
  const own = database.tables.filter((table) => !isJobs(table));
  const jobs = database.tables.find(isJobs);
  let foreignKeys: Constraint[] = [];
  let current: Copy | null = null;

  function open(table: Table): Copy {
    const into = isJobs(table) ? JOBS_ASIDE : sqlName(table);
    const stream = client.query(
      copyFrom(`COPY ${into} (${table.columns.map(quoted).join(', ')}) FROM STDIN`),
    );
    const failed = new AbortController();
    stream.once('error', (error) => failed.abort(error));
    return { table, stream, failed };
  }

  async function finish(): Promise<void> {
    if (current === null) return;
    const { table, stream, failed } = current;
    current = null;
    stream.end();
    if (!stream.writableFinished)
      await once(stream, 'finish', { signal: failed.signal }).catch(rethrow(failed));
    failed.signal.throwIfAborted();
    if (stream.rowCount !== manifest.rows[tableKey(table)])
      throw new BackupError(`The backup is damaged: ${tableKey(table)} has lost rows. Nothing was changed.`);
  }

  return {
    /** Makes the tables as they were, empty. */
    async begin(services: readonly Migrations[]): Promise<void> {
      for (const service of services) {
        const last = database.migrations[service.schema];
        if (last !== undefined) await migrateTo(client, service, last);
      }
      foreignKeys = await dropForeignKeys(client, Object.keys(database.migrations));
      await setTriggers(client, own, 'DISABLE');
      // Rows that migrations bring are in the backup, as they are by now.
      for (const table of own) await client.query(`DELETE FROM ${sqlName(table)}`);
      await client.query(`DELETE FROM ${sqlName(JOBS_TABLE)}`);
      const columns = jobs?.columns.map((name) => `${quoted(name)} text`).join(', ');
      if (columns) await client.query(`CREATE TEMP TABLE restored_jobs (${columns}) ON COMMIT DROP`);
    },
    async take({ name, content }: ArchiveEntry): Promise<void> {
      const table = byName.get(pieceOf(name)?.table ?? '') as Table;
      if (current?.table !== table) await finish();
      current ??= open(table);
      const { stream, failed } = current;
      for await (const chunk of content) {
        failed.signal.throwIfAborted();
        if (!stream.write(chunk))
          await once(stream, 'drain', { signal: failed.signal }).catch(rethrow(failed));
      }
    },
    async end(): Promise<void> {
      await finish();
      if (jobs !== undefined) await takeJobs(client, jobs);
      for (const sequence of database.sequences) await setSequence(client, sequence);
      for (const { table, name, definition } of foreignKeys)
        await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
      await setTriggers(client, own, 'ENABLE');
    },
  };
}

/** The reason of an abort rather than the abort. */
const rethrow = (failed: AbortController) => (error: unknown) => {
  throw failed.signal.aborted ? failed.signal.reason : error;
};
