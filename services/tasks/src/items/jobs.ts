import { type BackgroundWork, FILES_QUEUE, type Logger } from '@spacedly/kit';
import { foldCounts } from '../analytics/store-fold.ts';
import type { TasksDeps } from '../deps.ts';
import { renewFilters } from '../search/jobs.ts';
import { fileKeysOf, lockExpired } from './store-bin.ts';
import { deleteChangesBefore } from './store-history.ts';
import { deleteTasks } from './store-series.ts';
import { foldListChanges } from './store-stamp.ts';

const HOUR_MS = 3_600_000;
const BIN_DAYS = 30;
const UNDO_MS = 5 * 60_000;
const BATCH = 200;

type Deps = Pick<TasksDeps, 'db' | 'outbox' | 'now'>;

/** Deletes for good what lies in the bin since 30 days; its files go by a job of their own, after the commit. */
export async function purgeBin({ db, outbox, now }: Deps): Promise<number> {
  const before = new Date(now().getTime() - BIN_DAYS * 24 * HOUR_MS);
  let purged = 0;
  for (;;) {
    const ids = await db.transaction(async (tx) => {
      const expired = await lockExpired(tx, before, BATCH);
      const keys = await fileKeysOf(tx, expired);
      if (keys.length > 0) await outbox.enqueue(tx, FILES_QUEUE, { keys });
      await deleteTasks(tx, expired);
      return expired;
    });
    purged += ids.length;
    if (ids.length < BATCH) return purged;
  }
}

/** Forgets what can no longer be taken back. */
export async function forgetChanges({ db, now }: Deps): Promise<void> {
  await deleteChangesBefore(db, new Date(now().getTime() - UNDO_MS));
}

/** Empties the bin and the memory of changes, hourly; several instances share the work. */
export function housekeeping(deps: Deps, log: Logger): BackgroundWork {
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    await forgetChanges(deps);
    await foldListChanges(deps.db);
    await foldCounts(deps.db);
    await renewFilters(deps.db);
    const purged = await purgeBin(deps);
    if (purged > 0) log.info({ purged }, 'emptied the bin of tasks older than 30 days');
  };
  const tell = (error: unknown) =>
    log.warn({ err: error }, 'emptying the bin failed; trying again in an hour');
  return {
    async start() {
      await run().catch(tell);
      timer = setInterval(() => run().catch(tell), HOUR_MS).unref();
    },
    async stop() {
      clearInterval(timer);
    },
  };
}
