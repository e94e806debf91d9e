import { type Level, type Limit, levelAt, takeToken } from './rules.ts';
import type { BucketStore } from './store.ts';

/** Buckets of one limit that are kept at once: some 10 MB. Beyond it those used longest ago are forgotten. */
const MAX_BUCKETS = 100_000;

/**
 * When each bucket of a limit is full again, by client, in two generations: what is used goes to the young one, and
 * now and then the old one is dropped as a whole. After a window nothing is lost by it, as every bucket that was not
 * used for so long is full. An LRU by order of insertion lost here: with a million clients, finding the first entry
 * of a Map behind all those deleted took 20 µs.
 */
interface Buckets {
  young: Map<string, number>;
  old: Map<string, number>;
  turnedAt: number;
}

export interface MemoryStore extends BucketStore {
  /** How many buckets are kept. */
  readonly size: number;
}

/**
 * Buckets in this process.
 * @param now milliseconds that never go back
 */
export function createMemoryStore(now: () => number, maxBuckets = MAX_BUCKETS): MemoryStore {
  const bucketsOf = new Map<string, Buckets>();

  function find({ name, windowMs }: Limit, at: number): Buckets {
    const buckets = bucketsOf.get(name);
    if (buckets === undefined) {
      const made: Buckets = { young: new Map(), old: new Map(), turnedAt: at };
      bucketsOf.set(name, made);
      return made;
    }
    if (at - buckets.turnedAt >= windowMs || buckets.young.size >= maxBuckets / 2) {
      buckets.old = buckets.young;
      buckets.young = new Map();
      buckets.turnedAt = at;
    }
    return buckets;
  }

  const fullAtOf = ({ young, old }: Buckets, client: string) => young.get(client) ?? old.get(client) ?? 0;

  return {
    get size() {
      let size = 0;
      for (const { young, old } of bucketsOf.values()) size += young.size + old.size;
      return size;
    },
    take(limits, client) {
      const at = now();
      let isAllowed = true;
      for (const limit of limits) {
        if (takeToken(fullAtOf(find(limit, at), client), at, limit) === null) isAllowed = false;
      }
      const levels: Level[] = [];
      for (const limit of limits) {
        const buckets = find(limit, at);
        const before = fullAtOf(buckets, client);
        const fullAt = isAllowed ? (takeToken(before, at, limit) as number) : before;
        if (isAllowed) buckets.young.set(client, fullAt);
        levels.push(levelAt(fullAt, at, limit));
      }
      return { isAllowed, levels };
    },
    giveBack(limit, client) {
      const buckets = find(limit, now());
      const fullAt = fullAtOf(buckets, client);
      if (fullAt > 0) buckets.young.set(client, fullAt - limit.windowMs / limit.capacity);
    },
  };
}
