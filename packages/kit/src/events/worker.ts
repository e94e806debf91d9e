import type { PoolClient } from 'pg';
import type { Job, PgBoss } from 'pg-boss';
import { runAs } from '../context.ts';
import { isConnectionLost } from '../db/errors.ts';
import { type Logger, safeMessage } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { createAlarm } from './alarm.ts';
import { recordClaim, type SlotKey, takeBackUnheard } from './claims.ts';
import type { Transaction } from './transaction.ts';

/** Look at least this often: covers a lost NOTIFY and jobs whose time comes later. */
const BACKSTOP_MS = 2_000;
/** How long to leave the database alone after it failed. */
const PAUSE_MS = 250;

/** Trying again cannot help: the job goes straight to the dead letter queue. */
export class PermanentJobError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PermanentJobError';
  }
}

/** What any job may carry: the trace it belongs to. */
interface Traced {
  traceparent?: string;
}

export type Handle = (data: never, job: Job<never>) => Promise<void>;

const DURATION_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

export function jobDuration(metrics: Metrics) {
  return metrics.histogram({
    name: 'spacedly_job_duration_seconds',
    help: 'Time a job took, by how it ended; one that failed is tried again, one that is dead is not',
    labelNames: ['queue', 'result'],
    buckets: DURATION_BUCKETS,
  });
}
export type JobDuration = ReturnType<typeof jobDuration>;

export interface SlotDeps {
  boss: PgBoss;
  log: Logger;
  tracing: Tracing;
  duration: JobDuration;
  transaction: Transaction;
  /** Called when a fetch came back full: more may be waiting than this slot can take. */
  onFull(): void;
}

type Fate = 'completed' | 'failed' | 'hopeless' | 'postponed';
interface Outcome {
  job: Job<unknown>;
  fate: Fate;
  reason: string;
}

/** One of the places in which a process works on a batch of jobs of a queue at a time. */
export interface Slot {
  /** Waits for jobs and can be woken. */
  readonly isIdle: boolean;
  wake(): void;
  /** Settles when the batch in hand is done and written down. */
  stop(): Promise<void>;
}

/** Ends a handler that never ends; it may still be running, so its job runs twice at worst, as any may. */
async function withinSeconds(run: Promise<void>, seconds: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`took longer than ${seconds} s`)), seconds * 1_000);
  await Promise.race([run, late.promise]).finally(() => clearTimeout(timer));
}

function fateOf(error: unknown): Fate {
  if (error instanceof PermanentJobError) return 'hopeless';
  // The job is not to blame, and its turn should not have to wait for the backoff.
  return isConnectionLost(error) ? 'postponed' : 'failed';
}

const RESULT = { completed: 'completed', failed: 'failed', hopeless: 'dead', postponed: 'failed' } as const;
const FATE_WORDS = {
  hopeless: 'a job failed for good',
  failed: 'a job failed and will be tried again',
  postponed: 'the database was away; the job will run again',
};

/** Writes down how jobs ended, each only if it is still this slot's: a job that was taken back is another's by now. */
async function settle(
  boss: PgBoss,
  tx: PoolClient,
  queue: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  const db = { executeSql: (text: string, values?: unknown[]) => tx.query(text, values) };
  const { completed = [], ...others } = Object.groupBy(outcomes, ({ fate }) => fate);
  if (completed.length > 0) {
    await boss.complete(
      queue,
      completed.map(({ job }) => job),
      null,
      { db },
    );
  }
  for (const { job, fate, reason } of Object.values(others).flat()) {
    const held = [queue, job.id, job.retryCount];
    const isHeld = `name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`;
    if (fate === 'postponed') {
      await tx.query(
        `UPDATE jobs.job SET state = 'retry', started_on = NULL, start_after = now() + interval '1 s' WHERE ${isHeld}`,
        held,
      );
      continue;
    }
    if (fate === 'hopeless')
      await tx.query(`UPDATE jobs.job SET retry_limit = retry_count WHERE ${isHeld}`, held);
    await boss.fail(queue, job, { message: reason }, { db });
  }
}

/** Starts a slot: it fetches up to `batchSize` jobs, runs them side by side, and writes down how they ended. */
export function startSlot(deps: SlotDeps, key: SlotKey, batchSize: number, handle: Handle): Slot {
  const { boss, log, tracing, duration, transaction, onFull } = deps;
  const { queue } = key;
  const alarm = createAlarm();
  let isIdle = false;
  let isStopping = false;
  let outcomes: Outcome[] = [];
  // After a failure nobody knows whether the last fetch was committed.
  let isUnsure = false;

  async function runOne(job: Job<unknown>): Promise<Outcome> {
    const startedAt = performance.now();
    const end = (fate: Fate, reason = ''): Outcome => {
      duration.observe({ queue, result: RESULT[fate] }, (performance.now() - startedAt) / 1_000);
      return { job, fate, reason };
    };
    const { traceparent: parent } = (job.data ?? {}) as Traced;
    const run = () => handle(job.data as never, job as Job<never>);
    const traced = () => tracing.span(queue, { kind: 'consumer', parent }, run);
    try {
      await withinSeconds(runAs({ jobId: job.id }, traced), job.expireInSeconds);
      return end('completed');
    } catch (error) {
      const fate = fateOf(error);
      log.warn({ err: error, queue, jobId: job.id }, FATE_WORDS[fate as keyof typeof FATE_WORDS]);
      return end(fate, safeMessage(error));
    }
  }

  /** Settles the last batch and takes the next, in one transaction. */
  async function turn(): Promise<Job<unknown>[]> {
    return transaction(async (tx) => {
      await settle(boss, tx, queue, outcomes);
      if (isUnsure) await takeBackUnheard(tx, key);
      if (isStopping) return [];
      const db = { executeSql: (text: string, values?: unknown[]) => tx.query(text, values) };
      const jobs = await boss.fetch<unknown>(queue, { batchSize, db });
      if (jobs.length > 0)
        await recordClaim(
          tx,
          key,
          jobs.map(({ id }) => id),
        );
      return jobs;
    });
  }

  async function step(): Promise<void> {
    alarm.reset();
    const jobs = await turn();
    outcomes = [];
    isUnsure = false;
    if (jobs.length === batchSize) onFull();
    if (jobs.length > 0) {
      outcomes = await Promise.all(jobs.map(runOne));
      return;
    }
    isIdle = true;
    if (!isStopping) await alarm.sleep(BACKSTOP_MS);
    isIdle = false;
  }

  async function run(): Promise<void> {
    while (!isStopping || outcomes.length > 0) {
      try {
        await step();
      } catch (error) {
        isUnsure = true;
        log.warn({ err: error, queue }, 'jobs could not be fetched; trying again');
        // When it stops, others take the jobs of this process back.
        if (isStopping) return;
        await alarm.sleep(PAUSE_MS);
      }
    }
  }

  const running = run();
  return {
    get isIdle() {
      return isIdle;
    },
    wake: () => alarm.ring(),
    async stop() {
      isStopping = true;
      alarm.ring();
      await running;
    },
  };
}
