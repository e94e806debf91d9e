import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { runAs, type WorkContext } from '../context.ts';
import type { Logger } from '../log.ts';
import { CLIENT_CLOSED, type RequestMeter } from '../metrics/requests.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { createAccessLog } from './access-log.ts';
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
  route: string;
  durationMs: number;
}

function warnOfSlow(request: FastifyRequest, { route, durationMs }: Outcome, slowRequestMs: number): void {
  if (slowRequestMs === 0 || durationMs < slowRequestMs || request.isStream) return;
  const about = { requestId: request.id, method: request.method, route, durationMs: Math.round(durationMs) };
  // The end of an answer may run as the work of another request, whose connection it came over.
  runAs(request.work, () => request.log.warn(about, 'a slow request'));
}

/** Tells, once, how a request ended: answered, or left by its client before there was an answer. */
function createFinish({ meter, slowRequestMs, log }: ObserveOptions) {
  const logAccess = createAccessLog(log);
  return (request: FastifyRequest, reply: FastifyReply, startedAt: number): void => {
    meter.inFlight -= 1;
    const { url } = request.route;
    const durationMs = performance.now() - startedAt;
    const statusCode = reply.raw.headersSent ? reply.raw.statusCode : CLIENT_CLOSED;
    const { method, isStream, identity, upstream } = request;
    meter.count({ method, route: url, statusCode, durationMs: isStream ? null : durationMs });
    const route = url ?? 'unknown';
    logAccess(isRoutine(route) ? 'debug' : 'info', {
      requestId: request.id,
      userId: identity?.userId,
      impersonatedBy: identity?.impersonatedBy,
      method,
      route,
      status: statusCode,
      durationMs,
      upstream,
      ip: request.clientIp || request.ip,
    });
    warnOfSlow(request, { route, durationMs }, slowRequestMs);
    request.work.span?.end({ 'http.response.status_code': statusCode }, statusCode >= 500);
  };
}

/**
 * Counts, logs and traces every request, whatever becomes of it: an answer, a refusal by a hook, an address nobody
 * knows, a client that went away.
 * @returns begins to; what answers the request then runs as its work
 */
export function observeRequests(
  app: FastifyInstance,
  options: ObserveOptions,
): (request: FastifyRequest, reply: FastifyReply) => void {
  const { meter, tracing } = options;
  const finish = createFinish(options);
  app.decorateRequest('work', null as unknown as WorkContext);
  app.decorateRequest('upstream', null);
  app.decorateRequest('isStream', false);
  // Whatever follows the body comes from its last chunk, which knows nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => {
    if (hasBody(request.raw)) runAs(request.work, done);
    else done();
  });

  return (request, reply) => {
    const startedAt = performance.now();
    const { url: route = 'unknown' } = request.route;
    const span =
      tracing.isOn && !isRoutine(route)
        ? tracing.ofRequest(request.method, route, request.headers)
        : undefined;
    request.work =
      span === undefined ? { requestId: request.id, request } : { requestId: request.id, request, span };
    meter.inFlight += 1;
    let isFinished = false;
    const onEnd = () => {
      if (isFinished) return;
      isFinished = true;
      finish(request, reply, startedAt);
    };
    // An answer that was sent is finished; one that was not is only closed.
    reply.raw.on('finish', onEnd).on('close', onEnd);
  };
}
