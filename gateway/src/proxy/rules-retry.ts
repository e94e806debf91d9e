/** Methods that may be sent twice and mean the same (RFC 9110, section 9.2.2). */
const IDEMPOTENT = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'TRACE']);

/** Why an upstream gave no answer that could be passed on. */
export type Failure =
  /** No connection came about: nothing was sent. */
  | 'unreachable'
  /** No connection within the time. */
  | 'connect-timeout'
  /** No head of an answer within the time. */
  | 'timeout'
  /** The connection broke, or what came was no HTTP. */
  | 'broken'
  /** It answered 502 or 503 itself. */
  | 'refused';

export interface Attempt {
  method: string;
  failure: Failure;
  /** Requests sent for this one so far. */
  attempts: number;
  /** Nothing of the body was read yet, or there is none. */
  isRepeatable: boolean;
}

/** Not after a timeout: whoever was slow once may still be working on it, and the client has waited long enough. */
const WORTH_RETRYING = new Set<Failure>(['unreachable', 'connect-timeout', 'broken', 'refused']);

/** Whether a request may be sent a second time; the budget decides then whether it is. */
export function mayRetry({ method, failure, attempts, isRepeatable }: Attempt): boolean {
  return attempts < 2 && isRepeatable && IDEMPOTENT.has(method) && WORTH_RETRYING.has(failure);
}

export interface RetryBudget {
  /** Counts a request, which earns a share of a retry. */
  earn(): void;
  /** Takes one retry; false when there is none left. */
  spend(): boolean;
}

/**
 * Keeps retries to a share of the requests, so that an upstream in trouble does not get twice the load. Where there is
 * little traffic, a few retries are there from the start.
 * @param ratio retries for each request, 0–1
 * @param most retries that can be saved up
 */
export function createRetryBudget(ratio: number, most = 10): RetryBudget {
  let balance = most;
  return {
    earn() {
      balance = Math.min(most, balance + ratio);
    },
    spend() {
      if (balance < 1) return false;
      balance -= 1;
      return true;
    },
  };
}
