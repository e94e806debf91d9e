import type { Config } from '@spacedly/kit';
import type { OutgoingMessage, Provider } from '../delivery/provider.ts';
import { connectionVerdict, retryAfterMs, twilioVerdict } from './verdicts.ts';

const TIMEOUT_MS = 15_000;

interface TwilioRequest {
  method: string;
  uri: string;
  username?: string;
  password?: string;
  headers?: object;
  data?: Record<string, unknown>;
}

/**
 * Carries a request of the SDK to where the API is, with the key of the delivery. The SDK's own carrier knows neither
 * another address nor headers of ours.
 */
function createCarrier(
  baseUrl: string | undefined,
  deliveryId: string,
  heard: (header: string | null) => void,
) {
  return {
    async request({ method, uri, username, password, headers, data }: TwilioRequest) {
      const { pathname, search, origin } = new URL(uri);
      const credentials = Buffer.from(`${username}:${password}`).toString('base64');
      const form = new URLSearchParams();
      for (const [name, value] of Object.entries(data ?? {}))
        if (value != null) form.append(name, String(value));
      const response = await fetch(`${baseUrl ?? origin}${pathname}${search}`, {
        method,
        headers: {
          ...(headers as Record<string, string>),
          authorization: `Basic ${credentials}`,
          'content-type': 'application/x-www-form-urlencoded',
          'i-twilio-idempotency-token': deliveryId,
        },
        body: form,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      heard(response.headers.get('retry-after'));
      const text = await response.text();
      return { statusCode: response.status, body: text === '' ? {} : JSON.parse(text), headers: {} };
    },
  };
}

interface TwilioFailure {
  status?: number;
  code?: unknown;
  message?: string;
  cause?: { code?: unknown };
}

/** SMS through Twilio. Its library is large, so it is loaded with the first message. */
export function createTwilio(config: Config): Provider {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM, TWILIO_BASE_URL } = config;
  const from = TWILIO_FROM as string;
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
  let library: Promise<typeof import('twilio')> | undefined;
  return {
    name: 'twilio',
    channel: 'sms',
    async send({ deliveryId, to, text }: OutgoingMessage) {
      library ??= import('twilio').then((module) => module.default as unknown as typeof import('twilio'));
      const twilio = await library;
      let retryAfter: string | null = null;
      const httpClient = createCarrier(TWILIO_BASE_URL?.replace(/\/$/, ''), deliveryId, (header) => {
        retryAfter = header;
      });
      try {
        const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, { httpClient: httpClient as never });
        const { sid } = await client.messages.create({ to, body: text, ...sender });
        return { providerId: sid };
      } catch (error) {
        const { status, code, message = '', cause } = error as TwilioFailure;
        if (typeof status !== 'number') throw connectionVerdict({ message, code: cause?.code ?? code });
        throw twilioVerdict(
          status,
          Number(code),
          `${status} ${message}`,
          retryAfterMs(retryAfter, Date.now()),
        );
      }
    },
  };
}
