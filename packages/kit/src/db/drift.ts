import type pg from 'pg';
import { lastMigration, MIGRATION_LOCK, MIGRATIONS_TABLE, type Migrations, migrateTo } from './migrate.ts';

/** How a service's part of the database differs from what its migrations make. */
export interface Drift {
  schema: string;
  /** What should be there, in the words of the catalogue: a column, an index, a constraint, a trigger, a function, a type. */
  missing: string[];
  /** What is there instead, or besides. */
  unexpected: string[];
}

/** One line for each thing of a schema; the place of a column among the others does not matter. */
const CATALOGUE = `
  SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p', 'v', 'm')
  UNION ALL SELECT 'index ' || pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' (not valid)' END
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = to_regnamespace($1)
  UNION ALL SELECT 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = to_regnamespace($1) AND k.contype <> 'n'
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' (not enabled)' END
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = to_regnamespace($1) AND NOT t.tgisinternal
  UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid)
    FROM pg_proc p WHERE p.pronamespace = to_regnamespace($1) AND p.prokind IN ('f', 'p')
  UNION ALL SELECT 'type ' || t.typname || ' (' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) || ')'
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = to_regnamespace($1) GROUP BY t.typname
  UNION ALL SELECT 'sequence ' || c.relname
    FROM pg_class c WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'S'
  ORDER BY line`;

async function catalogueOf(client: Pick<pg.Client, 'query'>, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(CATALOGUE, [schema]);
  return rows.map(({ line }) => line).filter((line) => !line.includes(MIGRATIONS_TABLE));
}

/**
 * Compares a service's part of the database with what its migrations make of nothing, up to the last one it has seen. They
 * are run anew for that, in a transaction that is taken back: the schema is called otherwise meanwhile, which nobody else
 * sees. A snapshot written down would have to know what PostgreSQL makes of each definition; here PostgreSQL says both.
 * @param client a connection of its own, straight to the server, of a user who may migrate
 * @returns null where nothing differs, or the service has no part yet
 */
async function driftOf(client: Pick<pg.Client, 'query'>, service: Migrations): Promise<Drift | null> {
  const { schema } = service;
  const last = await lastMigration(client, schema);
  if (last === null) return null;
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = '5s'`);
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const found = await catalogueOf(client, schema);
    await client.query(`ALTER SCHEMA ${schema} RENAME TO ${schema}_as_found`);
    await migrateTo(client, service, last);
    const made = await catalogueOf(client, schema);
    const missing = made.filter((line) => !found.includes(line));
    const unexpected = found.filter((line) => !made.includes(line));
    return missing.length + unexpected.length === 0 ? null : { schema, missing, unexpected };
  } finally {
    await client.query('ROLLBACK');
  }
}

/** What was changed by hand in the parts of the services, one after another; see `driftOf`. */
export async function findDrift(
  client: Pick<pg.Client, 'query'>,
  services: readonly Migrations[],
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const service of services) {
    const drift = await driftOf(client, service);
    if (drift !== null) drifts.push(drift);
  }
  return drifts;
}
