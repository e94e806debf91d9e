import { PermanentJobError, type Platform } from '@spacedly/kit';
import { z } from 'zod';
import { batched } from '../batch.ts';
import type { Providers } from '../providers/index.ts';
import { storedMessage } from '../templates/messages.ts';
import { createOutgoing, type MakeLinks } from './outgoing.ts';
import { isStale, isSuppressed, isWorthSending } from './rules.ts';
import { type DeliveryRow, findDeliveries, recordSteps, type Step } from './store.ts';
import { createTries } from './tries.ts';

/** The data of a job on the delivery queue; `try` counts from 1. */
export const deliveryJob = z.object({ deliveryId: z.uuid(), try: z.int().min(1).default(1) });

/** Deliveries read or written down in one statement at most. */
const MAX_DELIVERIES = 100;
/**
 * How long what a provider said waits to be written down with what others are about to say. A process that is killed
 * meanwhile hands those messages over once more, under the same keys, as it does with those on their way.
 */
const LINGER_MS = 20;

function createLog({ database: { db } }: Platform) {
  const find = batched<string, DeliveryRow | undefined>(async (ids) => {
    const rows = new Map((await findDeliveries(db, ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id));
  }, MAX_DELIVERIES);
  const record = batched<Step, void>(
    async (steps) => {
      await recordSteps(db, steps);
      return [];
    },
    MAX_DELIVERIES,
    LINGER_MS,
  );
  return { find, record };
}

/** Why nothing is to be sent, or null. */
function reasonNotToSend(delivery: DeliveryRow, now: Date): 'expired' | 'suppressed' | null {
  if (!isWorthSending(storedMessage.parse(delivery.message), now)) return 'expired';
  return isSuppressed(delivery.suppressedAt, delivery.type === 'security', now) ? 'suppressed' : null;
}

/**
 * Makes the handler that sends one delivery and writes down how it went. One that was sent is not sent again; a
 * crash between the provider and the record leads to a second hand-over with the same idempotency key. What could not
 * be sent now comes again as a job of its own; after the last try it throws, for the dead letter queue.
 */
export function createDelivery(
  platform: Platform,
  providers: Providers,
  links: MakeLinks,
): (data: unknown) => Promise<void> {
  const { log, now } = platform;
  const { find, record } = createLog(platform);
  const outgoing = createOutgoing(platform, links);
  const tryAll = createTries(platform, record);
  return async (data) => {
    const job = deliveryJob.parse(data);
    const { deliveryId } = job;
    const delivery = await find(deliveryId);
    if (delivery === undefined) {
      log.info({ deliveryId }, 'nothing to deliver: it was deleted');
      return;
    }
    if (isStale(delivery, job.try)) return;
    const reason = reasonNotToSend(delivery, now());
    if (reason !== null) return record({ deliveryId, step: reason, at: now() });
    const ways = providers.of(delivery.channel, delivery.subscriptionId);
    if (ways.length === 0) {
      const error = `no provider is configured for ${delivery.channel}`;
      await record({ deliveryId, step: 'dead', error, at: now() });
      throw new PermanentJobError(error);
    }
    // A dead letter that an admin sends again has all its tries before it.
    const thisTry = delivery.status === 'dead' ? 1 : job.try;
    await tryAll({ delivery, message: outgoing(delivery), ways, thisTry });
  };
}
