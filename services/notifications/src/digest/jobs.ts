import { type BackgroundWork, USER_CHANGED_CHANNEL } from '@spacedly/kit';
import { releaseHeld } from '../held/service.ts';
import { applyRetention } from '../retention.ts';
import { type DigestDeps, sendDue } from './service.ts';
import { lookAgain } from './store.ts';

const POLL_MS = 15_000;
/** Every this many polls: about an hour. */
const RETENTION_POLLS = 240;

/**
 * Sends digests and lets out what was held back when its time has come, and removes what has outlived its own. Safe on
 * several processes at once.
 */
export function timedWork(deps: DigestDeps): BackgroundWork {
  const { platform } = deps;
  const { log, signals, database, now } = platform;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  let polls = 0;
  let unsubscribe = () => {};

  async function repeat(work: () => Promise<boolean>, what: string): Promise<void> {
    try {
      while (!isStopped && (await work()));
    } catch (error) {
      log.warn({ err: error }, `${what} could not be done; trying again`);
    }
  }

  async function turn(): Promise<void> {
    await repeat(() => releaseHeld(platform), 'letting out held messages');
    await repeat(() => sendDue(deps), 'sending digests');
    if (polls++ % RETENTION_POLLS === 0)
      await repeat(() => applyRetention(platform), 'removing old messages');
  }

  return {
    async start() {
      // A new zone moves the morning. The look itself asks for the zone, so a lost signal costs one day at most.
      unsubscribe = await signals.subscribe(USER_CHANGED_CHANNEL, (userId) => {
        lookAgain(database.db, [userId], now()).catch((error) =>
          log.warn({ err: error, userId }, 'the time of a digest could not be moved'),
        );
      });
      running = turn();
      timer = setInterval(() => {
        running = running.then(turn);
      }, POLL_MS).unref();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      unsubscribe();
      await running;
    },
  };
}
