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

/** `/health/live` (the process), `/health/ready` (may it get requests), `/health` (for people). */
export function registerHealth(
  app: FastifyInstance,
  { database, signals, jobs }: Platform,
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
    signals: await timed(async () => signals.isConnected || Promise.reject(new Error('not connected'))),
    queue: await timed(() => jobs.boss.getQueues(['delivery'])),
  });

  app.get('/health/live', async () => ({ status: 'up' }));
  app.get('/health/ready', async (_request, reply) => {
    const results = await checks();
    // A lost signal connection heals by itself and every user of it can do without: no reason to turn away.
    const isReady =
      !drain.isDraining &&
      Object.entries(results).every(([name, c]) => name === 'signals' || c.status === 'up');
    if (!isReady) reply.code(503).header('retry-after', '1');
    return { status: isReady ? 'ready' : drain.isDraining ? 'draining' : 'not ready' };
  });
  app.get('/health', async (_request, reply) => {
    const results = await checks();
    const isUp = Object.values(results).every((check) => check.status === 'up');
    if (!isUp) reply.code(503).header('retry-after', '1');
    return {
      status: drain.isDraining ? 'draining' : isUp ? 'up' : 'degraded',
      version,
      uptimeSeconds: Math.round(process.uptime()),
      checks: results,
    };
  });
}
