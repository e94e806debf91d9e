import type { Channel, Rendered } from '../templates/messages.ts';

/** A finished message for a provider. `deliveryId` is the idempotency key: the same one is taken once. */
export interface OutgoingMessage extends Rendered {
  deliveryId: string;
  channel: Channel;
  to: string;
}

/** One way to send over one channel. */
export interface Provider {
  name: string;
  channel: Channel;
  /** @returns the provider's own id of the message; @throws Error when it did not take it */
  send(message: OutgoingMessage): Promise<{ providerId: string }>;
}
