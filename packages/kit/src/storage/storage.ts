import type { Readable } from 'node:stream';

export interface StoredFile {
  /** Of the whole file, also where only a part was asked for. */
  sizeBytes: number;
  /** Must be read to its end or destroyed. */
  stream: Readable;
}

/** Bytes from the first to the last, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** How a file is named and shown where it is downloaded from the storage itself. */
export interface DownloadHeaders {
  contentType: string;
  contentDisposition: string;
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
  /** Null when there is none. A range must lie within the file. */
  get(key: string, range?: ByteRange): Promise<StoredFile | null>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Deletes every file whose key begins with `prefix/`. */
  deleteUnder(prefix: string): Promise<void>;
  /** Every file whose key begins with `prefix/`, or every file, in no order, and when it was put there. */
  list(prefix?: string): AsyncIterable<{ key: string; storedAt: Date }>;
  /** An address that gives the file to whoever has it, for some minutes; null where the storage has none to give. */
  downloadUrl(key: string, headers: DownloadHeaders): Promise<string | null>;
}

const KEY = /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/;
const MAX_KEY_LENGTH = 500;

/** Whether a name is one that files are kept under here; a bucket may hold other things besides. */
export function isStorageKey(key: string): boolean {
  return key.length <= MAX_KEY_LENGTH && KEY.test(key);
}

/**
 * Refuses whatever could lead out of the store: `..`, empty parts, absolute paths, NUL.
 * @throws TypeError: such a key is a mistake of ours
 */
export function assertStorageKey(key: string): void {
  if (!isStorageKey(key)) throw new TypeError('not a storage key');
}
