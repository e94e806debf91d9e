import type { Logger } from '@spacedly/kit';
import { type HealthCheck, watchHealth } from './health-check.ts';
import { chooseLeastPending } from './rules-balance.ts';
import { createRetryBudget, type RetryBudget } from './rules-retry.ts';
import type { Upstream } from './upstream.ts';

const RETRY_RATIO = 0.1;
/** When nothing tells how long it will take. */
const RETRY_AFTER_MS = 1_000;

/** An upstream as one route sees it. */
export interface Member {
  readonly upstream: Upstream;
  readonly weight: number;
  readonly pending: number;
  /** What its active checks say; true where there are none. */
  isHealthy: boolean;
}

/** Servers that can answer the same requests. */
export interface UpstreamGroup {
  readonly name: string;
  readonly members: readonly Member[];
  readonly budget: RetryBudget;
  /** The one to ask now, not `except`; null when all are down or given up for a while. */
  choose(now: number, except?: Member): Member | null;
  /** Milliseconds until it may be worth asking again, when there is none to choose. */
  waitMs(now: number): number;
  /** Settles once each active check was made once. */
  readonly checked: Promise<unknown>;
  /** Ends the active checks; the upstreams themselves are closed by whoever opened them. */
  stop(): void;
}

export interface GroupOptions {
  name: string;
  upstreams: readonly { upstream: Upstream; weight: number }[];
  check?: HealthCheck | undefined;
  log: Logger;
  random?: () => number;
}

function toMember({ upstream, weight }: { upstream: Upstream; weight: number }): Member {
  return {
    upstream,
    weight,
    get pending() {
      return upstream.pending;
    },
    isHealthy: true,
  };
}

/** Puts upstreams together, and begins to check them where `check` says how. */
export function createGroup(options: GroupOptions): UpstreamGroup {
  const { name, upstreams, check, log, random = Math.random } = options;
  const members = upstreams.map(toMember);
  const watches = check === undefined ? [] : members.map((member) => watchHealth(member, check, log));
  const isOpen = (member: Member, now: number) => member.isHealthy && member.upstream.breaker.admits(now);
  return {
    name,
    members,
    checked: Promise.all(watches.map(({ checked }) => checked)),
    budget: createRetryBudget(RETRY_RATIO),
    choose(now, except) {
      const [only] = members;
      if (members.length === 1 && only !== undefined)
        return only !== except && isOpen(only, now) ? only : null;
      return chooseLeastPending(
        members.filter((member) => member !== except && isOpen(member, now)),
        random,
      );
    },
    waitMs(now) {
      const waits = members.flatMap(({ isHealthy, upstream }) =>
        isHealthy ? upstream.breaker.waitMs(now) : [],
      );
      return Math.max(RETRY_AFTER_MS, Math.min(...waits, Number.MAX_SAFE_INTEGER) % Number.MAX_SAFE_INTEGER);
    },
    stop() {
      for (const watch of watches) watch.stop();
    },
  };
}
