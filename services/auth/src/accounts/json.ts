import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { users } from '../schema.ts';
import type { UserRow } from './store.ts';

/** The columns of a table as one JSON object: Node reads it at once, where each column is described and read by itself. */
export function rowJson(table: PgTable): SQL {
  const columns = Object.entries(getTableColumns(table));
  const named = columns.map(([name, column]) => sql`${column} AS ${sql.identifier(name)}`);
  return sql`(SELECT row_to_json(shown) FROM (SELECT ${sql.join(named, sql`, `)}) AS shown)`;
}

const instants = Object.entries(getTableColumns(users)).flatMap(([name, { dataType }]) =>
  dataType === 'date' ? [name] : [],
);

/** A person of such an object, which is changed. */
export function readUser(json: Record<string, unknown>): UserRow {
  for (const name of instants) json[name] &&= new Date(json[name] as string);
  return json as UserRow;
}
