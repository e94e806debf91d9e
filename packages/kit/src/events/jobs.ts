import { type EventEnvelope, events } from '@spacedly/contracts';
import { sql } from 'drizzle-orm';
import { type Db as BossDb, fromDrizzle, type Job, PgBoss, type Queue } from 'pg-boss';
import type { Db } from '../db/pool.ts';
import { type Logger, safeMessage } from '../log.ts';
import type { Signals } from './signals.ts';

const SCHEMA = 'jobs';
/** Poll as a safety net where a NOTIFY was lost; jobs are normally woken within milliseconds. */
const BACKSTOP_SECONDS = 2;

/** About half an hour of tries with exponential backoff and jitter, then the dead letter queue. */
const RETRY = { retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 } as const;

/** The queue on which a service hears events. */
export function eventQueue(listener: string): string {
  return `events.${listener}`;
}

function queuesToInstall(): Queue[] {
  const listeners = new Set(Object.values(events).flatMap((event) => event.listeners as readonly string[]));
  const queues = [...listeners].map(eventQueue);
  const own: Queue[] = queues.map((name) => ({ name, expireInSeconds: 60 }));
  // Providers may be slow; heartbeats tell a slow worker from a dead one.
  const slow: Queue[] = [
    { name: DELIVERY_QUEUE, expireInSeconds: DELIVERY_MAX_SECONDS, heartbeatSeconds: HEARTBEAT_SECONDS },
    { name: EXPORT_QUEUE, expireInSeconds: EXPORT_MAX_SECONDS },
    { name: FILES_QUEUE, expireInSeconds: FILES_MAX_SECONDS },
  ];
  return [...own, ...slow].flatMap((queue) => [
    { name: deadLetterQueue(queue.name) },
    { notify: true, deadLetter: deadLetterQueue(queue.name), ...RETRY, ...queue },
  ]);
}

/** Where jobs of a queue end that cannot be done. */
export function deadLetterQueue(queue: string): string {
  return `${queue}.dead`;
}

/** One durable job per recipient and channel. */
export const DELIVERY_QUEUE = 'delivery';
const DELIVERY_MAX_SECONDS = 300;
const HEARTBEAT_SECONDS = 30;

/** Deletions of stored files: `{ keys }`. */
export const FILES_QUEUE = 'files';
const FILES_MAX_SECONDS = 120;

/** One durable job per archive of a person's data; gathering a great deal of it takes its time. */
export const EXPORT_QUEUE = 'export';
const EXPORT_MAX_SECONDS = 900;

export interface JobsOptions {
  /** Anything with `query`, a pool or a single client. */
  pool: { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> };
  log: Logger;
  /** Gives workers their wake-up; without it they only poll. */
  signals?: Signals;
  migrate?: boolean;
  /** Whether this process tends the queues: expiry, retries, deletion of old rows. */
  supervise?: boolean;
}

/** Trying again cannot help: the job goes straight to the dead letter queue. */
export class PermanentJobError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PermanentJobError';
  }
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
  /** Creates the schema and the queues; run once by `migrate`. */
  installQueues(): Promise<void>;
  /**
   * Runs `handle` for each job, several at a time. A handler that throws fails its own job only: it is retried
   * with backoff, then moved to the dead letter queue; at once when it throws a `PermanentJobError`.
   */
  work<T>(
    queue: string,
    handle: (data: T, job: Job<T>) => Promise<void>,
    settings?: WorkSettings,
  ): Promise<void>;
  /** Adds jobs in the transaction of the change they belong to. */
  enqueue(tx: Db, queue: string, data: readonly object[], options?: { startAfter?: Date }): Promise<void>;
  /** Waits for running handlers, at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

function bossAdapter({ pool, signals }: JobsOptions): BossDb {
  return {
    executeSql: (text, values) => pool.query(text, values) as Promise<{ rows: unknown[] }>,
    ...(signals && {
      async listen(channel, onNotification, onReconnect) {
        const end = await signals.subscribe(channel, onNotification, onReconnect);
        return { close: async () => end() };
      },
    }),
  };
}

/** pg-boss on our own pool and signal connection, so that jobs cost no further connections. */
export function createJobs(options: JobsOptions): Jobs {
  const { log, signals, migrate = false, supervise = false } = options;
  const boss = new PgBoss({
    db: bossAdapter(options),
    schema: SCHEMA,
    migrate,
    supervise,
    schedule: false,
    useListenNotify: signals !== undefined,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue error'));
  boss.on('warning', (warning) => log.warn({ warning }, 'job queue warning'));

  return {
    boss,
    start: async () => {
      await boss.start();
    },
    async installQueues() {
      await boss.start();
      const existing = new Set((await boss.getQueues()).map(({ name }) => name));
      for (const queue of queuesToInstall()) {
        if (!existing.has(queue.name)) await boss.createQueue(queue.name, queue);
      }
      await boss.stop({ graceful: false, close: false });
    },
    async enqueue(tx, queue, data, { startAfter } = {}) {
      if (data.length === 0) return;
      const jobs = data.map((item) => ({ data: item, ...(startAfter && { startAfter }) }));
      await boss.insert(queue, jobs, { db: fromDrizzle(tx, sql) });
    },
    async work<T>(
      queue: string,
      handle: (data: T, job: Job<T>) => Promise<void>,
      { batchSize = 100, concurrency = 1 }: WorkSettings = {},
    ) {
      const settings = {
        batchSize,
        localConcurrency: concurrency,
        perJobResults: true,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: BACKSTOP_SECONDS,
        notifyPollingIntervalSeconds: BACKSTOP_SECONDS,
      } as const;
      await boss.work<T>(queue, settings, (batch) =>
        Promise.all(
          batch.map(async (job) => {
            try {
              await handle(job.data, job);
              return { id: job.id, status: 'completed' as const };
            } catch (error) {
              const isPermanent = error instanceof PermanentJobError;
              const fate = isPermanent ? 'a job failed for good' : 'a job failed and will be tried again';
              log.warn({ err: error, queue, jobId: job.id }, fate);
              const output = { message: safeMessage(error) };
              return {
                id: job.id,
                status: isPermanent ? ('deadletter' as const) : ('failed' as const),
                output,
              };
            }
          }),
        ),
      );
    },
    stop: (timeoutMs) => boss.stop({ graceful: true, close: false, timeout: timeoutMs }),
  };
}

export type { EventEnvelope };
