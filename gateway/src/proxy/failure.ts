import { Problem } from '@spacedly/kit';
import type { Failure } from './rules-retry.ts';

interface UpstreamError extends Error {
  code?: string;
}

/**
 * What kind of failure an upstream's error is.
 * @param isSent whether a connection was there and the request on its way
 */
export function failureOf({ code }: UpstreamError, isSent: boolean): Failure {
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return 'timeout';
  if (isSent) return 'broken';
  return code === 'UND_ERR_CONNECT_TIMEOUT' ? 'connect-timeout' : 'unreachable';
}

const RETRY_AFTER_SECONDS = 1;

/** The failure as the client may know it (RFC 9110, section 15.6): 504 too slow, 502 nonsense, 503 not there. */
export function problemOf(failure: Failure, cause: Error): Problem {
  if (cause instanceof Problem) return cause;
  if (failure === 'timeout' || failure === 'connect-timeout')
    return new Problem('UPSTREAM_TIMEOUT', { cause });
  if (failure === 'broken') return new Problem('BAD_UPSTREAM', { cause });
  return new Problem('UNAVAILABLE', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
