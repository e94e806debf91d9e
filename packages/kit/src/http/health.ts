import type { FastifyInstance } from 'fastify';
import { type Migrations, pendingMigrations } from '../db/migrate.ts';
import type { Platform } from '../platform.ts';

/** Tells load balancers that this process is going away although it still serves. */
export interface DrainState {
  isDraining: boolean;
}

interface Check {
  status: 'up' | 'down';
  latencyMs: number;
}

async function timed(run: () => Promise<unknown>): Promise<Check> {
  const startedAt = performance.now();
  const status = await run().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return { status, latencyMs: Math.round((performance.now() - startedAt) * 10) / 10 };
}

/**
 * What every user can do without while it heals by itself: no reason to turn requests away. All instances lose Redis
 * at the same moment, so one that was not ready without it would take the whole installation out of rotation.
 */
const DISPENSABLE = new Set(['signals', 'redis']);

/** `/health/live` (the process), `/health/ready` (may it get requests), `/health` (for people). */
export function registerHealth(
  app: FastifyInstance,
  { database, redis, signals, jobs }: Platform,
  services: readonly Migrations[],
  version: string,
  drain: DrainState,
): void {
  let isMigrated = false;

  async function checkMigrations(): Promise<void> {
    if (isMigrated) return;
    const pending = await pendingMigrations(database.pool, services);
    if (pending.length > 0) throw new Error(`migrations pending: ${pending.join(', ')}`);
    isMigrated = true;
  }

  const checks = async () => ({
    database: await timed(() => database.pool.query('SELECT 1')),
    migrations: await timed(checkMigrations),
    ...(!signals.isDeaf && {
      signals: await timed(async () => signals.isConnected || Promise.reject(new Error('not connected'))),
    }),
    queue: await timed(() => jobs.boss.getQueues(['delivery'])),
    ...(redis !== null && { redis: await timed(() => redis.ping()) }),
  });

  app.get('/health/live', async () => ({ status: 'up' }));
  app.get('/health/ready', async (_request, reply) => {
    const results = await checks();
    const down = Object.entries(results).flatMap(([name, { status }]) => (status === 'up' ? [] : [name]));
    const isReady = !drain.isDraining && down.every((name) => DISPENSABLE.has(name));
    if (!isReady) reply.code(503).header('retry-after', '1');
    const status = isReady ? 'ready' : drain.isDraining ? 'draining' : 'not ready';
    return { status, ...(isReady && down.length > 0 && { degraded: down }) };
  });
  app.get('/health', async (_request, reply) => {
    const results = await checks();
    const isUp = Object.values(results).every((check) => check.status === 'up');
    const canServe = Object.entries(results).every(([name, c]) => c.status === 'up' || DISPENSABLE.has(name));
    if (!canServe) reply.code(503).header('retry-after', '1');
    return {
      status: drain.isDraining ? 'draining' : isUp ? 'up' : 'degraded',
      version,
      uptimeSeconds: Math.round(process.uptime()),
      checks: results,
    };
  });
}
