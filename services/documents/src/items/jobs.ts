import type { BackgroundWork, Logger } from '@spacedly/kit';
import type { DocumentsDeps } from '../deps.ts';
import { deleteDocuments, deleteOldAnswers, lockExpired } from './store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BIN_DAYS = 30;
const BATCH = 50;

type Deps = Pick<DocumentsDeps, 'db' | 'now'>;

/** Deletes for good what lies in the bin since 30 days. @returns how many documents */
export async function purgeBin({ db, now }: Deps): Promise<number> {
  const before = new Date(now().getTime() - BIN_DAYS * DAY_MS);
  let purged = 0;
  for (;;) {
    const ids = await db.transaction(async (tx) => {
      const expired = await lockExpired(tx, before, BATCH);
      await deleteDocuments(tx, expired);
      return expired;
    });
    purged += ids.length;
    if (ids.length < BATCH) return purged;
  }
}

/** Empties the bin and forgets old answers, hourly; several instances share the work. */
export function housekeeping(deps: Deps, log: Logger): BackgroundWork {
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    await deleteOldAnswers(deps.db, new Date(deps.now().getTime() - DAY_MS));
    const purged = await purgeBin(deps);
    if (purged > 0) log.info({ purged }, 'emptied the bin of documents older than 30 days');
  };
  const tell = (error: unknown) =>
    log.warn({ err: error }, 'emptying the bin of documents failed; trying again in an hour');
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
