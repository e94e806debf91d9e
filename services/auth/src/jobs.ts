import type { BackgroundWork, Logger } from '@spacedly/kit';
import { deleteOldChanges } from './address-change/store.ts';
import { deleteExpiredCodes } from './codes/store.ts';
import type { AuthDeps } from './deps.ts';
import { DEVICE_IDLE_MS } from './devices/rules.ts';
import { deleteOldDevices } from './devices/store.ts';
import { deleteOldEvents } from './events-log/store.ts';
import { deleteOldCounters } from './limits/counters.ts';
import { deleteOldThrottles } from './limits/throttle.ts';
import { deleteExpiredLinks } from './links/store.ts';
import { deleteExpiredPasskeyChallenges } from './passkeys/store.ts';
import { deleteOldSessions, deleteRotatedTokens } from './sessions/store.ts';
import { deleteExpiredChallenges } from './signin/store.ts';
import { deleteEndedTokens } from './tokens/store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Long enough for their owner to see in the list why a script stopped. */
const ENDED_TOKENS_KEPT_MS = 30 * DAY_MS;
const EVENTS_KEPT_MS = 365 * DAY_MS;

/** Deletes what expired or no longer matters, hourly; two instances doing it at once do no harm. */
export function cleanup({ db, now }: AuthDeps, log: Logger): BackgroundWork {
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    const at = now();
    const before = (ageMs: number) => new Date(at.getTime() - ageMs);
    await deleteExpiredCodes(db, before(DAY_MS));
    await deleteExpiredLinks(db, at);
    await deleteExpiredChallenges(db, at);
    await deleteExpiredPasskeyChallenges(db, at);
    await deleteEndedTokens(db, before(ENDED_TOKENS_KEPT_MS));
    await deleteOldThrottles(db, before(2 * DAY_MS));
    await deleteOldDevices(db, before(DEVICE_IDLE_MS), at);
    await deleteOldChanges(db, at);
    await deleteOldEvents(db, before(EVENTS_KEPT_MS));
    await deleteOldCounters(db, before(2 * DAY_MS));
    await deleteRotatedTokens(db, at);
    await deleteOldSessions(db, at);
  };
  return {
    async start() {
      timer = setInterval(() => {
        run().catch((error) => log.warn({ err: error }, 'cleaning up what expired failed'));
      }, HOUR_MS).unref();
    },
    async stop() {
      clearInterval(timer);
    },
    chores: run,
  };
}
