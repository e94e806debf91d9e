import sendGrid from '@sendgrid/mail';
import type { Config } from '@spacedly/kit';
import { type OutgoingMessage, type Provider, ProviderError } from '../delivery/provider.ts';
import { unsubscribeHeaders } from './unsubscribe.ts';
import { connectionVerdict, httpVerdict, retryAfterMs } from './verdicts.ts';

const TIMEOUT_MS = 15_000;

interface Answer {
  code?: number | string;
  message?: string;
  response?: {
    headers?: Record<string, string>;
    body?: { errors?: { message?: string; field?: string | null }[] };
  };
}

/** What SendGrid says about the recipient's address means the address; other complaints mean the message or us. */
function verdictOf(error: Answer): ProviderError {
  const { response } = error;
  if (response === undefined || typeof error.code !== 'number') return connectionVerdict(error);
  const [first] = response.body?.errors ?? [];
  const text = `${error.code} ${first?.message ?? error.message ?? ''}`;
  if (error.code === 400 && /^personalizations\.0\.to\b/.test(first?.field ?? '')) {
    return new ProviderError('refused', text, { isBadAddress: true });
  }
  return httpVerdict(error.code, text, retryAfterMs(response.headers?.['retry-after'], Date.now()));
}

function parseSender(from: string): { email: string; name?: string } {
  const parts = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from);
  if (parts === null) return { email: from.trim() };
  const [, name = '', email = ''] = parts;
  return { email, ...(name !== '' && { name }) };
}

/** Mail through the API of SendGrid. */
export function createSendGrid({ SENDGRID_API_KEY, SENDGRID_BASE_URL, MAIL_FROM }: Config): Provider {
  // The library exports one service for all; its class hangs on it, but not in its types.
  const { MailService } = sendGrid as unknown as { MailService: new () => typeof sendGrid };
  const service = new MailService();
  service.setApiKey(SENDGRID_API_KEY as string);
  service.setTimeout(TIMEOUT_MS);
  const { client } = service as unknown as {
    client: { setDefaultRequest(name: string, value: string): void };
  };
  if (SENDGRID_BASE_URL !== undefined) client.setDefaultRequest('baseUrl', SENDGRID_BASE_URL);
  const from = parseSender(MAIL_FROM as string);
  return {
    name: 'sendgrid',
    channel: 'email',
    async send({ deliveryId, to, subject, text, html, unsubscribeUrl }: OutgoingMessage) {
      try {
        const [{ headers }] = await service.send({
          from,
          to,
          subject,
          text,
          html,
          customArgs: { deliveryId },
          headers: { 'X-Entity-Ref-ID': deliveryId, ...unsubscribeHeaders(unsubscribeUrl) },
          // Links in our mails sign people in: nobody else's server has to see them.
          trackingSettings: {
            clickTracking: { enable: false, enableText: false },
            openTracking: { enable: false },
          },
        });
        return { providerId: headers['x-message-id'] ?? deliveryId };
      } catch (error) {
        throw verdictOf(error as Answer);
      }
    },
  };
}
