import { AsyncLocalStorage } from 'node:async_hooks';
import type { Identity } from './auth/identity.ts';
import type { ActiveSpan } from './tracing/tracing.ts';

/** What a log line or a span should know of the work it belongs to. */
export interface WorkContext {
  requestId?: string;
  /** The request being answered, which learns on its way who asks. */
  request?: { readonly identity: Identity | null };
  jobId?: string;
  span?: ActiveSpan;
}

// It belongs to the chain of calls that runs, not to this module: what one request puts here no other sees. As an
// argument it would have to pass through every function that may log.
const current = new AsyncLocalStorage<WorkContext>();

/** The work that the running code belongs to; undefined outside of requests and jobs. */
export function currentWork(): WorkContext | undefined {
  return current.getStore();
}

/** Runs something, and whatever it starts, as part of a piece of work. */
export function runAs<T, A extends unknown[]>(work: WorkContext, run: (...args: A) => T, ...args: A): T {
  return current.run(work, run, ...args);
}
