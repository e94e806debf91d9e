import { randomBytes } from 'node:crypto';
import { neededServiceUrl, type Platform, Problem, SCOPE_OF_SERVICE } from '@spacedly/kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Dispatcher, Pool } from 'undici';
import { nextTraceparent } from '../policies/trace-context.ts';
import type { RoutingEntry, UploadRoute } from '../routing-table.ts';
import { answerWith, type OpenStreams } from './answer.ts';
import { bodyOf } from './body.ts';
import { forwardedHeaders } from './headers.ts';

export interface ProxyLimits {
  bodyBytes: number;
  connectMs: number;
  /** Until the head of the answer is there. */
  answerMs: number;
  /** Longest silence within an answer; event streams send something every 25 s. */
  silenceMs: number;
}

const LIMITS: ProxyLimits = {
  bodyBytes: 1_048_576,
  connectMs: 1_000,
  answerMs: 30_000,
  silenceMs: 60_000,
};

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const RETRY_SECONDS = 1;
/** Below the 72 s after which our servers close an idle connection, so that we never write to one that is closing. */
const KEEP_ALIVE_MS = 30_000;

const randomHex = (bytes: number) => randomBytes(bytes).toString('hex');

/** Why an upstream gave no answer, as the client may know it. */
function toProblem(error: Error & { code?: string }): Error {
  if (error instanceof Problem) return error;
  if (error.code === 'UND_ERR_HEADERS_TIMEOUT') return new Problem('UPSTREAM_TIMEOUT', { cause: error });
  return new Problem('UNAVAILABLE', { cause: error, retryAfterSeconds: RETRY_SECONDS });
}

/** The path and query to ask the upstream for; an absolute address (RFC 9112, section 3.2.2) is cut to them. */
function targetOf(request: FastifyRequest): string {
  const target = (request.raw.url as string).replace(/^https?:\/\/[^/?#]*/i, '');
  return target.startsWith('/') ? target : `/${target}`;
}

/** What the upstream hears from us of a request: who asks, from where, and proof that we say so. */
function createAddedHeaders({ serviceTokens, config }: Platform) {
  const protocol = new URL(config.PUBLIC_URL).protocol.slice(0, -1);
  return (request: FastifyRequest): Record<string, string> => ({
    'x-request-id': request.id,
    traceparent: nextTraceparent(request.headers.traceparent, randomHex),
    'x-forwarded-for': request.clientIp,
    'x-forwarded-proto': protocol,
    'x-forwarded-host': request.headers.host ?? '',
    'x-spacedly-gateway': serviceTokens.issue(),
    ...(request.identity && {
      'x-user-id': request.identity.userId,
      'x-user-role': request.identity.role,
    }),
  });
}

function passOn(pool: Pool, open: OpenStreams, platform: Platform, limits: ProxyLimits) {
  const addedHeaders = createAddedHeaders(platform);
  return (request: FastifyRequest, reply: FastifyReply) =>
    new Promise<void>((resolve, reject) => {
      const options: Dispatcher.DispatchOptions = {
        method: request.method as Dispatcher.HttpMethod,
        path: targetOf(request),
        headers: forwardedHeaders(request.raw.headers, addedHeaders(request)),
        body: request.body === undefined ? null : bodyOf(request.raw, limits.bodyBytes),
      };
      const settle = { resolve, reject: (error: Error) => reject(toProblem(error)) };
      pool.dispatch(options, answerWith(reply, open, settle));
    });
}

export interface ProxyOptions {
  entries: readonly RoutingEntry[];
  /** Routes below these entries that take larger bodies. */
  uploads?: readonly UploadRoute[];
  limits?: ProxyLimits;
}

/** Connections to each service that is named; as many as there are requests, as each event stream keeps one. */
function openPools(
  entries: readonly RoutingEntry[],
  platform: Platform,
  limits: ProxyLimits,
): Map<string, Pool> {
  const options: Pool.Options = {
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.answerMs,
    bodyTimeout: limits.silenceMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const pools = new Map<string, Pool>();
  for (const service of new Set(entries.map((entry) => entry.service)))
    pools.set(service, new Pool(new URL(neededServiceUrl(platform.config, service)).origin, options));
  return pools;
}

/**
 * Passes requests on to the services that run in other processes, streaming both ways.
 * @throws ConfigError when the address of a needed service is not configured
 */
export async function proxyRoutes(
  app: FastifyInstance,
  platform: Platform,
  { entries, uploads = [], limits = LIMITS }: ProxyOptions,
): Promise<void> {
  const pools = openPools(entries, platform, limits);
  const open: OpenStreams = new Set();
  await app.register(async (scope) => {
    // Bodies are passed on as they are: whoever owns the route reads them. Elsewhere the JSON parser stays.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const { prefix, service, auth } of entries) {
      const handler = passOn(pools.get(service) as Pool, open, platform, limits);
      const config = { auth, scope: SCOPE_OF_SERVICE } as const;
      const options = { method: METHODS, config, exposeHeadRoute: false, handler };
      for (const url of [prefix, `${prefix}/*`]) scope.route({ ...options, url });
    }
    for (const { method, path: url, service, auth, bodyBytes } of uploads) {
      const pool = pools.get(service);
      if (pool === undefined) continue;
      const handler = passOn(pool, open, platform, { ...limits, bodyBytes });
      const config = { auth, scope: SCOPE_OF_SERVICE } as const;
      scope.route({ method, url, config, bodyLimit: bodyBytes, handler });
    }
  });
  app.addHook('preClose', (done) => {
    for (const endStream of open) endStream();
    done();
  });
  app.addHook('onClose', async () => {
    await Promise.all([...pools.values()].map((pool) => pool.close()));
  });
}
