import { Agent } from 'node:https';
import { createOutboundGuard, type Platform } from '@spacedly/kit';
import { type OutgoingMessage, type Provider, ProviderError } from '../delivery/provider.ts';
import type { VapidKeys } from '../push/keys.ts';
import { findSubscription } from '../push/store.ts';
import { connectionVerdict, pushVerdict, retryAfterMs } from './verdicts.ts';

const TIMEOUT_MS = 15_000;
/** A push service keeps a message that long for a device that is off. */
const KEEP_SECONDS = 86_400;
/** What every push service takes, with room for the padding and the frame around it (RFC 8291). */
const MAX_TEXT = 1_500;

export interface WebPushOptions {
  keys: () => Promise<VapidKeys>;
  /** Certificates to trust besides those of the system, PEM. */
  ca?: string;
}

interface PushFailure {
  statusCode?: number;
  body?: string;
  code?: string;
  message?: string;
  headers?: Record<string, string>;
}

function verdictOf({ statusCode, body = '', headers, ...error }: PushFailure): ProviderError {
  if (statusCode !== undefined) {
    const text = `${statusCode} ${body}`.trim();
    return pushVerdict(statusCode, text, retryAfterMs(headers?.['retry-after'], Date.now()));
  }
  if (error.code === 'EPRIVATE')
    return new ProviderError('refused', `${error.message}`, { isBadAddress: true });
  return connectionVerdict(error);
}

/** Who runs this installation, for push services that want to reach them (RFC 8292, section 2.1). */
function subjectOf({ PUBLIC_URL, MAIL_FROM }: Platform['config']): string {
  if (PUBLIC_URL.startsWith('https://')) return PUBLIC_URL;
  return `mailto:${/[^\s<>]+@[^\s<>]+/.exec(MAIL_FROM ?? '')?.[0] ?? 'postmaster@localhost'}`;
}

const payloadOf = ({ deliveryId, subject, text, url }: OutgoingMessage) =>
  JSON.stringify({ title: subject, body: text.slice(0, MAX_TEXT), url, tag: deliveryId });

/** Push messages to browsers (RFC 8030), encrypted for the device (RFC 8291). */
export function createWebPush(platform: Platform, { keys, ca }: WebPushOptions): Provider {
  const { config, database } = platform;
  const guard = createOutboundGuard(config.PRIVATE_HOSTS_ALLOWED);
  const agent = new Agent({ keepAlive: true, lookup: guard.lookup, ...(ca && { ca }) });
  const subject = subjectOf(config);
  return {
    name: 'web-push',
    channel: 'push',
    async send(message) {
      const { subscriptionId, deliveryId } = message;
      const row = subscriptionId === null ? undefined : await findSubscription(database.db, subscriptionId);
      if (row === undefined) throw new ProviderError('refused', 'the device is no longer subscribed');
      const refusal = guard.refusalOf(row.endpoint);
      if (refusal !== null) throw new ProviderError('refused', refusal, { isBadAddress: true });
      const { endpoint, p256dh, auth } = row;
      const options = {
        vapidDetails: { subject, ...(await keys()) },
        TTL: KEEP_SECONDS,
        urgency: 'high' as const,
        // A repetition replaces the first one while the device is off.
        topic: deliveryId.replaceAll('-', ''),
        timeout: TIMEOUT_MS,
        agent,
      };
      const { default: webPush } = await import('web-push');
      try {
        const { headers } = await webPush.sendNotification(
          { endpoint, keys: { p256dh, auth } },
          payloadOf(message),
          options,
        );
        return { providerId: headers.location ?? deliveryId };
      } catch (error) {
        throw verdictOf(error as PushFailure);
      }
    },
    close: () => agent.destroy(),
  };
}
