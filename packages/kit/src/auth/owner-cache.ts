import { type Signals, USER_CHANGED_CHANNEL } from '../events/signals.ts';

/** How long an answer of the auth service about somebody is believed, where no signal says otherwise. */
export const OWNER_CACHE_MS = 5_000;
const CACHE_SIZE = 10_000;

export interface OwnerCache<T> {
  /** What is known under a key, or else what `ask` finds out; null where there is nobody. */
  get(key: string, ask: () => Promise<T | null>): Promise<T | null>;
}

/**
 * Remembers for seconds who somebody is. Whoever is demoted, deactivated or deleted is forgotten at once, by signal;
 * without the signals nothing is remembered, as nobody would tell us.
 * @param now milliseconds since the epoch
 */
export async function createOwnerCache<T extends { userId: string }>(
  signals: Signals,
  now: () => number,
): Promise<OwnerCache<T>> {
  const cache = new Map<string, { owner: T | null; until: number }>();
  let changes = 0;
  await signals.subscribe(
    USER_CHANGED_CHANNEL,
    (userId) => {
      changes += 1;
      for (const [key, { owner }] of cache) if (owner?.userId === userId) cache.delete(key);
    },
    () => cache.clear(),
  );
  return {
    async get(key, ask) {
      const known = cache.get(key);
      if (known !== undefined && known.until > now() && signals.isConnected) return known.owner;
      const changesBefore = changes;
      const owner = await ask();
      cache.delete(key);
      // Somebody changed while we asked: the answer may be the old one, so it serves this request only.
      if (changes !== changesBefore) return owner;
      if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
      cache.set(key, { owner, until: now() + OWNER_CACHE_MS });
      return owner;
    },
  };
}
