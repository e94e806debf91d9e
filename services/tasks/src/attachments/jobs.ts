import { type BackgroundWork, FILES_QUEUE, type Jobs, type Logger, type Storage } from '@spacedly/kit';
import { z } from 'zod';
import type { TasksDeps } from '../deps.ts';
import { STORAGE_PREFIX } from './prepare.ts';
import { findKnownKeys } from './store.ts';

export interface FileJobDeps extends Pick<TasksDeps, 'db' | 'now'> {
  storage: Storage;
  jobs: Jobs;
  log: Logger;
}

const payload = z.object({ keys: z.array(z.string().startsWith(`${STORAGE_PREFIX}/`)) });

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Not at once, when everything else starts too. */
const FIRST_SWEEP_MS = 600_000;
const BATCH = 500;

/** Deletes stored files whose rows are gone. A failure fails the job, which is tried again for about half an hour. */
export async function deleteFiles({ db, storage }: FileJobDeps, data: unknown): Promise<void> {
  const { keys } = payload.parse(data);
  const known = await findKnownKeys(db, keys);
  for (const key of keys) if (!known.has(key)) await storage.delete(key);
}

async function sweepBatch({ db, storage }: FileJobDeps, keys: readonly string[]): Promise<number> {
  const known = await findKnownKeys(db, keys);
  const orphans = keys.filter((key) => !known.has(key));
  for (const key of orphans) await storage.delete(key);
  return orphans.length;
}

/**
 * Deletes what is stored and belongs to no row: leftovers of a process that died in the middle, and of a storage that
 * was down for longer than a job is tried. Younger than a day it may belong to an upload that is still going on.
 * @returns how many were deleted
 */
export async function sweepOrphans(deps: FileJobDeps): Promise<number> {
  const before = deps.now().getTime() - DAY_MS;
  let deleted = 0;
  let batch: string[] = [];
  for await (const { key, storedAt } of deps.storage.list(STORAGE_PREFIX)) {
    if (storedAt.getTime() > before) continue;
    batch.push(key);
    if (batch.length < BATCH) continue;
    deleted += await sweepBatch(deps, batch);
    batch = [];
  }
  return deleted + (await sweepBatch(deps, batch));
}

/** Deletes files as they are let go of, and sweeps once a day. */
export function fileJobs(deps: FileJobDeps): BackgroundWork {
  const { jobs, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  const sweep = async () => {
    const deleted = await sweepOrphans(deps);
    if (deleted > 0) log.warn({ deleted }, 'deleted stored files that belonged to nothing');
  };
  const sweepAfter = (delayMs: number) => {
    timer = setTimeout(() => {
      sweep()
        .catch((error) => log.warn({ err: error }, 'sweeping stored files failed; trying again tomorrow'))
        .finally(() => sweepAfter(DAY_MS));
    }, delayMs).unref();
  };
  return {
    async start() {
      await jobs.work(FILES_QUEUE, (data) => deleteFiles(deps, data));
      sweepAfter(FIRST_SWEEP_MS);
    },
    async stop() {
      clearTimeout(timer);
    },
    chores: sweep,
  };
}
