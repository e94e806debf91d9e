/** A pool or one of its connections. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/**
 * Who has which jobs in hand. A process takes a number and holds the advisory lock of that number on its signal
 * connection for as long as it lives; each of its workers notes, in the transaction that fetches jobs, which ones they
 * are. When the lock is free, the process is gone (PostgreSQL frees it with the connection), and whoever notices puts
 * its jobs back. Nothing is guessed from clocks, and nothing is written while jobs run.
 */

/** The first half of each worker's advisory lock; it only has to differ from other locks on the database. */
export const PRESENCE_LOCK = 7_239_418;

const INSTALL = `
  CREATE SEQUENCE IF NOT EXISTS jobs.worker_number AS integer CYCLE;
  CREATE TABLE IF NOT EXISTS jobs.claims (
    worker integer NOT NULL,
    queue text NOT NULL,
    slot integer NOT NULL,
    job_ids uuid[] NOT NULL,
    fetched_at timestamptz NOT NULL,
    PRIMARY KEY (worker, queue, slot)
  )`;

export async function installClaims(db: { query(text: string): Promise<unknown> }): Promise<void> {
  await db.query(INSTALL);
}

/** A number that no other process has. */
export async function nextWorkerNumber(db: Queryable): Promise<number> {
  const { rows } = await db.query(`SELECT nextval('jobs.worker_number')::integer AS number`);
  return (rows[0] as { number: number }).number;
}

export interface SlotKey {
  worker: number;
  queue: string;
  slot: number;
}

/** Notes what a slot has just fetched, instead of what it had before; in the transaction of the fetch. */
export async function recordClaim(
  tx: Queryable,
  { worker, queue, slot }: SlotKey,
  jobIds: readonly string[],
): Promise<void> {
  await tx.query(
    `INSERT INTO jobs.claims (worker, queue, slot, job_ids, fetched_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (worker, queue, slot) DO UPDATE SET job_ids = excluded.job_ids, fetched_at = excluded.fetched_at`,
    [worker, queue, slot, jobIds],
  );
}

/**
 * The jobs of some claims that are still as they were when fetched: a job that was fetched again since has another
 * time, as both times are that of the one transaction.
 */
const stillHeld = (where: string) => `
  SELECT j.name, j.id FROM jobs.claims c CROSS JOIN unnest(c.job_ids) AS held(id)
  JOIN jobs.job j ON j.name = c.queue AND j.id = held.id AND j.state = 'active' AND j.started_on = c.fetched_at
  WHERE ${where}`;

/** Puts back what a slot may have fetched without having heard of it. It counts as no try: nothing has run. */
export async function takeBackUnheard(tx: Queryable, { worker, queue, slot }: SlotKey): Promise<void> {
  await tx.query(
    `UPDATE jobs.job j SET state = 'retry', started_on = NULL, start_after = now()
     FROM (${stillHeld('c.worker = $1 AND c.queue = $2 AND c.slot = $3')}) h WHERE j.name = h.name AND j.id = h.id`,
    [worker, queue, slot],
  );
}

/** Workers that have left claims behind and hold their lock no more. */
export async function findGone(db: Queryable): Promise<number[]> {
  const { rows } = await db.query(
    `SELECT DISTINCT c.worker FROM jobs.claims c WHERE NOT EXISTS (
       SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
       WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
         AND l.classid = $1::bigint::oid AND l.objid = c.worker::bigint::oid)`,
    [PRESENCE_LOCK],
  );
  return rows.map((row) => (row as { worker: number }).worker);
}

export interface TakenBack {
  /** Queues that have work again. */
  queues: string[];
  /** Jobs that have had all their tries: each of them may be what ends the processes. */
  exhausted: { name: string; id: string }[];
}

/**
 * Puts the jobs of a worker that is gone back on their queues, where they run again at once and have one try less.
 * Must run in a transaction, as its lock keeps others from doing the same.
 * @returns null when the worker lives or another process is at it
 */
export async function takeBackFrom(tx: Queryable, worker: number): Promise<TakenBack | null> {
  const lock = await tx.query('SELECT pg_try_advisory_xact_lock($1, $2) AS got', [PRESENCE_LOCK, worker]);
  if (!(lock.rows[0] as { got: boolean }).got) return null;
  const returned = await tx.query(
    `UPDATE jobs.job j SET state = 'retry', start_after = now()
     FROM (${stillHeld('c.worker = $1')}) h
     WHERE j.name = h.name AND j.id = h.id AND j.retry_count < j.retry_limit RETURNING j.name`,
    [worker],
  );
  const exhausted = await tx.query(stillHeld('c.worker = $1'), [worker]);
  await tx.query('DELETE FROM jobs.claims WHERE worker = $1', [worker]);
  return {
    queues: [...new Set(returned.rows.map((row) => (row as { name: string }).name))],
    exhausted: exhausted.rows as TakenBack['exhausted'],
  };
}

/** A worker that ends in order leaves nothing behind. */
export async function forgetClaims(db: Queryable, worker: number): Promise<void> {
  await db.query('DELETE FROM jobs.claims WHERE worker = $1', [worker]);
}
