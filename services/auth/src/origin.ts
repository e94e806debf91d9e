import { wantedLocale } from '@spacedly/contracts';
import { clientOf } from '@spacedly/kit';
import type { FastifyRequest } from 'fastify';
import type { Reader } from './accounts/rules.ts';
import type { Origin } from './deps.ts';

const MAX_USER_AGENT = 300;

/** Address and browser of a request. */
export function originOf(request: FastifyRequest): Origin {
  return { ip: request.clientIp, userAgent: (request.headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT) };
}

/** How to speak to somebody we know nothing of but their browser. */
export function readerFrom({ headers }: FastifyRequest): Reader {
  return { locale: wantedLocale(headers['accept-language']) ?? 'en', timeZone: 'UTC' };
}

/** Where something was done, as messages about it tell. */
export function placeOf({ ip, userAgent }: Origin) {
  return { ip, ...clientOf(userAgent) };
}
