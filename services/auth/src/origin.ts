import type { FastifyRequest } from 'fastify';
import type { Origin } from './deps.ts';

const MAX_USER_AGENT = 300;

/** Address and browser of a request. */
export function originOf(request: FastifyRequest): Origin {
  return { ip: request.clientIp, userAgent: (request.headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT) };
}
