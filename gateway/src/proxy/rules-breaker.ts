/** When an upstream is given up for a while. */
export interface BreakerSettings {
  /** Length of the sliding window, milliseconds. */
  windowMs: number;
  /** Fewer requests than this in the window say nothing. */
  minRequests: number;
  /** Share of failures at which it opens, 0–1. */
  failureRatio: number;
  /** How long it stays open before a probe is let through, milliseconds. */
  openMs: number;
}

export const BREAKER_SETTINGS: BreakerSettings = {
  windowMs: 10_000,
  minRequests: 20,
  failureRatio: 0.5,
  openMs: 5_000,
};

export type BreakerState = 'closed' | 'open' | 'half-open';
export type Outcome = 'success' | 'failure' | 'unknown';

/** Says how a request that was let through ended; only the first word counts. */
export type Settle = (outcome: Outcome, now: number) => void;

const SLOTS = 10;

interface Slot {
  /** Number of the slot since the epoch, so that an old round is told from this one. */
  number: number;
  requests: number;
  failures: number;
}

/** Requests and failures of the last `windowMs`, to a tenth of it, in a ring of counters. */
function createWindow(windowMs: number) {
  const slotMs = windowMs / SLOTS;
  const ring: Slot[] = Array.from({ length: SLOTS }, () => ({ number: -1, requests: 0, failures: 0 }));
  return {
    add(now: number, isFailure: boolean): void {
      const number = Math.floor(now / slotMs);
      const slot = ring[number % SLOTS] as Slot;
      if (slot.number !== number) Object.assign(slot, { number, requests: 0, failures: 0 });
      slot.requests += 1;
      if (isFailure) slot.failures += 1;
    },
    totals(now: number): { requests: number; failures: number } {
      const oldest = Math.floor(now / slotMs) - SLOTS;
      let requests = 0;
      let failures = 0;
      for (const slot of ring) {
        if (slot.number <= oldest) continue;
        requests += slot.requests;
        failures += slot.failures;
      }
      return { requests, failures };
    },
    clear(): void {
      for (const slot of ring) slot.number = -1;
    },
  };
}

export interface Breaker {
  state(now: number): BreakerState;
  /** Whether a request may go through now. */
  admits(now: number): boolean;
  /** Counts a request that goes through; in the half-open state it is the probe. */
  begin(now: number): Settle;
  /** Milliseconds until the next probe may go through; 0 when it is not open. */
  waitMs(now: number): number;
}

/**
 * A circuit breaker (Nygard, "Release It!"): closed it counts, open it lets nothing through, half-open it lets one
 * probe through at a time, whose success closes it. The clock comes with each call, in milliseconds.
 */
export function createBreaker(settings: BreakerSettings = BREAKER_SETTINGS): Breaker {
  const window = createWindow(settings.windowMs);
  let openedAt: number | null = null;
  let hasProbe = false;

  const state = (now: number): BreakerState => {
    if (openedAt === null) return 'closed';
    return now - openedAt >= settings.openMs ? 'half-open' : 'open';
  };

  function settleProbe(outcome: Outcome, now: number): void {
    hasProbe = false;
    if (outcome === 'failure') openedAt = now;
    if (outcome !== 'success') return;
    openedAt = null;
    window.clear();
  }

  function settleCounted(outcome: Outcome, now: number): void {
    // One that was under way when it opened says nothing about how the upstream is now.
    if (outcome === 'unknown' || openedAt !== null) return;
    window.add(now, outcome === 'failure');
    // A success cannot be what opens it, so that it costs no more than counting.
    if (outcome === 'success') return;
    const { requests, failures } = window.totals(now);
    if (requests >= settings.minRequests && failures >= requests * settings.failureRatio) openedAt = now;
  }

  return {
    state,
    admits: (now) => openedAt === null || (state(now) === 'half-open' && !hasProbe),
    begin(now) {
      const isProbe = state(now) === 'half-open' && !hasProbe;
      if (isProbe) hasProbe = true;
      let isSettled = false;
      return (outcome, at) => {
        if (isSettled) return;
        isSettled = true;
        if (isProbe) settleProbe(outcome, at);
        else settleCounted(outcome, at);
      };
    },
    waitMs: (now) => (openedAt === null ? 0 : Math.max(0, openedAt + settings.openMs - now)),
  };
}
