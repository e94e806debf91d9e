import { createServiceTokens, type ServiceTokens } from './auth/service-token.ts';
import type { Config } from './config/schema.ts';
import { type Database, openDatabase } from './db/pool.ts';
import { createJobs, type Jobs, type JobsOptions } from './events/jobs.ts';
import { createOutbox, type Outbox } from './events/outbox.ts';
import { connectSignals, type Signals } from './events/signals.ts';
import type { Logger } from './log.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { openRedis, type Redis } from './redis.ts';
import { deriveSecrets, type Secrets } from './secrets.ts';
import { createStorage } from './storage/create.ts';
import type { Storage } from './storage/storage.ts';
import { createTracing, type Tracing } from './tracing/tracing.ts';

/** What every service stands on. Chosen once per process, from one validated configuration. */
export interface Platform {
  config: Config;
  log: Logger;
  metrics: Metrics;
  tracing: Tracing;
  database: Database;
  /** What the instances share besides the database; null where none is configured. */
  redis: Redis | null;
  signals: Signals;
  jobs: Jobs;
  outbox: Outbox;
  secrets: Secrets;
  serviceTokens: ServiceTokens;
  storage: Storage;
  now: () => Date;
  close(): Promise<void>;
}

export interface PlatformOptions {
  /** What the process is called in traces. */
  name?: string;
  config: Config;
  log: Logger;
  databaseUrl: string;
  secret: string;
  /** How the process hears the others; over a connection of its own where nothing is said. */
  connectSignals?: typeof connectSignals;
  /** Whether it looks after the job queues, and who hears that they got jobs. */
  queues?: Pick<JobsOptions, 'supervise' | 'onEnqueued'>;
}

const JOBS_STOP_MS = 10_000;

/** Opens the connections of a process and what is built on them; the database must be migrated. */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { config, log, databaseUrl, secret, name = 'spacedly' } = options;
  const metrics = createMetrics();
  const tracing = await createTracing(config, name);
  const redis = await openRedis(config, log);
  const database = openDatabase(databaseUrl, config, log, tracing);
  const secrets = deriveSecrets(secret);
  const hear = options.connectSignals ?? connectSignals;
  const signals = await hear(config.DATABASE_DIRECT_URL ?? databaseUrl, database.pool, log);
  const jobs = createJobs({ pool: database.pool, log, signals, tracing, metrics, ...options.queues });
  await jobs.start();
  return {
    config,
    log,
    metrics,
    tracing,
    database,
    redis,
    signals,
    jobs,
    outbox: createOutbox(jobs, () => new Date()),
    secrets,
    serviceTokens: createServiceTokens(secrets, Date.now),
    storage: await createStorage(config),
    now: () => new Date(),
    async close() {
      await jobs.stop(JOBS_STOP_MS);
      await signals.close();
      await database.close();
      redis?.disconnect();
      await tracing.close();
    },
  };
}
