import type { Platform } from '@spacedly/kit';
import { type ActionLinks, storedMessage } from '../templates/messages.ts';
import { render } from '../templates/render.ts';
import type { OutgoingMessage } from './provider.ts';
import { isUrgent, openContent } from './rules.ts';
import type { DeliveryRow } from './store.ts';

/** Links that a message carries besides those of its template, signed for the person it goes to. */
export interface MakeLinks {
  /** Null on what cannot be switched off. */
  unsubscribe(delivery: DeliveryRow): string | null;
  /** Addresses by which the person acts on a reminder without signing in; null on other messages. */
  actions(delivery: DeliveryRow): ActionLinks | null;
}

/** Makes a message ready for any provider of its channel: texts in the person's language, seals opened. */
export function createOutgoing({ config, secrets, now }: Platform, links: MakeLinks) {
  return (delivery: DeliveryRow): OutgoingMessage => {
    const stored = storedMessage.parse(delivery.message);
    const { id: deliveryId, channel, address: to, subscriptionId, locale, timeZone } = delivery;
    const unsubscribeUrl = links.unsubscribe(delivery);
    const actions = links.actions(delivery);
    const context = { publicUrl: config.PUBLIC_URL, locale, timeZone, now: now(), unsubscribeUrl, actions };
    const rendered = render(channel, openContent(stored, secrets.open), context);
    return {
      ...rendered,
      deliveryId,
      channel,
      to,
      subscriptionId,
      unsubscribeUrl,
      isUrgent: isUrgent(stored),
    };
  };
}
