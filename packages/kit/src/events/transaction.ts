import type pg from 'pg';

export type Transaction = <T>(run: (tx: pg.PoolClient) => Promise<T>) => Promise<T>;

/** Runs a transaction whose commit is not waited for: after a crash of the database the jobs say what is to be done. */
export function quickTransaction(pool: pg.Pool): Transaction {
  return async (run) => {
    const client = await pool.connect();
    let isBroken = true;
    try {
      await client.query('BEGIN; SET LOCAL synchronous_commit = off');
      const result = await run(client).catch(async (error) => {
        await client.query('ROLLBACK');
        throw error;
      });
      await client.query('COMMIT');
      isBroken = false;
      return result;
    } finally {
      client.release(isBroken);
    }
  };
}
