import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable } from '../db/errors.ts';
import { newId } from '../ids.ts';
import { Problem } from '../problem.ts';

const DATABASE_RETRY_SECONDS = 2;

/** What the framework, the database or our own code threw, as a Problem. */
function toProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('PAYLOAD_TOO_LARGE');
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Problem('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send application/json' });
  }
  // The client broke off in the middle of its body. The code alone would look like a lost database.
  if (error.code === 'ECONNRESET' && error.message === 'aborted') return new Problem('MALFORMED_REQUEST');
  if (isDatabaseUnavailable(error)) {
    return new Problem('UNAVAILABLE', { cause: error, retryAfterSeconds: DATABASE_RETRY_SECONDS });
  }
  const { statusCode } = error;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('MALFORMED_REQUEST');
  return new Problem('INTERNAL', { cause: error });
}

/** How long the sender of too large a body may go on sending, so that it gets to read why it was refused. */
const LINGER_MS = 2_000;

/** Reads the rest of a body nobody wants and drops it; cuts the connection of a client that does not stop. */
function discardBody({ raw }: FastifyRequest): void {
  if (raw.complete || raw.destroyed) return;
  raw.resume();
  const timer = setTimeout(() => raw.destroy(), LINGER_MS).unref();
  raw.once('close', () => clearTimeout(timer));
}

function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.status === 401) {
    const hadToken = request.headers.authorization !== undefined;
    reply.header('www-authenticate', `Bearer realm="spacedly"${hadToken ? ', error="invalid_token"' : ''}`);
  }
  // The rest of its body may come yet, and would be taken for the next request.
  if (problem.status === 408) reply.header('connection', 'close');
  const retryAfter =
    problem.retryAfterSeconds ?? (problem.status === 503 ? DATABASE_RETRY_SECONDS : undefined);
  if (retryAfter !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfter))));
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem.toBody(request.id)));
}

/** Every error leaves as problem+json; every 5xx is logged with its cause and request id. */
export function registerErrorHandling(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error);
    if (problem.status === 413) discardBody(request);
    if (problem.status >= 500)
      request.log.error({ requestId: request.id, err: problem.cause ?? error }, problem.code);
    return sendProblem(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(new Problem('NOT_FOUND'), request, reply));
}

/** Answers what the HTTP parser refused (bare LF, CL+TE, oversized headers, a head that never ends). */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const code =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'HEADERS_TOO_LARGE'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'REQUEST_TIMEOUT'
        : 'MALFORMED_REQUEST';
  const problem = new Problem(code);
  const body = JSON.stringify(problem.toBody(newId()));
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
