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
  /** What its active checks say, and requests that found nobody there; true where there are no checks. */
  isHealthy: boolean;
}

/** Servers that can answer the same requests. */
export interface UpstreamGroup {
  readonly name: string;
  readonly members: readonly Member[];
  readonly budget: RetryBudget;
  /**
   * The one to ask now, not `except`: of those that pass their active checks, or of all when none does. A check that
   * fails everywhere more likely says something of the check than of each (Envoy's panic threshold, at 0 %).
   * Null when the breakers of all these are open.
   */
  choose(now: number, except?: Member): Member | null;
  /** Whether none passes its active checks, so that they are asked anyhow. */
  isInPanic(): boolean;
  /** A request found nobody listening: where there are checks it is asked no more until one finds it well. */
  unreachable(member: Member): void;
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
  const watches = new Map(
    check === undefined ? [] : members.map((member) => [member, watchHealth(member, check, log)]),
  );
  const isInPanic = () => members.every(({ isHealthy }) => !isHealthy);
  const trusted = () => (isInPanic() ? members : members.filter(({ isHealthy }) => isHealthy));
  const admits = (member: Member, now: number, except?: Member) =>
    member !== except && member.upstream.breaker.admits(now);
  return {
    name,
    members,
    isInPanic,
    checked: Promise.all([...watches.values()].map(({ checked }) => checked)),
    budget: createRetryBudget(RETRY_RATIO),
    choose(now, except) {
      const [only] = members;
      if (members.length === 1 && only !== undefined) return admits(only, now, except) ? only : null;
      const candidates = trusted().filter((member) => admits(member, now, except));
      return chooseLeastPending(candidates, random);
    },
    unreachable: (member) => watches.get(member)?.unreachable(),
    waitMs(now) {
      const waits = trusted().map(({ upstream }) => upstream.breaker.waitMs(now));
      return Math.max(RETRY_AFTER_MS, Math.min(...waits));
    },
    stop() {
      for (const watch of watches.values()) watch.stop();
    },
  };
}
