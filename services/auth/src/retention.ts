import type { BackgroundWork, Logger } from '@spacedly/kit';
import { deleteOldAudit } from './audit/store.ts';
import { purgeDue } from './deletion/service-purge.ts';
import type { AuthDeps } from './deps.ts';
import { deleteExpiredExports } from './export/service-expire.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What has outlived its time: deleted accounts after 30 days, old audit rows, downloads. Safe on several instances. */
export async function applyRetention(deps: AuthDeps, log: Logger): Promise<void> {
  const { db, config, now } = deps;
  await purgeDue(deps, log);
  await deleteExpiredExports(deps);
  const before = new Date(now().getTime() - config.AUDIT_KEEP_DAYS * DAY_MS);
  await db.transaction((tx) => deleteOldAudit(tx, before));
}

/** Applies the retention at the start and then every hour. */
export function retention(deps: AuthDeps, log: Logger): BackgroundWork {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = applyRetention(deps, log).catch((error) =>
      log.warn({ err: error }, 'what has outlived its time could not be removed; trying again in an hour'),
    );
  };
  return {
    async start() {
      run();
      timer = setInterval(run, HOUR_MS).unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
