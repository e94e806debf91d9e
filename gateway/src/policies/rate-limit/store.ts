import type { Level, Limit } from './rules.ts';

export interface Taken {
  isAllowed: boolean;
  /** One for each limit that was asked for. */
  levels: readonly Level[];
}

/** Where the buckets are. What is in memory answers at once; what is shared, with a promise. */
export interface BucketStore {
  /**
   * Takes one token of each limit's bucket of a client, or none of any when one is empty.
   * @throws Problem UNAVAILABLE when the store is down and a limit is `closed` then
   */
  take(limits: readonly Limit[], client: string): Taken | Promise<Taken>;
  /** Puts a token back. */
  giveBack(limit: Limit, client: string): void | Promise<void>;
}
