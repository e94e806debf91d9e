import { statfs } from 'node:fs/promises';
import type { Pool } from 'pg';
import { collectDefaultMetrics } from 'prom-client';
import type { Platform } from '../platform.ts';
import type { Metrics } from './metrics.ts';

const LAG_PRECISION_MS = 20;
/** A scraper that asks often does not make the database count as often. */
const JOBS_MAX_AGE_MS = 5_000;

/** Waiting for their turn, for their time, to be tried again; being worked on. What is done is no state of these. */
const JOBS_SQL = `
  SELECT q.name AS queue,
         count(j.id) FILTER (WHERE j.state = 'created' AND j.start_after <= now())::int AS waiting,
         count(j.id) FILTER (WHERE j.state = 'created' AND j.start_after > now())::int AS delayed,
         count(j.id) FILTER (WHERE j.state = 'retry')::int AS retry,
         count(j.id) FILTER (WHERE j.state = 'active')::int AS active
  FROM jobs.queue AS q
  LEFT JOIN jobs.job AS j ON j.name = q.name AND j.state IN ('created', 'retry', 'active')
  GROUP BY q.name`;

function measurePool(metrics: Metrics, pool: Pool): void {
  metrics.gauge({
    name: 'spacedly_db_pool_connections',
    help: 'Connections of this process to the database, by what they do',
    labelNames: ['state'],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
    },
  });
  metrics.gauge({
    name: 'spacedly_db_pool_max',
    help: 'Connections this process may open (DB_POOL_MAX)',
    collect() {
      this.set(pool.options.max);
    },
  });
  metrics.gauge({
    name: 'spacedly_db_pool_waiting',
    help: 'Requests and jobs that wait for a connection',
    collect() {
      this.set(pool.waitingCount);
    },
  });
}

function measureJobs(metrics: Metrics, pool: Pool): void {
  let readAt = Number.NEGATIVE_INFINITY;
  metrics.gauge({
    name: 'spacedly_jobs',
    help: 'Jobs of the whole installation, by queue and state; those in a queue .dead have failed for good',
    labelNames: ['queue', 'state'],
    async collect() {
      if (performance.now() - readAt < JOBS_MAX_AGE_MS) return;
      readAt = performance.now();
      // While the database is away the rest can still be read, which is when somebody looks.
      const { rows } = await pool.query(JOBS_SQL).catch(() => ({ rows: [] }));
      for (const { queue, ...states } of rows) {
        for (const [state, count] of Object.entries(states)) this.set({ queue, state }, Number(count));
      }
    },
  });
}

function measureDisk(metrics: Metrics, folder: string): void {
  const describe = (
    name: string,
    help: string,
    bytes: (stat: { bavail: number; blocks: number }) => number,
  ) =>
    metrics.gauge({
      name,
      help,
      async collect() {
        const stat = await statfs(folder).catch(() => null);
        if (stat !== null) this.set(bytes(stat) * stat.bsize);
      },
    });
  describe('spacedly_disk_free_bytes', 'Room left where DATA_DIR lies', ({ bavail }) => bavail);
  describe('spacedly_disk_size_bytes', 'Size of the disk where DATA_DIR lies', ({ blocks }) => blocks);
}

/** What a process tells of itself: memory, CPU, event loop, database connections, queues, disk. */
export function measureProcess({ metrics, database, config }: Platform): void {
  collectDefaultMetrics({ register: metrics.registry, eventLoopMonitoringPrecision: LAG_PRECISION_MS });
  measurePool(metrics, database.pool);
  measureJobs(metrics, database.pool);
  measureDisk(metrics, config.DATA_DIR);
}
