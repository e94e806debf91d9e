import type { Platform } from '@spacedly/kit';
import { z } from 'zod';
import type { Channel } from '../fanout/rules.ts';
import { storedMessage } from '../templates/messages.ts';
import { render } from '../templates/render.ts';
import type { Provider } from './provider.ts';
import { isWorthSending, openContent } from './rules.ts';
import { type DeliveryRow, findDelivery, recordStep, type Step } from './store.ts';

const deliveryJob = z.object({ deliveryId: z.uuid() });

/** Chooses the provider of a channel. @throws Error when there is none */
export type ChooseProvider = (channel: Channel) => Provider;

/** Providers by channel. That one is missing is logged once per channel, not once per message. */
export function createChooser(providers: readonly Provider[], log: Platform['log']): ChooseProvider {
  const complained = new Set<Channel>();
  return (channel) => {
    const provider = providers.find((candidate) => candidate.channel === channel);
    if (provider !== undefined) return provider;
    if (!complained.has(channel)) {
      complained.add(channel);
      log.error({ channel }, `no provider is configured for ${channel}: its messages cannot be sent`);
    }
    throw new Error(`no provider is configured for ${channel}`);
  };
}

function renderDelivery({ config, secrets, now }: Platform, delivery: DeliveryRow) {
  const message = storedMessage.parse(delivery.message);
  const { locale, timeZone } = delivery;
  const context = { publicUrl: config.PUBLIC_URL, locale, timeZone, now: now() };
  return render(delivery.channel, openContent(message, secrets.open), context);
}

async function send(platform: Platform, choose: ChooseProvider, delivery: DeliveryRow): Promise<void> {
  const { database, log, now } = platform;
  const { id: deliveryId, channel, address: to } = delivery;
  const startedAt = performance.now();
  const record = (step: Step) => {
    const latencyMs = Math.round(performance.now() - startedAt);
    return recordStep(database.db, { ...step, latencyMs, deliveryId, now: now() });
  };
  let provider: string | undefined;
  let providerId: string;
  try {
    const chosen = choose(channel);
    provider = chosen.name;
    const message = { deliveryId, channel, to, ...renderDelivery(platform, delivery) };
    ({ providerId } = await chosen.send(message));
  } catch (error) {
    await record({ step: 'failed', provider, error: (error as Error).message }).catch((cause) =>
      log.warn({ err: cause, deliveryId }, 'a failed delivery could not be written down'),
    );
    throw error;
  }
  await record({ step: 'sent', provider, providerId });
}

/**
 * Sends one delivery and writes down how it went. One that was sent is not sent again; a crash between the
 * provider and the record leads to a second hand-over with the same idempotency key.
 * @throws Error when the provider did not take it, so that the job is tried again
 */
export async function deliver(platform: Platform, choose: ChooseProvider, data: unknown): Promise<void> {
  const { database, log, now } = platform;
  const { deliveryId } = deliveryJob.parse(data);
  const delivery = await findDelivery(database.db, deliveryId);
  if (delivery === undefined) {
    log.info({ deliveryId }, 'nothing to deliver: it was deleted');
    return;
  }
  if (delivery.status === 'sent' || delivery.status === 'expired') return;
  if (!isWorthSending(storedMessage.parse(delivery.message), now())) {
    await recordStep(database.db, { step: 'expired', deliveryId, now: now() });
    return;
  }
  await send(platform, choose, delivery);
}
