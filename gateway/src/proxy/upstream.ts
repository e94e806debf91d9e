import type { Logger } from '@spacedly/kit';
import { Pool } from 'undici';
import {
  type Breaker,
  type BreakerSettings,
  type BreakerState,
  createBreaker,
  type Settle,
} from './rules-breaker.ts';

/** Below the 72 s after which our servers close an idle connection, so that we never write to one that is closing. */
const KEEP_ALIVE_MS = 30_000;

/** One server that requests are passed on to, with its connections and what is known of how it does. */
export interface Upstream {
  /** Its address as configured. */
  readonly url: string;
  /** What its own paths begin with, without a slash at the end; mostly nothing. */
  readonly basePath: string;
  readonly pool: Pool;
  /** Connections for answers without an end, apart: a pool looks for a free connection one by one. */
  readonly streams: Pool;
  readonly breaker: Breaker;
  /** Requests under way. */
  pending: number;
  /** Counts a request that goes there until it is settled as well as `pending`. */
  begin(now: number): Settle;
  /** Ends everything without an end of its own, and waits for the rest. */
  readonly endless: Set<() => void>;
  close(): Promise<void>;
}

export interface UpstreamOptions {
  url: string;
  connectMs: number;
  log: Logger;
  breaker?: BreakerSettings;
  /** Ends requests that take longer to finish once it is closing, milliseconds. */
  drainMs?: number;
}

const DRAIN_MS = 30_000;

function openPool(origin: string, connectMs: number): Pool {
  // As many connections as there are requests, since each event stream keeps one.
  return new Pool(origin, {
    connect: { timeout: connectMs },
    keepAliveTimeout: KEEP_ALIVE_MS,
    allowH2: false,
  });
}

/** Waits until what is under way is done, but not for ever. */
async function closePool(pool: Pool, drainMs: number): Promise<void> {
  const timer = setTimeout(() => void pool.destroy(), drainMs).unref();
  await pool.close();
  clearTimeout(timer);
}

const TOLD: Record<BreakerState, string> = {
  open: 'an upstream fails: nothing is sent there for a while',
  'half-open': 'an upstream is tried again',
  closed: 'an upstream is back',
};

/** Opens the way to a server; connections are made when they are needed. */
export function openUpstream(options: UpstreamOptions): Upstream {
  const { url, connectMs, log, drainMs = DRAIN_MS } = options;
  const { origin, pathname } = new URL(url);
  const pool = openPool(origin, connectMs);
  const streams = openPool(origin, connectMs);
  const breaker = createBreaker(options.breaker);
  const endless = new Set<() => void>();
  let lastState: BreakerState = 'closed';
  const tell = (now: number) => {
    const state = breaker.state(now);
    if (state === lastState) return;
    lastState = state;
    log[state === 'open' ? 'warn' : 'info']({ upstream: url, breaker: state }, TOLD[state]);
  };
  const upstream: Upstream = {
    url,
    basePath: pathname.replace(/\/$/, ''),
    pool,
    streams,
    breaker,
    endless,
    pending: 0,
    begin(now) {
      const settle = breaker.begin(now);
      return (outcome, at) => {
        settle(outcome, at);
        tell(at);
      };
    },
    async close() {
      for (const end of endless) end();
      await Promise.all([closePool(pool, drainMs), closePool(streams, drainMs)]);
    },
  };
  return upstream;
}
