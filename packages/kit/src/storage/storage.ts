import type { Readable } from 'node:stream';

export interface StoredFile {
  sizeBytes: number;
  /** Must be read to its end or destroyed. */
  stream: Readable;
}

/**
 * Files by key, such as `avatars/<user>/<version>.webp`. Keys are ours, never a person's text: lower-case letters,
 * digits, dot, dash and underscore in parts divided by slashes.
 */
export interface Storage {
  /**
   * Keeps a file whole or not at all, in place of one of the same key.
   * @returns its size in bytes
   */
  put(key: string, content: Readable | Uint8Array): Promise<number>;
  /** Null when there is none. */
  get(key: string): Promise<StoredFile | null>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Deletes every file whose key begins with `prefix/`. */
  deleteUnder(prefix: string): Promise<void>;
}

const KEY = /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/;
const MAX_KEY_LENGTH = 500;

/**
 * Refuses whatever could lead out of the store: `..`, empty parts, absolute paths, NUL.
 * @throws TypeError: such a key is a mistake of ours
 */
export function assertStorageKey(key: string): void {
  if (key.length > MAX_KEY_LENGTH || !KEY.test(key)) throw new TypeError('not a storage key');
}
