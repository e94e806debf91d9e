import type { BackgroundWork, Logger, Signals } from '@spacedly/kit';
import type { TasksDeps } from '../deps.ts';
import { CLAIM_LIMIT, dispatchDue } from './dispatch.ts';
import type { ReminderMeter } from './metrics.ts';
import { REMINDERS_CHANNEL } from './store.ts';
import { findNextDue } from './store-dispatch.ts';

/** Look at least this often: covers clock jumps and a signal lost with its connection. */
const MAX_SLEEP_MS = 15_000;
const RETRY_MS = 500;

/** A sleep that can be cut short. */
function createAlarm() {
  let ring: () => void = () => {};
  return {
    sleep: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    ring: () => ring(),
  };
}

/**
 * Sleeps until the next reminder is due and hands it over then. A new or moved reminder wakes it early through a
 * signal; nothing polls while nothing is due.
 */
export function reminderDispatcher(
  deps: Pick<TasksDeps, 'db' | 'outbox' | 'now'>,
  { signals, log, meter }: { signals: Signals; log: Logger; meter: ReminderMeter },
): BackgroundWork {
  const alarm = createAlarm();
  let isStopped = false;
  let wakesAt = 0;
  let isDirty = false;
  let running: Promise<void> = Promise.resolve();

  const wake = () => {
    isDirty = true;
    alarm.ring();
  };

  async function untilNext(): Promise<number> {
    const next = await findNextDue(deps.db);
    if (next === null) return MAX_SLEEP_MS;
    return Math.max(0, Math.min(next.getTime() - deps.now().getTime(), MAX_SLEEP_MS));
  }

  async function turn(): Promise<void> {
    isDirty = false;
    try {
      while (!isStopped && (await dispatchDue(deps, meter)) === CLAIM_LIMIT);
      const sleepMs = await untilNext();
      wakesAt = deps.now().getTime() + sleepMs;
      // A signal that came while we were looking would otherwise be slept through.
      if (!isDirty && !isStopped) await alarm.sleep(sleepMs);
    } catch (error) {
      log.warn({ err: error }, 'reminders could not be handed over; trying again');
      if (!isStopped) await alarm.sleep(RETRY_MS);
    }
  }

  async function loop(): Promise<void> {
    while (!isStopped) await turn();
  }

  return {
    async start() {
      const onScheduled = (scheduledAt: string) => {
        if (Date.parse(scheduledAt) < wakesAt) wake();
      };
      await signals.subscribe(REMINDERS_CHANNEL, onScheduled, wake);
      running = loop();
    },
    async stop() {
      isStopped = true;
      alarm.ring();
      await running;
    },
  };
}
