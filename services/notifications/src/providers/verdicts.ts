import { ProviderError } from '../delivery/provider.ts';

interface Failure {
  message?: string;
  /** Of the socket or the library. */
  code?: unknown;
}

/** Failures before a connection stood, so that nothing can have been taken. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EDNS',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPROXY',
  'ETLS',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const textOf = ({ message }: Failure) => message ?? 'it did not work';
const RETRY_AFTER_MAX_MS = 3_600_000;

/** A `Retry-After` header in milliseconds (RFC 9110, section 10.2.3); 0 where there is none that makes sense. */
export function retryAfterMs(header: unknown, now: number): number {
  if (typeof header !== 'string' || header === '') return 0;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), RETRY_AFTER_MAX_MS) : 0;
}

/** A failure without an answer. */
export function connectionVerdict(error: Failure): ProviderError {
  const verdict = NOT_CONNECTED.has(String(error.code)) ? 'unavailable' : 'unknown';
  return new ProviderError(verdict, textOf(error));
}

const NEVER_STOOD =
  /^(connect |Greeting never received|Connection timeout|getaddrinfo )|certificate|SSL routines|queryA/;

export interface SmtpFailure extends Failure {
  /** The reply code of the server. */
  responseCode?: number;
  /** What was being said to it. */
  command?: string;
}

/**
 * What an SMTP failure means (RFC 5321, section 4.2.1; enhanced codes of RFC 3463). Judged by the reply code and the
 * command it answered: a server that refuses our sender or our password says nothing about the recipient.
 */
export function smtpVerdict(error: SmtpFailure): ProviderError {
  const { responseCode, command = '' } = error;
  const text = textOf(error);
  if (responseCode === undefined) {
    // The library says CONN of a line that was lost at any moment, also after the message: only where it names a
    // command before the message, or a connection that never stood, can nothing have been taken.
    const isBefore = !['CONN', 'DATA', ''].includes(command) || NEVER_STOOD.test(text);
    return isBefore ? new ProviderError('unavailable', text) : connectionVerdict(error);
  }
  if (responseCode < 500 || !/^(RCPT TO|DATA)/.test(command)) return new ProviderError('unavailable', text);
  // 5.7.x is a policy against us, such as a block list: it can be lifted, and the address is good.
  const isBadAddress = command.startsWith('RCPT TO') && !/\b5\.7\.\d+\b/.test(text);
  return new ProviderError('refused', text, { isBadAddress });
}

/** What an HTTP answer of an API means, apart from what the API says in its own codes. */
export function httpVerdict(status: number, text: string, waitMs = 0): ProviderError {
  // 401 and 403 are about our account: another provider may still take the message.
  const isOurs = status === 401 || status === 403 || status === 404;
  const isTransient = status === 408 || status === 429 || status >= 500;
  if (isTransient || isOurs) return new ProviderError('unavailable', text, { retryAfterMs: waitMs });
  return new ProviderError('refused', text);
}

/** Codes of Twilio for numbers that will never get an SMS: invalid, a landline, opted out. */
const TWILIO_BAD_NUMBER = new Set([21211, 21214, 21217, 21610, 21614, 30006]);
/** Codes for what our account may not do, such as sending to a country. */
const TWILIO_OURS = new Set([20003, 21408, 21606, 21612, 21659]);

export function twilioVerdict(status: number, code: number, text: string, waitMs = 0): ProviderError {
  if (TWILIO_BAD_NUMBER.has(code)) return new ProviderError('refused', text, { isBadAddress: true });
  if (TWILIO_OURS.has(code)) return new ProviderError('unavailable', text);
  return httpVerdict(status, text, waitMs);
}

/** Push services (RFC 8030, section 7.3): 404 and 410 mean that the subscription is no more. */
export function pushVerdict(status: number, text: string, waitMs = 0): ProviderError {
  if (status === 404 || status === 410) return new ProviderError('refused', text, { isBadAddress: true });
  // 401 and 403: the subscription was made for other keys than ours.
  if (status === 401 || status === 403) return new ProviderError('refused', text, { isBadAddress: true });
  return httpVerdict(status, text, waitMs);
}
