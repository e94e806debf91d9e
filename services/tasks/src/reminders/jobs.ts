import { type BackgroundWork, createAlarm, type Logger, type Signals } from '@spacedly/kit';
import type { TasksDeps } from '../deps.ts';
import { CLAIM_LIMIT, dispatchDue } from './dispatch.ts';
import type { ReminderMeter } from './metrics.ts';
import { REMINDERS_CHANNEL } from './store.ts';
import { findNextDue } from './store-dispatch.ts';

/** Look at least this often: covers clock jumps and a signal lost with its connection. */
const MAX_SLEEP_MS = 15_000;
const RETRY_MS = 500;

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
  /** A signal of anything before it matters; while it is awake any does, as nobody knows what it has seen. */
  let wakesAt = Number.POSITIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();

  async function untilNext(): Promise<number> {
    const next = await findNextDue(deps.db);
    if (next === null) return MAX_SLEEP_MS;
    return Math.max(0, Math.min(next.getTime() - deps.now().getTime(), MAX_SLEEP_MS));
  }

  async function sleep(sleepMs: number): Promise<void> {
    wakesAt = deps.now().getTime() + sleepMs;
    await alarm.sleep(sleepMs);
    wakesAt = Number.POSITIVE_INFINITY;
  }

  async function turn(): Promise<void> {
    alarm.reset();
    try {
      while (!isStopped && (await dispatchDue(deps, meter)) === CLAIM_LIMIT);
      await sleep(await untilNext());
    } catch (error) {
      log.warn({ err: error }, 'reminders could not be handed over; trying again');
      if (!isStopped) await sleep(RETRY_MS);
    }
  }

  async function loop(): Promise<void> {
    while (!isStopped) await turn();
  }

  return {
    async start() {
      const onScheduled = (scheduledAt: string) => {
        if (Date.parse(scheduledAt) < wakesAt) alarm.ring();
      };
      await signals.subscribe(REMINDERS_CHANNEL, onScheduled, () => alarm.ring());
      running = loop();
    },
    async stop() {
      isStopped = true;
      alarm.ring();
      await running;
    },
    nextDue: () => findNextDue(deps.db),
  };
}
