import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BlockList } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/schema.ts';
import type { Platform } from '../platform.ts';
import { Problem } from '../problem.ts';
import { equalInConstantTime, sha256 } from '../secrets.ts';

type Headers = IncomingMessage['headers'];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Whoever asks is on this machine, directly: no proxy passed it on, and no page of a browser asks under a foreign name. */
function isFromThisMachine({ raw }: FastifyRequest): boolean {
  const { remoteAddress = '', remoteFamily } = raw.socket;
  const address = remoteAddress.replace(/^::ffff:/, '');
  const family = remoteFamily === 'IPv6' && address === remoteAddress ? 'ipv6' : 'ipv4';
  const isForwarded = 'x-forwarded-for' in raw.headers || 'forwarded' in raw.headers || 'via' in raw.headers;
  return loopback.check(address, family) && !isForwarded && LOCAL_NAME.test(raw.headers.host ?? '');
}

/** The token is compared by its hash, so that neither its length nor its beginning can be found out by time. */
function hasToken({ authorization }: Headers, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return equalInConstantTime(sha256(given), sha256(token));
}

type Access = Pick<Config, 'METRICS_PORT' | 'METRICS_TOKEN' | 'isProduction'>;

/** @throws Problem NOT_FOUND where there are no metrics for the caller, UNAUTHENTICATED where a token is wanted */
function authorizeReading(request: FastifyRequest, { METRICS_PORT, METRICS_TOKEN, isProduction }: Access) {
  if (METRICS_PORT !== undefined) throw new Problem('NOT_FOUND');
  if (METRICS_TOKEN !== undefined) {
    if (!hasToken(request.headers, METRICS_TOKEN)) throw new Problem('UNAUTHENTICATED');
    return;
  }
  if (isProduction || !isFromThisMachine(request)) throw new Problem('NOT_FOUND');
}

/**
 * `GET /metrics` beside the routes of the process: behind METRICS_TOKEN, or, while developing, for this machine alone.
 * Nobody else can tell that it is there.
 */
export function metricsRoute(app: FastifyInstance, { config, metrics }: Platform): void {
  app.get('/metrics', async (request, reply) => {
    authorizeReading(request, config);
    const { registry } = metrics;
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}

/**
 * `/metrics` on a port of its own (METRICS_PORT), apart from what people reach.
 * @returns what closes it; null where there is none
 * @throws Error EADDRINUSE and the like
 */
export async function listenForMetrics({ config, metrics, log }: Platform): Promise<(() => void) | null> {
  const { METRICS_PORT, METRICS_HOST, METRICS_TOKEN } = config;
  if (METRICS_PORT === undefined) return null;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      return response.writeHead(404).end();
    }
    if (METRICS_TOKEN !== undefined && !hasToken(request.headers, METRICS_TOKEN)) {
      return response.writeHead(401, { 'www-authenticate': 'Bearer realm="metrics"' }).end();
    }
    const { registry } = metrics;
    return response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      log.warn({ err: error }, 'the metrics could not be read');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(METRICS_PORT, METRICS_HOST, resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
