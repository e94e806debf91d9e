import { MIGRATIONS_TABLE } from '@spacedly/kit';
import type pg from 'pg';
import type { Sequence, Table } from './format.ts';

export type Connection = Pick<pg.Client, 'query'>;

export const JOBS_TABLE = { schema: 'jobs', name: 'job' };

/** A name as SQL takes it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const sqlName = ({ schema, name }: { schema: string; name: string }) =>
  `${quoted(schema)}.${quoted(name)}`;

/** What rows are written and read with on both sides: nothing in them depends on the settings of a server. */
export const PLAIN_FORMAT = `SET client_encoding = 'UTF8'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres';
  SET TimeZone = 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0;
  SET idle_in_transaction_session_timeout = 0`;

/** The tables of some schemas with the columns that can be written, those of the jobs with nothing but the jobs. */
export async function listTables(client: Connection, schemas: readonly string[]): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT n.nspname AS schema, c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND (n.nspname = ANY($1) AND c.relname <> $2 OR n.nspname = $3 AND c.relname = $4)
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [schemas, MIGRATIONS_TABLE, JOBS_TABLE.schema, JOBS_TABLE.name],
  );
  return rows;
}

/** Where the sequences of some schemas stand. */
export async function listSequences(client: Connection, schemas: readonly string[]): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S' AND n.nspname = ANY($1) AND c.relname NOT LIKE $2 ORDER BY 1, 2`,
    [schemas, `${MIGRATIONS_TABLE.replaceAll('_', '\\_')}%`],
  );
  const sequences: Sequence[] = [];
  for (const found of rows) {
    const state = await client.query(`SELECT last_value::text AS last, is_called FROM ${sqlName(found)}`);
    sequences.push({ ...found, last: state.rows[0].last, isCalled: state.rows[0].is_called });
  }
  return sequences;
}
