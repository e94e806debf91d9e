import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCommandLogger, explainStartError } from '@spacedly/kit';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { runRound } from './round.ts';
import { type Environment, type Installation, readInstallation } from './settings.ts';

/** What the clock sends: every minute for what falls due, every hour for the chores. */
export interface ClockEvent {
  every: 'minute' | 'hour';
}

export type WorkerHandler = (
  event: SQSEvent | ClockEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SQSBatchResponse>;

/** As `createWake` writes it. */
const wakeUp = z.object({ queues: z.array(z.string()).min(1) });

const MINUTE_MS = 60_000;
/** Kept back for ending in order: running jobs get ten seconds. */
const ENDING_MS = 20_000;

function isWakeUp(body: string): boolean {
  try {
    return wakeUp.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}

/**
 * Works until nothing waits. Messages only say that there is work: which, the database knows, so a batch is one round,
 * and a message that comes twice does no harm. What is no message of ours is given back, and ends in the dead letter
 * queue for somebody to look at; so does a batch whose round failed each time.
 */
export function createWorker(env: Environment): WorkerHandler {
  const faults = createCommandLogger('worker');
  let reading: Promise<Installation> | null = null;
  return async (event, context) => {
    const records = 'Records' in event ? event.Records : [];
    const broken = records.filter(({ body }) => !isWakeUp(body));
    const failed = (which: typeof records) => which.map(({ messageId }) => ({ itemIdentifier: messageId }));
    const isClock = 'every' in event;
    if (!isClock && broken.length === records.length) return { batchItemFailures: failed(broken) };
    const now = Date.now();
    try {
      reading ??= readInstallation(env, 'worker');
      await runRound(await reading, {
        stayUntil: isClock ? now + MINUTE_MS : now,
        endAt: now + context.getRemainingTimeInMillis() - ENDING_MS,
        chores: isClock && event.every === 'hour',
      });
    } catch (error) {
      // Read anew the next time: RDS changes the password that it manages.
      reading = null;
      faults.error({ err: error }, explainStartError(error) ?? 'a round of background work failed');
      // The clock's call is tried again by Lambda, messages by their queue.
      if (isClock) throw error;
      return { batchItemFailures: failed(records) };
    } finally {
      await nextTurn();
    }
    return { batchItemFailures: failed(broken) };
  };
}
