import { type Config, vary } from '@spacedly/kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** What a page elsewhere may send beside what every page may. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'traceparent',
  'x-request-id',
].join(', ');
/** What a page elsewhere may read beside what every page may. */
const ANSWER_HEADERS = [
  'content-disposition',
  'etag',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-request-id',
].join(', ');
/** How long a browser need not ask again; more than two hours no browser keeps it. */
const MAX_AGE_SECONDS = '7200';

const isPreflight = ({ method, headers }: FastifyRequest) =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

/**
 * Lets pages of the origins in CORS_ORIGINS use the API with their visitor's session (Fetch Standard, CORS protocol).
 * Each is named as a whole; no pattern, and never `*`, which would go with credentials nowhere. Pages of all others get
 * no permission, which their browser then refuses them; the server does not.
 */
export function addCors(app: FastifyInstance, { CORS_ORIGINS }: Pick<Config, 'CORS_ORIGINS'>): void {
  if (CORS_ORIGINS.length === 0) return;
  const allowed = new Set(CORS_ORIGINS);
  app.addHook('onRequest', (request, reply, done) => {
    // Also where none is sent: a cache must not hand the answer for one origin to another.
    vary(reply, 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !allowed.has(origin)) return done();
    reply.header('access-control-allow-origin', origin).header('access-control-allow-credentials', 'true');
    if (!isPreflight(request)) {
      reply.header('access-control-expose-headers', ANSWER_HEADERS);
      return done();
    }
    reply
      .code(204)
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', REQUEST_HEADERS)
      .header('access-control-max-age', MAX_AGE_SECONDS)
      .send();
  });
}
