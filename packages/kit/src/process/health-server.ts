import type { FastifyInstance } from 'fastify';
import { registerHealth } from '../http/health.ts';
import { createServer } from '../http/server.ts';
import { metricsRoute } from '../metrics/endpoint.ts';
import type { Platform } from '../platform.ts';
import type { Service } from '../service.ts';
import { version } from '../version.ts';
import type { BuiltProcess } from './build.ts';

/** All that a process answers which only works: how it is, and its numbers. Nothing else can be asked of it. */
export function createHealthServer(
  platform: Platform,
  services: readonly Service[],
  { drain, meter }: Pick<BuiltProcess, 'drain' | 'meter'>,
): FastifyInstance {
  const { log, tracing, config } = platform;
  const app = createServer({
    log,
    drain,
    trustedProxies: [],
    meter,
    tracing,
    slowRequestMs: config.SLOW_REQUEST_MS,
  });
  const migrations = services.map((service) => service.migrations);
  registerHealth(app, platform, migrations, version, drain);
  metricsRoute(app, platform);
  return app;
}
