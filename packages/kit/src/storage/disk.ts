import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assertStorageKey, type Storage } from './storage.ts';

/** Where half-written files lie; the leading dot keeps it apart from every key. */
const PARTIAL = '.partial';

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * Files in a folder. Each is written aside, flushed to the disk and then renamed, so that a reader never sees half of
 * one and a crash leaves either the old file or the new one.
 */
export function createDiskStorage(folder: string): Storage {
  const pathOf = (key: string) => {
    assertStorageKey(key);
    return join(folder, key);
  };

  return {
    async put(key, content) {
      const path = pathOf(key);
      const partial = join(folder, PARTIAL, randomUUID());
      await mkdir(dirname(partial), { recursive: true, mode: 0o700 });
      try {
        const source = content instanceof Uint8Array ? Readable.from([content]) : content;
        await pipeline(source, createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }));
        const { size } = await stat(partial);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(partial, path);
        return size;
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    async get(key, range) {
      try {
        const file = await open(pathOf(key));
        const { size } = await file.stat();
        return { sizeBytes: size, stream: file.createReadStream(range) };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    delete: (key) => rm(pathOf(key), { force: true }),
    deleteUnder: (prefix) => rm(pathOf(prefix), { recursive: true, force: true }),
    async *list(prefix) {
      for await (const path of filesUnder(prefix === undefined ? folder : pathOf(prefix))) {
        const found = await stat(path).catch(ignoreMissing);
        if (found !== null) yield { key: relative(folder, path).split(sep).join('/'), storedAt: found.mtime };
      }
    },
    downloadUrl: async () => null,
  };
}

function ignoreMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** Entry by entry, so that a million files are never in memory at once. */
async function* filesUnder(path: string): AsyncGenerator<string> {
  const folder = await opendir(path).catch(ignoreMissing);
  if (folder === null) return;
  for await (const entry of folder) {
    if (entry.name === PARTIAL) continue;
    const below = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(below);
    else yield below;
  }
}
