import { Problem } from '../problem.ts';

interface PgError {
  code?: string;
  constraint?: string;
  cause?: unknown;
  message?: string;
}

/** The PostgreSQL error inside whatever the layers above wrapped around it. */
function rootOf(error: unknown): PgError {
  let current = error as PgError;
  while (current?.cause instanceof Error) current = current.cause as PgError;
  return current ?? {};
}

/** True when a write broke the named unique constraint or index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const { code, constraint: broken } = rootOf(error);
  return code === '23505' && broken === constraint;
}

/** SQLSTATE classes and codes that say "not now" rather than "not so": lost, full, timed out, deadlocked. */
const UNAVAILABLE = /^(08|53|57P0|58)|^57014$|^55P03$|^40001$|^40P01$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);
const POOL_MESSAGES = /timeout exceeded when trying to connect|Connection terminated|Cannot use a pool after/;

/** True when the database did not answer, was full or is going away: the caller should get 503, not 500. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message } = rootOf(error);
  if (code !== undefined && (NETWORK.has(code) || UNAVAILABLE.test(code))) return true;
  return message !== undefined && POOL_MESSAGES.test(message);
}

/** Said by PostgreSQL when it ends or is not yet back, and by the driver of a connection that broke. */
const LOST = /^(08|57P0)/;
const LOST_MESSAGE = /Connection terminated unexpectedly|Client has encountered a connection error/;

/** True when the database went away in the middle. A service that does not answer is another matter. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof Problem) return false;
  const { code, message } = rootOf(error);
  if (code !== undefined && (NETWORK.has(code) || LOST.test(code))) return true;
  return message !== undefined && LOST_MESSAGE.test(message);
}
