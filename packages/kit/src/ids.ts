import { randomBytes, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562): sorts by creation time, so that keyset paging and indexes stay cheap. */
export function newId(): string {
  return v7();
}

const ID_BYTES = 16;

/**
 * Makes the ids of requests: UUIDv7 as well, but in no order within a millisecond. Their random bytes are drawn for 256
 * at a time, as drawing them for each costs a twentieth of a small request.
 */
export function createRequestIds(): () => string {
  const pool = new Uint8Array(256 * ID_BYTES);
  let used = pool.length;
  const rng = () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += ID_BYTES;
    return pool.subarray(used - ID_BYTES, used);
  };
  return () => v7({ rng });
}

const HEX_BYTES = 4_096;

/** Gives random bytes as lower-case hex, for ids that are no secrets; drawn many at a time as well. */
export function createRandomHex(): (bytes: number) => string {
  let pool = '';
  let used = 0;
  return (bytes) => {
    if (used + 2 * bytes > pool.length) {
      pool = randomBytes(HEX_BYTES).toString('hex');
      used = 0;
    }
    used += 2 * bytes;
    return pool.slice(used - 2 * bytes, used);
  };
}
