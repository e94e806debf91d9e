import type { Channel, Rendered } from '../templates/messages.ts';

/** A finished message for a provider. `deliveryId` is the idempotency key: the same one is taken once. */
export interface OutgoingMessage extends Rendered {
  deliveryId: string;
  channel: Channel;
  to: string;
  /** The device of a push. */
  subscriptionId: string | null;
  /** Where one click takes the person off such messages (RFC 8058); null on what cannot be switched off. */
  unsubscribeUrl: string | null;
  /** Somebody waits for it at this moment. */
  isUrgent: boolean;
}

/** One way to send over one channel. */
export interface Provider {
  name: string;
  channel: Channel;
  /**
   * @returns the provider's own id of the message
   * @throws ProviderError when it did not take it, or may not have
   */
  send(message: OutgoingMessage): Promise<{ providerId: string }>;
  close?(): void;
}

/**
 * What a failure means. `refused`: this message will never be taken there, nor is it worth trying elsewhere.
 * `unavailable`: it was not taken now, which another provider may do, or this one later. `unknown`: it may have been
 * taken, so that only this provider can tell a repetition by its key.
 */
export type Verdict = 'refused' | 'unavailable' | 'unknown';

export class ProviderError extends Error {
  readonly verdict: Verdict;
  /** The address itself is bad: nothing is sent to it any more. */
  readonly isBadAddress: boolean;
  /** How long the provider asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(
    verdict: Verdict,
    message: string,
    { isBadAddress = false, retryAfterMs = 0 }: { isBadAddress?: boolean; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.name = 'ProviderError';
    this.verdict = verdict;
    this.isBadAddress = isBadAddress;
    this.retryAfterMs = retryAfterMs;
  }
}
