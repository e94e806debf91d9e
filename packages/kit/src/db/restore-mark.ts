import type pg from 'pg';

type Connection = Pick<pg.Client, 'query'>;

const SCHEMA = 'spacedly_restore';

/** A restore was begun on this database and is not complete. */
export class RestoreUnfinished extends Error {
  constructor() {
    super(
      'A restore into this database was interrupted, so it is not complete. Run `spacedly restore` again. To begin with an ' +
        `empty installation instead, run DROP SCHEMA ${SCHEMA} CASCADE on it, and empty the storage for files.`,
    );
    this.name = 'RestoreUnfinished';
  }
}

export async function isRestoreUnfinished(client: Connection): Promise<boolean> {
  const { rows } = await client.query('SELECT to_regnamespace($1) IS NOT NULL AS is_marked', [SCHEMA]);
  return rows[0].is_marked;
}

/** Notes that a restore has begun, for whoever comes after a kill in the middle of it. */
export async function markRestore(client: Connection): Promise<void> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
}

export async function unmarkRestore(client: Connection): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
}
