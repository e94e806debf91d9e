import type { Platform } from '@spacedly/kit';
import { z } from 'zod';
import { batched } from '../batch.ts';
import { singleLine } from '../templates/escape.ts';
import { type Channel, storedMessage } from '../templates/messages.ts';
import { render } from '../templates/render.ts';
import type { Provider } from './provider.ts';
import { isWorthSending, openContent } from './rules.ts';
import { type DeliveryRow, findDeliveries, recordSteps, type Step } from './store.ts';

const deliveryJob = z.object({ deliveryId: z.uuid() });

/** Chooses the provider of a channel. @throws Error when there is none */
export type ChooseProvider = (channel: Channel) => Provider;

/** Deliveries read or written down in one statement at most. */
const MAX_DELIVERIES = 100;
const MAX_ERROR_LENGTH = 500;

/** Providers by channel. That one is missing is logged once per channel, not once per message. */
export function createChooser(providers: readonly Provider[], log: Platform['log']): ChooseProvider {
  const complained = new Set<Channel>();
  return (channel) => {
    const provider = providers.find((candidate) => candidate.channel === channel);
    if (provider !== undefined) return provider;
    const problem = `no provider is configured for ${channel}: its messages cannot be sent`;
    if (!complained.has(channel)) log.error({ channel }, problem);
    complained.add(channel);
    throw new Error(problem);
  };
}

function renderDelivery({ config, secrets, now }: Platform, delivery: DeliveryRow) {
  const message = storedMessage.parse(delivery.message);
  const { locale, timeZone } = delivery;
  const context = { publicUrl: config.PUBLIC_URL, locale, timeZone, now: now() };
  return render(delivery.channel, openContent(message, secrets.open), context);
}

function createLog({ database: { db } }: Platform) {
  const find = batched<string, DeliveryRow | undefined>(async (ids) => {
    const rows = new Map((await findDeliveries(db, ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id));
  }, MAX_DELIVERIES);
  const record = batched<Step, void>(async (steps) => {
    await recordSteps(db, steps);
    return [];
  }, MAX_DELIVERIES);
  return { find, record };
}

type RecordStep = ReturnType<typeof createLog>['record'];

async function send(
  platform: Platform,
  choose: ChooseProvider,
  record: RecordStep,
  delivery: DeliveryRow,
): Promise<void> {
  const { log, now } = platform;
  const { id: deliveryId, channel, address: to } = delivery;
  const startedAt = performance.now();
  const outcome = () => ({ deliveryId, latencyMs: Math.round(performance.now() - startedAt), at: now() });
  let provider: string | undefined;
  let providerId: string;
  try {
    const chosen = choose(channel);
    provider = chosen.name;
    const message = { deliveryId, channel, to, ...renderDelivery(platform, delivery) };
    ({ providerId } = await chosen.send(message));
  } catch (cause) {
    const error = singleLine((cause as Error).message).slice(0, MAX_ERROR_LENGTH);
    await record({ ...outcome(), step: 'failed', provider, error }).catch((err) =>
      log.warn({ err, deliveryId }, 'a failed delivery could not be written down'),
    );
    throw cause;
  }
  await record({ ...outcome(), step: 'sent', provider, providerId });
}

/**
 * Makes the handler that sends one delivery and writes down how it went. One that was sent is not sent again; a
 * crash between the provider and the record leads to a second hand-over with the same idempotency key. It throws
 * when the provider did not take the message, so that the job is tried again.
 */
export function createDelivery(platform: Platform, choose: ChooseProvider): (data: unknown) => Promise<void> {
  const { log, now } = platform;
  const { find, record } = createLog(platform);
  return async (data) => {
    const { deliveryId } = deliveryJob.parse(data);
    const delivery = await find(deliveryId);
    if (delivery === undefined) {
      log.info({ deliveryId }, 'nothing to deliver: it was deleted');
      return;
    }
    if (delivery.status === 'sent' || delivery.status === 'expired') return;
    if (isWorthSending(storedMessage.parse(delivery.message), now())) {
      await send(platform, choose, record, delivery);
    } else {
      await record({ deliveryId, step: 'expired', at: now() });
    }
  };
}
