import type { Config } from '@spacedly/kit';
import nodemailer from 'nodemailer';
import type { OutgoingMessage, Provider } from '../delivery/provider.ts';
import { composeMail, parseSender } from './mime.ts';
import { unsubscribeHeaders } from './unsubscribe.ts';
import { type SmtpFailure, smtpVerdict } from './verdicts.ts';

export interface SmtpOptions
  extends Pick<Config, 'SMTP_URL' | 'SMTP_REQUIRE_TLS' | 'MAIL_FROM' | 'PUBLIC_URL'> {
  /** Certificates to trust besides those of the system, PEM. */
  ca?: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const CONNECTIONS = 5;
const CONNECT_MS = 10_000;
const SILENCE_MS = 15_000;

function createTransport({ SMTP_URL, SMTP_REQUIRE_TLS, ca }: SmtpOptions) {
  const url = new URL(SMTP_URL as string);
  const isSecure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return nodemailer.createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && (SMTP_REQUIRE_TLS ?? !LOOPBACK.has(url.hostname)),
    ...(user !== '' && { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    tls: { rejectUnauthorized: true, ...(ca && { ca }) },
    // Nothing in a message may make us read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Connects and signs in, as before a mail. @throws the error of the mail server */
export async function verifySmtp(options: SmtpOptions): Promise<void> {
  const transport = createTransport(options);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

/** Mail through a server of one's own, over a pool of connections. */
export function createSmtp(options: SmtpOptions): Provider {
  const transport = createTransport(options);
  const { hostname } = new URL(options.PUBLIC_URL);
  const sender = parseSender(options.MAIL_FROM as string);
  return {
    name: 'smtp',
    channel: 'email',
    async send({ deliveryId, to, subject, text, html, unsubscribeUrl }: OutgoingMessage) {
      // The key by which a server tells a repetition (RFC 5322, section 3.6.4).
      const messageId = `<${deliveryId}@${hostname}>`;
      try {
        const headers = {
          From: sender,
          // As parts, so that nothing in the address is read as a list or a name.
          To: { name: '', address: to },
          Subject: subject,
          'Message-ID': messageId,
          'Auto-Submitted': 'auto-generated',
          ...unsubscribeHeaders(unsubscribeUrl),
        };
        const { response } = await transport.sendMail({ ...composeMail({ headers, text, html }), messageId });
        return { providerId: /queued as (\S+)/i.exec(response)?.[1] ?? messageId };
      } catch (error) {
        throw smtpVerdict(error as SmtpFailure);
      }
    },
    close: () => transport.close(),
  };
}
