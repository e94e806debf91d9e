import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { runAs, type WorkContext } from '../context.ts';
import type { Logger } from '../log.ts';
import { CLIENT_CLOSED, type RequestMeter } from '../metrics/requests.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { hasBody } from './slow-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Carried through everything that answers the request. */
    work: WorkContext;
    /** The service or upstream that the request was passed on to; null when it was answered here. */
    upstream: string | null;
    /** An answer without an end of its own, such as an event stream, whose duration says nothing. */
    isStream: boolean;
  }
}

export interface ObserveOptions {
  log: Logger;
  meter: RequestMeter;
  tracing: Tracing;
  /** Requests that took longer are warned of; 0 for none. In milliseconds. */
  slowRequestMs: number;
}

/** Answered every few seconds by machines for machines: not worth a line or a trace each. */
function isRoutine(route: string): boolean {
  return route.startsWith('/health') || route.startsWith('/internal') || route === '/metrics';
}

interface Outcome {
  route: string | undefined;
  statusCode: number;
  durationMs: number;
}

/** The access line. It names the template of the route, never the address, which may hold a secret. */
function logAccess(
  log: Logger,
  request: FastifyRequest,
  { route = 'unknown', statusCode, durationMs }: Outcome,
): void {
  const { identity, upstream } = request;
  log[isRoutine(route) ? 'debug' : 'info'](
    {
      requestId: request.id,
      method: request.method,
      route,
      status: statusCode,
      durationMs: Math.round(durationMs * 10) / 10,
      ...(identity !== null && { userId: identity.userId }),
      ...(identity?.impersonatedBy && { impersonatedBy: identity.impersonatedBy }),
      ...(upstream !== null && { upstream }),
      ip: request.clientIp || request.ip,
    },
    'request',
  );
}

function warnOfSlow(request: FastifyRequest, { route, durationMs }: Outcome, slowRequestMs: number): void {
  if (slowRequestMs === 0 || durationMs < slowRequestMs || request.isStream) return;
  const about = { requestId: request.id, method: request.method, route, durationMs: Math.round(durationMs) };
  request.log.warn(about, 'a slow request');
}

/** Tells, once, how a request ended: answered, or left by its client before there was an answer. */
function createFinish({ meter, slowRequestMs, log }: ObserveOptions) {
  // Its fields are always the same and none is a secret: looking for secrets in them costs a twentieth of a small request.
  const accessLog = log.child({}, { redact: [] });
  return (request: FastifyRequest, reply: FastifyReply, startedAt: number): void => {
    meter.inFlight -= 1;
    const { url: route } = request.route;
    const durationMs = performance.now() - startedAt;
    const statusCode = reply.raw.headersSent ? reply.raw.statusCode : CLIENT_CLOSED;
    const { method, isStream } = request;
    meter.count({ method, route, statusCode, durationMs: isStream ? null : durationMs });
    const outcome = { route, statusCode, durationMs };
    logAccess(accessLog, request, outcome);
    warnOfSlow(request, outcome, slowRequestMs);
    request.work.span?.end({ 'http.response.status_code': statusCode }, statusCode >= 500);
  };
}

/**
 * Counts, logs and traces every request, whatever becomes of it: an answer, a refusal by a hook, an address nobody
 * knows, a client that went away. To be added before any other hook.
 */
export function observeRequests(app: FastifyInstance, options: ObserveOptions): void {
  const { meter, tracing } = options;
  const finish = createFinish(options);
  app.decorateRequest('work', null as unknown as WorkContext);
  app.decorateRequest('upstream', null);
  app.decorateRequest('isStream', false);

  app.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    const { url: route = 'unknown' } = request.route;
    const span = isRoutine(route) ? undefined : tracing.ofRequest(request.method, route, request.headers);
    request.work = { requestId: request.id, request, ...(span && { span }) };
    meter.inFlight += 1;
    let isFinished = false;
    const onEnd = () => {
      if (isFinished) return;
      isFinished = true;
      finish(request, reply, startedAt);
    };
    // An answer that was sent is finished; one that was not is only closed.
    reply.raw.once('finish', onEnd);
    reply.raw.once('close', onEnd);
    runAs(request.work, done);
  });
  // Whatever follows the body comes from its last chunk, which knows nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => {
    if (hasBody(request.raw)) runAs(request.work, done);
    else done();
  });
}
