import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { CHECKSUMS, LIST_ENTRIES } from './format.ts';

type Content = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Fast rather than small: most of a large backup are pictures and PDFs, which do not get smaller. */
const GZIP_LEVEL = 3;

export interface ArchiveWriter {
  /** Adds an entry whose size is known before. @throws Error when the content has another size */
  add(name: string, sizeBytes: number, content: Content): Promise<void>;
  addText(name: string, text: string): Promise<void>;
  /** Writes the last list of checksums. @returns the SHA-256 of all of them */
  sealLists(): Promise<string>;
  /** Waits until everything has reached the sink. */
  end(): Promise<void>;
  /** Gives up; the sink is destroyed. */
  abort(reason: Error): Promise<void>;
}

/** Writes tar entries, packed, to a sink, with lists of their checksums in between. */
export function createArchiveWriter(sink: Writable, now: Date): ArchiveWriter {
  const tar = pack();
  const broken = new AbortController();
  const written = pipeline(Readable.from(tar), createGzip({ level: GZIP_LEVEL }), sink);
  // Whoever waits for room in the pipe has to hear that it broke.
  written.catch((error) => broken.abort(error));
  const lists = createHash('sha256');
  let listed: string[] = [];
  let listCount = 0;

  async function write(name: string, sizeBytes: number, content: Content): Promise<string> {
    const hash = createHash('sha256');
    const entry = tar.entry({ name, size: sizeBytes, mode: 0o600, mtime: now });
    let size = 0;
    for await (const chunk of content) {
      broken.signal.throwIfAborted();
      hash.update(chunk);
      size += chunk.length;
      if (size > sizeBytes) break;
      if (!entry.write(chunk)) await once(entry, 'drain', { signal: broken.signal });
    }
    if (size !== sizeBytes) throw new Error(`${name} has changed its size while it was read`);
    entry.end(null);
    return hash.digest('hex');
  }

  async function writeList(): Promise<void> {
    if (listed.length === 0) return;
    listCount += 1;
    const text = Buffer.from(listed.join(''));
    listed = [];
    lists.update(text);
    await write(`${CHECKSUMS}${listCount}`, text.length, [text]);
  }

  async function add(name: string, sizeBytes: number, content: Content): Promise<void> {
    listed.push(`${await write(name, sizeBytes, content)} ${name}\n`);
    if (listed.length === LIST_ENTRIES) await writeList();
  }

  return {
    add,
    addText: (name, text) => {
      const bytes = Buffer.from(text);
      return add(name, bytes.length, [bytes]);
    },
    async sealLists() {
      await writeList();
      return lists.digest('hex');
    },
    async end() {
      // What was added since the lists were sealed is the manifest, which nothing but itself can vouch for.
      tar.finalize();
      await written;
    },
    async abort(reason) {
      tar.destroy(reason);
      sink.destroy();
      await written.catch(() => {});
    },
  };
}
