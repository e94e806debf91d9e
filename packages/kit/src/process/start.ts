import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { listenForMetrics } from '../metrics/endpoint.ts';
import { measureProcess } from '../metrics/process.ts';
import { openPlatform, type Platform, type PlatformOptions } from '../platform.ts';
import { type BuiltProcess, buildProcess, type ProcessParts } from './build.ts';
import { createHealthServer } from './health-server.ts';
import { collectWhenIdle } from './idle.ts';

/** Whether a process answers requests, does the work in the background, or both. */
export type Role = 'all' | 'serve' | 'work';

export type ProcessOptions = PlatformOptions & ProcessParts & { role?: Role };

export interface RunningProcess {
  app: FastifyInstance;
  platform: Platform;
  /** Address it listens on, for example `http://localhost:3000`. */
  address: string;
  /** Reads again what may change while the process runs; what is wrong with it is told in the log. */
  reload(): Promise<void>;
  /** Drains, finishes what is in flight, stops the background work and closes every connection. */
  stop(): Promise<void>;
}

/** How long requests in flight may take to finish once the server has stopped accepting. */
const FINISH_MS = 15_000;

async function close({ app }: BuiltProcess, listener: FastifyInstance, platform: Platform): Promise<void> {
  const hurry = setTimeout(() => {
    platform.log.warn('some requests did not finish in time; closing their connections');
    listener.server.closeAllConnections();
  }, FINISH_MS).unref();
  if (listener !== app) await listener.close();
  await app.close();
  clearTimeout(hurry);
  await platform.close();
}

/** Localhost is tried on every address it has; what people are told is its name. */
function addressOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const isAny = host === '0.0.0.0' || host === '::';
  return `http://${isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Starts a process with any set of services. One process with all of them or one for each: the same code, the
 * same routes, the same checks.
 * @throws Error when it cannot start; what it had opened is closed again
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { config, role = 'all', services } = options;
  const platform = await openPlatform(options);
  const built = await buildProcess(platform, options).catch(async (error) => {
    await platform.close();
    throw error;
  });
  const { app, drain, background } = built;
  // Who only works asks its own services by injection, and listens for questions about itself alone.
  const listener = role === 'work' ? createHealthServer(platform, services, built) : app;
  measureProcess(platform);
  try {
    const closeMetrics = await listenForMetrics(platform);
    if (closeMetrics !== null) listener.server.once('close', closeMetrics);
    if (listener !== app) await app.ready();
    await listener.listen({ host: config.HOST, port: config.PORT });
    await (role === 'serve' ? background.serve() : background.start());
  } catch (error) {
    await close(built, listener, platform);
    throw error;
  }

  const stopCollecting = collectWhenIdle(platform.log);
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    stopCollecting();
    drain.isDraining = true;
    await delay(config.DRAIN_DELAY * 1_000);
    await close(built, listener, platform);
  };
  return {
    app,
    platform,
    address: addressOf(listener, config.HOST),
    reload: async () => app.entrance.reload?.(),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
