import { setTimeout as delay } from 'node:timers/promises';
import { authRoutes } from '@spacedly/contracts';
import type { FastifyInstance } from 'fastify';
import { createTokenVerifier } from './auth/access-token.ts';
import { createDenyList } from './auth/deny-list.ts';
import { call, type Transport, viaFetch, viaInject } from './call.ts';
import type { Config } from './config/schema.ts';
import { registerAuthentication } from './http/authentication.ts';
import { type DrainState, registerHealth } from './http/health.ts';
import { createServer } from './http/server.ts';
import { openPlatform, type Platform, type PlatformOptions } from './platform.ts';
import type { Service, Transports } from './service.ts';

export interface ProcessOptions extends PlatformOptions {
  version: string;
  /** Services that live in this process. */
  services: readonly Service[];
  /** Adds what only the gateway has: the proxy to other services, documentation, the web app. */
  extend?(app: FastifyInstance, platform: Platform): Promise<void>;
}

export interface RunningProcess {
  app: FastifyInstance;
  platform: Platform;
  /** Address it listens on, for example `http://localhost:3000`. */
  address: string;
  /** Drains, finishes what is in flight, stops the background work and closes every connection. */
  stop(): Promise<void>;
}

/** Where a service runs that is not in this process. */
export function serviceUrl(config: Config, name: string): string | undefined {
  const urls: Record<string, string | undefined> = {
    auth: config.AUTH_URL,
    tasks: config.TASKS_URL,
    notifications: config.NOTIFICATIONS_URL,
  };
  return urls[name];
}

function createTransports(
  app: () => FastifyInstance,
  services: readonly Service[],
  config: Config,
): Transports {
  const local = new Set(services.map(({ contract }) => contract.name));
  const made = new Map<string, Transport>();
  const make = (name: string): Transport => {
    if (local.has(name)) return viaInject(app);
    const url = serviceUrl(config, name);
    if (url === undefined)
      throw new Error(`${name.toUpperCase()}_URL must say where the ${name} service runs`);
    return viaFetch(url);
  };
  return (name) => {
    const transport = made.get(name) ?? make(name);
    made.set(name, transport);
    return transport;
  };
}

async function addAuthentication(
  app: FastifyInstance,
  platform: Platform,
  transports: Transports,
): Promise<void> {
  const { config, serviceTokens, signals, log } = platform;
  const auth = transports('auth');
  const verifier = createTokenVerifier({
    issuer: config.PUBLIC_URL,
    audience: config.PUBLIC_URL,
    now: Date.now,
    fetchKeys: async () => (await call(auth, authRoutes.jwks, {})).body.keys,
  });
  const readDenied = async () => {
    const context = { authorization: `Service ${serviceTokens.issue()}` };
    return (await call(auth, authRoutes.listDeniedSessions, {}, context)).body.items;
  };
  const denyList = await createDenyList(signals, readDenied, log);
  const publicOrigin = new URL(config.PUBLIC_URL).origin;
  registerAuthentication(app, { verifier, denyList, serviceTokens, publicOrigin });
}

/**
 * Starts a process with any set of services. One process with all of them or one for each: the same code, the
 * same routes, the same checks.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { config, log, services, version, extend } = options;
  const platform = await openPlatform(options);
  const app = createServer(log, platform.serviceTokens);
  const transports = createTransports(() => app, services, config);
  const drain: DrainState = { isDraining: false };
  await addAuthentication(app, platform, transports);
  registerHealth(
    app,
    platform,
    services.map(({ migrations }) => migrations),
    version,
    drain,
  );
  const background = services.map((service) => service.build(app, platform, transports));
  app.addHook('preClose', async () => {
    await Promise.all(background.map((work) => work.stop()));
  });
  await extend?.(app, platform);
  const address = await app.listen({ host: config.HOST, port: config.PORT });
  await Promise.all(background.map((work) => work.start()));

  let stopping: Promise<void> | null = null;
  const stop = async () => {
    drain.isDraining = true;
    await delay(config.DRAIN_DELAY * 1_000);
    await app.close();
    await platform.close();
  };
  return {
    app,
    platform,
    address,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
