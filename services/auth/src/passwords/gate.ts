import { Problem } from '@spacedly/kit';

/** Waiting longer than this many hashes (about 10 ms each) helps nobody. */
const MAX_WAITING = 200;
const RETRY_AFTER_SECONDS = 2;

/** Runs work when it is its turn. @throws Problem SIGN_IN_BUSY when too much is waiting */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs at most `width` at a time, in the order they came, and refuses what would wait too long. */
export function createGate(width: number, maxWaiting = MAX_WAITING): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= width) {
      if (waiting.length >= maxWaiting) {
        throw new Problem('SIGN_IN_BUSY', { retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
