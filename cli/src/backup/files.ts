import type { Storage } from '@spacedly/kit';
import type { ArchiveWriter } from './archive-writer.ts';
import { FILES } from './format.ts';

/** Clocks of a storage and of this machine may differ by as much, in milliseconds. */
const CLOCK_SKEW_MS = 15 * 60_000;

export interface FileTotals {
  count: number;
  sizeBytes: number;
}

/**
 * Copies the stored files of an installation that is in use. Most go before the database: what is deleted meanwhile is
 * then too much rather than missing. What is stored meanwhile goes after it, so that every row finds its file.
 */
export function createFileCopier(storage: Storage, archive: ArchiveWriter, now: () => Date) {
  const totals: FileTotals = { count: 0, sizeBytes: 0 };
  const since = now().getTime() - CLOCK_SKEW_MS;
  /** Only of files so young that they may be met twice. */
  const young = new Set<string>();

  async function copy(key: string): Promise<void> {
    const file = await storage.get(key);
    // Deleted since it was listed.
    if (file === null) return;
    await archive.add(FILES + key, file.sizeBytes, file.stream);
    totals.count += 1;
    totals.sizeBytes += file.sizeBytes;
  }

  return {
    totals,
    async copyAll(): Promise<void> {
      for await (const { key, storedAt } of storage.list()) {
        if (storedAt.getTime() >= since) young.add(key);
        await copy(key);
      }
    },
    async copyNew(): Promise<void> {
      for await (const { key, storedAt } of storage.list())
        if (storedAt.getTime() >= since && !young.has(key)) await copy(key);
    },
  };
}
