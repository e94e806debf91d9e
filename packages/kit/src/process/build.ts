import { authRoutes } from '@spacedly/contracts';
import type { FastifyInstance } from 'fastify';
import { createBearerVerifier } from '../auth/bearer.ts';
import { createDenyList } from '../auth/deny-list.ts';
import { call } from '../call.ts';
import { type Admission, registerAuthentication } from '../http/authentication.ts';
import { addCompression } from '../http/compression.ts';
import { type DrainState, registerHealth } from '../http/health.ts';
import { addRequestHooks, createServer } from '../http/server.ts';
import { metricsRoute } from '../metrics/endpoint.ts';
import { createRequestMeter, type RequestMeter } from '../metrics/requests.ts';
import type { Platform } from '../platform.ts';
import { type BackgroundWork, type Service, type Transports, together } from '../service.ts';
import { version } from '../version.ts';
import { createTransports } from './transports.ts';

/** What a process has besides its services when people and browsers reach it directly. */
export interface Front {
  /** Hooks that come before everything else. */
  policies(app: FastifyInstance, platform: Platform): void;
  /** How many requests are let in. */
  admission?(app: FastifyInstance, platform: Platform): Admission;
  /** Routes of its own, and the way to the services that are not `local`. */
  routes(app: FastifyInstance, platform: Platform, local: ReadonlySet<string>): Promise<unknown>;
}

export interface ProcessParts {
  /** Services that live in this process. */
  services: readonly Service[];
  front?: Front;
}

export interface BuiltProcess {
  app: FastifyInstance;
  /** Counts requests, those of another server of this process too. */
  meter: RequestMeter;
  drain: DrainState;
  /** The background work of all services; closing `app` stops it. */
  background: Required<BackgroundWork>;
}

async function addAuthentication(
  app: FastifyInstance,
  platform: Platform,
  transports: Transports,
  admit: Admission | undefined,
): Promise<void> {
  const { config, serviceTokens, signals, log } = platform;
  const auth = transports('auth');
  const verifier = await createBearerVerifier(platform, transports);
  const readDenied = async () => {
    const context = { authorization: `Service ${serviceTokens.issue()}` };
    return (await call(auth, authRoutes.listDeniedSessions, {}, context)).body.items;
  };
  const denyList = await createDenyList(signals, readDenied, log);
  const publicOrigin = new URL(config.PUBLIC_URL).origin;
  const trustedOrigins = config.CORS_ORIGINS;
  registerAuthentication(app, { verifier, denyList, serviceTokens, publicOrigin, trustedOrigins, admit });
}

/**
 * Everything of a process up to listening: the same routes and the same checks for a server, for one of several
 * processes, and for tests that inject requests.
 */
export async function buildProcess(platform: Platform, parts: ProcessParts): Promise<BuiltProcess> {
  const { services, front } = parts;
  const { config, log, metrics, tracing } = platform;
  const drain: DrainState = { isDraining: false };
  const meter = createRequestMeter(metrics);
  const app = createServer({
    log,
    drain,
    trustedProxies: front ? config.TRUSTED_PROXIES : [],
    meter,
    tracing,
    slowRequestMs: config.SLOW_REQUEST_MS,
  });
  // A signal of another process may have a service here asked while this is still being put together; that waits.
  const whole = Promise.withResolvers<void>();
  const transports = createTransports(() => app, whole.promise, services, config);
  front?.policies(app, platform);
  await addRequestHooks(app, platform.serviceTokens);
  addCompression(app);
  await addAuthentication(app, platform, transports, front?.admission?.(app, platform));
  registerHealth(
    app,
    platform,
    services.map(({ migrations }) => migrations),
    version,
    drain,
  );
  metricsRoute(app, platform);
  const background = together(...services.map((service) => service.build(app, platform, transports)));
  app.addHook('preClose', background.stop);
  await front?.routes(app, platform, new Set(services.map(({ contract }) => contract.name)));
  whole.resolve();
  return { app, drain, background, meter };
}
