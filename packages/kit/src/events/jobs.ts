import type { EventEnvelope } from '@spacedly/contracts';
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { type Db as BossDb, fromDrizzle, type Job, PgBoss } from 'pg-boss';
import { currentWork } from '../context.ts';
import type { Db } from '../db/pool.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { createPresence } from './presence.ts';
import { JOBS_SCHEMA } from './queues.ts';
import type { Signals } from './signals.ts';
import { quickTransaction } from './transaction.ts';
import { type Handle, jobDuration, type Slot, startSlot } from './worker.ts';

export interface JobsOptions {
  pool: pg.Pool;
  log: Logger;
  /** Gives workers their wake-up and tells others that this process lives. */
  signals: Signals;
  tracing: Tracing;
  metrics: Metrics;
  /** Whether this process looks after the queues (expired jobs, old ones); default true. */
  supervise?: boolean;
  /** Hears which queue got jobs, before their transaction has ended. */
  onEnqueued?: (queue: string) => void;
}

export interface WorkSettings {
  /** Jobs taken at once, which run side by side; default 100. */
  batchSize?: number;
  /** Batches that run side by side, so that one slow job holds up its own batch only; default 1. */
  concurrency?: number;
}

export interface Jobs {
  boss: PgBoss;
  start(): Promise<void>;
  /**
   * Runs `handle` for each job, several at a time. A handler that throws fails its own job only: it is retried
   * with backoff, then moved to the dead letter queue; at once when it throws a `PermanentJobError`. A job whose
   * process dies runs again within seconds, so a handler must stand being repeated.
   */
  work<T>(
    queue: string,
    handle: (data: T, job: Job<T>) => Promise<void>,
    settings?: WorkSettings,
  ): Promise<void>;
  /** Adds jobs in the transaction of the change they belong to. */
  enqueue(tx: Db, queue: string, data: readonly object[], options?: { startAfter?: Date }): Promise<void>;
  /** Whether nothing that this process works on was waiting when it last looked. */
  isIdle(): boolean;
  /** Waits for running handlers, at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

/** pg-boss on our own pool and signal connection, so that jobs cost no further connections. */
export function createJobs(options: JobsOptions): Jobs {
  const { pool, log, signals, tracing, metrics, supervise = true, onEnqueued } = options;
  const slots = new Map<string, Slot[]>();

  /** One free slot is enough: a fetch that comes back full wakes the next. With none free, all look anyway. */
  function wake(queue: string): void {
    const all = slots.get(queue) ?? [];
    const free = all.find(({ isIdle }) => isIdle);
    for (const slot of free === undefined ? all : [free]) slot.wake();
  }
  const wakeAll = () => {
    for (const slot of [...slots.values()].flat()) slot.wake();
  };

  const db: BossDb = {
    executeSql: (text, values) => pool.query(text, values),
    // The channel is pg-boss's, which notifies on it when a transaction that added jobs commits.
    async listen(channel) {
      const end = await signals.subscribe(channel, wake, wakeAll);
      return { close: async () => end() };
    },
  };
  const boss = new PgBoss({
    db,
    schema: JOBS_SCHEMA,
    migrate: false,
    supervise,
    schedule: false,
    useListenNotify: true,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue error'));
  boss.on('warning', (warning) => log.warn({ warning }, 'job queue warning'));

  const transaction = quickTransaction(pool);
  const duration = jobDuration(metrics);
  const presence = createPresence({ pool, log, signals, boss, transaction, wake });

  return {
    boss,
    start: async () => {
      await boss.start();
    },
    async enqueue(tx, queue, data, { startAfter } = {}) {
      if (data.length === 0) return;
      const traceparent = currentWork()?.span?.traceparent;
      const jobs = data.map((item) => ({
        data: traceparent === undefined ? item : { traceparent, ...item },
        ...(startAfter && { startAfter }),
      }));
      await boss.insert(queue, jobs, { db: fromDrizzle(tx, sql) });
      onEnqueued?.(queue);
    },
    isIdle: () => [...slots.values()].flat().every((slot) => slot.isIdle),
    async work<T>(
      queue: string,
      handle: (data: T, job: Job<T>) => Promise<void>,
      { batchSize = 100, concurrency = 1 }: WorkSettings = {},
    ) {
      const worker = await presence.begin();
      const deps = { boss, log, tracing, duration, transaction, onFull: () => wake(queue) };
      const own = slots.get(queue) ?? [];
      slots.set(queue, own);
      for (let n = 0; n < concurrency; n++) {
        const key = { worker, queue, slot: own.length };
        own.push(startSlot(deps, key, batchSize, handle as Handle));
      }
    },
    async stop(timeoutMs) {
      const ended = Promise.all([...slots.values()].flat().map((slot) => slot.stop())).then(() => true);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), timeoutMs);
      });
      const isOver = await Promise.race([ended, late]).finally(() => clearTimeout(timer));
      await presence.end(isOver);
      await boss.stop({ graceful: false, close: false });
    },
  };
}

export type { EventEnvelope };
