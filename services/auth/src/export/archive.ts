import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ExportPage } from '@spacedly/contracts';
import type { Storage } from '@spacedly/kit';

export interface ArchiveEntry {
  /** Path inside the archive. */
  name: string;
  content: Readable;
}

/** Gives the page after `cursor`, or the first one. */
export type ReadPage = (cursor?: string) => Promise<ExportPage>;

/** What file systems keep for themselves, and control characters. */
const UNSAFE = /[:*?"<>|]|\p{Cc}/gu;
const MAX_PART = 150;

/** Names come from people too: no part of one may lead out of the folder the archive is unpacked into. */
export function safeName(name: string): string {
  const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.map((part) => part.replaceAll(UNSAFE, '_').slice(0, MAX_PART)).join('/') || 'file';
}

/**
 * What one service knows, as JSON files of one section each and the stored files that belong to them. A section is
 * written page by page while it is fetched: no more than a page is ever in memory.
 */
export async function* entriesOf(
  service: string,
  readPage: ReadPage,
  storage: Pick<Storage, 'get'>,
): AsyncGenerator<ArchiveEntry> {
  let page: ExportPage | null = await readPage();
  while (page !== null) {
    const { section } = page;
    const files: ExportPage['files'] = [];
    const json = async function* () {
      let separator = '[\n';
      while (page !== null && page.section === section) {
        for (const row of page.rows) {
          yield separator + JSON.stringify(row, null, 2);
          separator = ',\n';
        }
        files.push(...page.files);
        page = page.nextCursor === null ? null : await readPage(page.nextCursor);
      }
      yield separator === '[\n' ? '[]\n' : '\n]\n';
    };
    yield { name: `${service}/${section}.json`, content: Readable.from(json()) };
    for (const { key, name } of files) {
      const file = await storage.get(key);
      if (file !== null) yield { name: `${service}/files/${safeName(name)}`, content: file.stream };
    }
  }
}

/**
 * Writes entries into a zip in the file store, one after the other, as fast as the store takes them.
 * @returns its size in bytes
 */
export async function writeArchive(
  storage: Storage,
  key: string,
  entries: AsyncIterable<ArchiveEntry>,
  now: Date,
): Promise<number> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const stored = storage.put(key, output);
  try {
    for await (const { name, content } of entries) {
      zip.addReadStream(content, name, { mtime: now });
      // A store that fails stops reading; waiting for the entry alone would wait for ever.
      await Promise.race([finished(content), stored]);
    }
    zip.end();
  } catch (error) {
    output.destroy(error as Error);
    await stored.catch(() => {});
    throw error;
  }
  return stored;
}
