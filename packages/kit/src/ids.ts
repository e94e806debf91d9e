import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562): sorts by creation time, so that keyset paging and indexes stay cheap. */
export function newId(): string {
  return v7();
}
