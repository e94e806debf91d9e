import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How long a body may take to arrive, milliseconds; 30 s where nothing is said. */
    bodyMs?: number;
  }
}

const BODY_MS = 30_000;
/** A hundred megabytes of files need 530 s over a line of 1.5 Mbit/s. */
export const UPLOAD_BODY_MS = 600_000;

/** Whether a body follows the head (RFC 9112, section 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Answers 408 where a body does not arrive in time, however steadily it trickles. */
export function limitBodyTime({ raw, routeOptions }: FastifyRequest): void {
  const timer = setTimeout(() => {
    if (raw.complete) return;
    // Whoever reads it answers; where nobody does there is nobody to wait for.
    if (raw.listenerCount('error') > 0) raw.emit('error', new Problem('REQUEST_TIMEOUT'));
    else raw.destroy();
  }, routeOptions.config.bodyMs ?? BODY_MS).unref();
  raw.once('close', () => clearTimeout(timer));
}
