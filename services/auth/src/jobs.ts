import type { BackgroundWork, Logger } from '@spacedly/kit';
import { deleteExpiredCodes } from './codes/store.ts';
import type { AuthDeps } from './deps.ts';
import { deleteOldSessions } from './sessions/store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Deletes expired codes and dead sessions, hourly; two instances doing it at once do no harm. */
export function cleanup({ db, now }: AuthDeps, log: Logger): BackgroundWork {
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    const yesterday = new Date(now().getTime() - DAY_MS);
    await deleteExpiredCodes(db, yesterday);
    await deleteOldSessions(db, now());
  };
  return {
    async start() {
      timer = setInterval(() => {
        run().catch((error) => log.warn({ err: error }, 'cleaning up codes and sessions failed'));
      }, HOUR_MS).unref();
    },
    async stop() {
      clearInterval(timer);
    },
  };
}
