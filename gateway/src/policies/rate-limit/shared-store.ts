import { Problem } from '@spacedly/kit';
import type { Limit } from './rules.ts';
import type { BucketStore } from './store.ts';

/** After a command that failed, everything goes to this process's own buckets for so long: no request waits for nothing. */
const PAUSE_MS = 1_000;
const RETRY_SECONDS = 1;

export interface SharedStoreParts {
  /** The buckets of all instances; may fail. */
  shared: BucketStore;
  /** The buckets of this process. */
  local: BucketStore;
  /** A request was judged without the shared buckets; once for each of its limits. */
  onFallback(limit: Limit): void;
  now: () => number;
}

/**
 * Shared buckets as long as they answer. While they do not, limits that are `open` are held by each process for
 * itself, and requests with one that is `closed` are refused. Back to the shared ones by itself.
 */
export function createSharedStore({ shared, local, onFallback, now }: SharedStoreParts): BucketStore {
  let pausedUntil = Number.NEGATIVE_INFINITY;

  function takeLocally(limits: readonly Limit[], client: string) {
    for (const limit of limits) onFallback(limit);
    if (limits.some(({ onOutage }) => onOutage === 'closed')) {
      throw new Problem('UNAVAILABLE', { retryAfterSeconds: RETRY_SECONDS });
    }
    return local.take(limits, client);
  }

  return {
    async take(limits, client) {
      if (now() < pausedUntil) return takeLocally(limits, client);
      try {
        return await shared.take(limits, client);
      } catch {
        pausedUntil = now() + PAUSE_MS;
        return takeLocally(limits, client);
      }
    },
    async giveBack(limit, client) {
      // Perhaps not the ones the token came from, when they failed in between: it is for one answer, and fills up again.
      if (now() < pausedUntil) return local.giveBack(limit, client);
      try {
        await shared.giveBack(limit, client);
      } catch {
        pausedUntil = now() + PAUSE_MS;
      }
    },
  };
}
