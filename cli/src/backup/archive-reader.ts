import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { z } from 'zod';
import { BackupError, CHECKSUMS, HEADER, MANIFEST, MAX_TEXT_BYTES } from './format.ts';

export interface ArchiveEntry {
  name: string;
  sizeBytes: number;
  content: AsyncIterable<Uint8Array>;
}

/** Called for each entry, in their order; what it leaves unread is read past. */
export type OnEntry = (entry: ArchiveEntry) => Promise<void>;

const CUT_OFF = 'The backup is damaged: it ends in the middle. Nothing was changed.';
const CHANGED = 'The backup is damaged: its checksums are not right. Nothing was changed.';
const NOT_ONE = 'This file is not a backup of Spacedly.';

interface Reading {
  lists: ReturnType<typeof createHash>;
  /** Lines of the entries since the last list. */
  lines: string[];
  isOver: boolean;
  count: number;
}

async function textOf({ sizeBytes, content }: ArchiveEntry): Promise<string> {
  if (sizeBytes > MAX_TEXT_BYTES) throw new BackupError(CHANGED);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads an entry that describes others. @throws BackupError when it is not what it should be */
export async function readJson<T extends z.ZodType>(entry: ArchiveEntry, schema: T): Promise<z.infer<T>> {
  try {
    return schema.parse(JSON.parse(await textOf(entry)));
  } catch (cause) {
    if (cause instanceof BackupError || !(cause instanceof SyntaxError || isZodError(cause))) throw cause;
    throw new BackupError(entry.name === HEADER ? NOT_ONE : CHANGED);
  }
}

const isZodError = (error: unknown) => error instanceof Error && error.name.includes('ZodError');

export const readText = textOf;

/** What of its content is checked while it is handed on. */
async function* hashed(content: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

async function readEntry(entry: ArchiveEntry, reading: Reading, onEntry: OnEntry): Promise<void> {
  const { name, sizeBytes } = entry;
  if (reading.isOver) throw new BackupError(CHANGED);
  if ((reading.count === 0) !== (name === HEADER)) throw new BackupError(NOT_ONE, 2);
  reading.count += 1;
  if (name.startsWith(CHECKSUMS)) {
    const list = await textOf(entry);
    if (list !== reading.lines.join('')) throw new BackupError(CHANGED);
    reading.lists.update(list);
    reading.lines = [];
    return;
  }
  if (name === MANIFEST && reading.lines.length > 0) throw new BackupError(CHANGED);
  const hash = createHash('sha256');
  const content = hashed(entry.content, hash);
  await onEntry({ name, sizeBytes, content });
  for await (const _ of content);
  if (name === MANIFEST) reading.isOver = true;
  else reading.lines.push(`${hash.digest('hex')} ${name}\n`);
}

const isDamage = (error: unknown) => {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  return (
    /^Z_|^ERR_STREAM_PREMATURE/.test(code) ||
    /Unexpected end of data|Invalid tar|premature close/i.test(message)
  );
};

function explain(error: unknown, reading: Reading): unknown {
  if (error instanceof BackupError || !isDamage(error)) return error;
  if (reading.count === 0) return new BackupError(NOT_ONE, 2);
  const { code, message } = error as NodeJS.ErrnoException;
  return new BackupError(code === 'Z_BUF_ERROR' || /end of data/.test(message) ? CUT_OFF : CHANGED);
}

/**
 * Reads a backup from its beginning to its end, and compares everything with its checksums on the way.
 * @returns the SHA-256 of its lists, which the manifest has to name
 * @throws BackupError when it is none, is cut off, or is not as it was written
 */
export async function readArchive(file: string, onEntry: OnEntry): Promise<string> {
  const reading: Reading = { lists: createHash('sha256'), lines: [], isOver: false, count: 0 };
  const tar = extract();
  const source = createReadStream(file);
  const piped = pipeline(source, createGunzip(), tar);
  piped.catch(() => {});
  try {
    for await (const entry of tar) {
      const { name, size = 0 } = entry.header;
      await readEntry(
        { name, sizeBytes: size, content: entry as AsyncIterable<Uint8Array> },
        reading,
        onEntry,
      );
    }
    await piped;
  } catch (error) {
    source.destroy();
    // The pipe knows better what is wrong with the file than whoever reads at its end.
    const first = isDamage(error)
      ? await piped.then(
          () => error,
          (cause) => cause,
        )
      : error;
    throw explain(isDamage(first) ? first : error, reading);
  }
  if (reading.count === 0) throw new BackupError(NOT_ONE, 2);
  if (!reading.isOver) throw new BackupError(CUT_OFF);
  return reading.lists.digest('hex');
}
