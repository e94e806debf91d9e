import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { listenForMetrics } from '../metrics/endpoint.ts';
import { measureProcess } from '../metrics/process.ts';
import { openPlatform, type Platform, type PlatformOptions } from '../platform.ts';
import { type BuiltProcess, buildProcess, type ProcessParts } from './build.ts';
import { collectWhenIdle } from './idle.ts';

export type ProcessOptions = PlatformOptions & ProcessParts;

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

async function close({ app }: BuiltProcess, platform: Platform): Promise<void> {
  const hurry = setTimeout(() => {
    platform.log.warn('some requests did not finish in time; closing their connections');
    app.server.closeAllConnections();
  }, FINISH_MS).unref();
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
  const { config } = options;
  const platform = await openPlatform(options);
  const built = await buildProcess(platform, options).catch(async (error) => {
    await platform.close();
    throw error;
  });
  const { app, drain, background } = built;
  measureProcess(platform);
  try {
    const closeMetrics = await listenForMetrics(platform);
    if (closeMetrics !== null) app.server.once('close', closeMetrics);
    await app.listen({ host: config.HOST, port: config.PORT });
    await background.start();
  } catch (error) {
    await close(built, platform);
    throw error;
  }

  const stopCollecting = collectWhenIdle(platform.log);
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    stopCollecting();
    drain.isDraining = true;
    await delay(config.DRAIN_DELAY * 1_000);
    await close(built, platform);
  };
  return {
    app,
    platform,
    address: addressOf(app, config.HOST),
    reload: async () => app.entrance.reload?.(),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
