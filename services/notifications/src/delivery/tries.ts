import { DELIVERY_QUEUE, PermanentJobError, type Platform } from '@spacedly/kit';
import { singleLine } from '../templates/escape.ts';
import { createMessageCounter } from './metrics.ts';
import { type OutgoingMessage, type Provider, ProviderError } from './provider.ts';
import { MAX_TRIES, mayFailOver, retryDelayMs } from './rules.ts';
import {
  type DeliveryRow,
  liftSuppression,
  moveToNextTry,
  recordSteps,
  type Step,
  suppress,
} from './store.ts';

export interface Attempt {
  delivery: DeliveryRow;
  message: OutgoingMessage;
  /** Providers in order. */
  ways: readonly Provider[];
  thisTry: number;
}

type Outcome = { providerId: string } | { failure: ProviderError };

const MAX_ERROR_LENGTH = 500;
/** Longer than the timeouts of the providers themselves: for one that never answers at all. */
const SEND_MS = 40_000;

function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  return new ProviderError('unknown', (error as Error).message);
}

async function handOver(provider: Provider, message: OutgoingMessage): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    // The error is made when it is needed: its stack is not free.
    const end = () =>
      resolve({ failure: new ProviderError('unknown', `no answer within ${SEND_MS / 1_000} s`) });
    timer = setTimeout(end, SEND_MS);
  });
  const sent = provider.send(message).catch((error) => ({ failure: toProviderError(error) }));
  const outcome = await Promise.race([sent, late]);
  clearTimeout(timer);
  return outcome;
}

/** Tries a message with its providers in order, and settles what comes next. */
export function createTries(platform: Platform, record: (step: Step) => Promise<void>) {
  const { database, jobs, log, now, tracing } = platform;
  const countMessage = createMessageCounter(platform.metrics);

  /** Final: the provider will never take it. */
  async function refuse(
    delivery: DeliveryRow,
    provider: string,
    failure: ProviderError,
    step: Step,
  ): Promise<void> {
    const { channel, address, subscriptionId } = delivery;
    const row = { channel, address, provider, reason: failure.message.slice(0, MAX_ERROR_LENGTH), at: now() };
    await database.db.transaction(async (tx) => {
      await recordSteps(tx, [step]);
      if (failure.isBadAddress) await suppress(tx, row, subscriptionId);
    });
  }

  /** The failures of a try and the job of the next one commit together, so that neither is lost or doubled. */
  async function retryLater(attempt: Attempt, failed: Step[], retryAfterMs: number): Promise<void> {
    const { delivery, message, thisTry } = attempt;
    const waitMs = Math.max(retryDelayMs(thisTry, message.isUrgent, Math.random()), retryAfterMs);
    const startAfter = new Date(now().getTime() + waitMs);
    const job = { deliveryId: delivery.id, try: thisTry + 1 };
    await database.db.transaction(async (tx) => {
      await recordSteps(tx, failed);
      if (await moveToNextTry(tx, delivery.id, thisTry + 1)) {
        await jobs.enqueue(tx, DELIVERY_QUEUE, [job], { startAfter });
      }
    });
  }

  async function giveUp({ delivery }: Attempt, failed: Step[], reason: string): Promise<never> {
    await database.db.transaction(async (tx) => {
      await recordSteps(tx, failed);
      await recordSteps(tx, [{ deliveryId: delivery.id, step: 'dead', error: reason, at: now() }]);
    });
    throw new PermanentJobError(reason);
  }

  return async (attempt: Attempt): Promise<void> => {
    const { delivery, message, ways, thisTry } = attempt;
    const failed: Step[] = [];
    let retryAfterMs = 0;
    for (const provider of ways) {
      const startedAt = performance.now();
      const name = `send ${provider.channel} ${provider.name}`;
      const outcome = await tracing.span(name, { kind: 'client' }, () => handOver(provider, message));
      countMessage(provider, 'providerId' in outcome ? 'sent' : outcome.failure.verdict);
      const latencyMs = Math.round(performance.now() - startedAt);
      const about = { deliveryId: delivery.id, provider: provider.name, latencyMs, at: now() };
      if ('providerId' in outcome) {
        // Failures of this try stay in the log: they say why it took another provider.
        if (failed.length > 0) await database.db.transaction((tx) => recordSteps(tx, failed));
        await record({ ...about, step: 'sent', providerId: outcome.providerId });
        if (delivery.suppressedAt !== null)
          await liftSuppression(database.db, delivery.channel, delivery.address);
        return;
      }
      const { failure } = outcome;
      const error = singleLine(failure.message).slice(0, MAX_ERROR_LENGTH);
      if (failure.verdict === 'refused') {
        return refuse(delivery, provider.name, failure, { ...about, step: 'refused', error });
      }
      log.info(
        { ...about, verdict: failure.verdict, error, try: thisTry },
        'a provider did not take a message',
      );
      failed.push({ ...about, step: 'failed', error });
      retryAfterMs = Math.max(retryAfterMs, failure.retryAfterMs);
      if (!mayFailOver(failure.verdict, thisTry, message.isUrgent)) break;
    }
    if (thisTry < MAX_TRIES) return retryLater(attempt, failed, retryAfterMs);
    await giveUp(attempt, failed, failed.at(-1)?.error ?? 'no provider took it');
  };
}
