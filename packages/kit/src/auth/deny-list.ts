import type { Signals } from '../events/signals.ts';
import type { Logger } from '../log.ts';

/** Signal channel on which ended sessions are told: `<sessionId> <until>`, seconds since the epoch. */
export const DENIED_CHANNEL = 'spacedly_denied_sessions';

export interface DeniedSession {
  sessionId: string;
  /** Seconds since the epoch after which no access token of the session can be alive. */
  until: number;
}

/**
 * Sessions that ended before their access tokens did, in memory on every instance. Fed by signals; while the feed
 * is lost the list is read again before it is trusted, at most once in `REREAD_MS`.
 */
export interface DenyList {
  isDenied(sessionId: string): boolean | Promise<boolean>;
  /**
   * Something was answered that may have ended sessions: signals that are on their way are heard before the memory is
   * asked again, or the very next request could still pass with a token that the answer said is dead.
   */
  expectSignals(): void;
}

const REREAD_MS = 500;
/** A feed that is slower than this is about to be noticed as lost, and the list is read again then. */
const SETTLE_MS = 500;
const SWEEP_MS = 60_000;

/** @param read the full list, from the auth service */
export async function createDenyList(
  signals: Signals,
  read: () => Promise<DeniedSession[]>,
  log: Logger,
): Promise<DenyList> {
  const rereadMs = signals.isDeaf ? 0 : REREAD_MS;
  const denied = new Map<string, number>();
  let readAt = Number.NEGATIVE_INFINITY;
  let sweptAt = performance.now();
  let isStale = true;
  let restorations = 0;
  let reading: Promise<void> | null = null;
  let settling: Promise<void> | null = null;

  /** As it grows, and not by a timer: nobody ends a list, and a timer would keep it and all it stands on. */
  function sweep(): void {
    if (performance.now() - sweptAt < SWEEP_MS) return;
    sweptAt = performance.now();
    const seconds = Date.now() / 1000;
    for (const [sessionId, until] of denied) if (until < seconds) denied.delete(sessionId);
  }

  async function readNow(): Promise<void> {
    const startedAt = performance.now();
    const restorationsBefore = restorations;
    sweep();
    for (const { sessionId, until } of await read()) denied.set(sessionId, until);
    readAt = startedAt;
    // A list read before the feed came back misses what ended in between: only a later one may be trusted.
    if (signals.isConnected && restorations === restorationsBefore) isStale = false;
  }

  function reread(): Promise<void> {
    const begun = readNow().finally(() => {
      if (reading === begun) reading = null;
    });
    reading = begun;
    return begun;
  }

  await signals.subscribe(
    DENIED_CHANNEL,
    (payload) => {
      const [sessionId = '', until = '0'] = payload.split(' ', 2);
      sweep();
      denied.set(sessionId, Number(until));
    },
    () => {
      restorations += 1;
      isStale = true;
      reread().catch((error) => log.warn({ err: error }, 'the list of ended sessions could not be read'));
    },
  );
  function look(sessionId: string): boolean | Promise<boolean> {
    const isTrusted = signals.isConnected && !isStale;
    if (isTrusted || performance.now() - readAt < rereadMs) return denied.has(sessionId);
    return (reading ?? reread()).then(() => denied.has(sessionId));
  }

  return {
    isDenied: (sessionId) => (settling === null ? look(sessionId) : settling.then(() => look(sessionId))),
    expectSignals() {
      const begun = signals.settle(SETTLE_MS).finally(() => {
        if (settling === begun) settling = null;
      });
      settling = begun;
    },
  };
}
