import { encode as base64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import MimeNode, {
  type MimeNodeAddress,
  type MimeNodeEnvelope,
  type MimeNodeHeaders,
} from 'nodemailer/lib/mime-node';
import { encode as quoted, wrap as wrapQuoted } from 'nodemailer/lib/qp';

export interface MailParts {
  headers: MimeNodeHeaders;
  text: string;
  html: string;
}

/** In no encoded body: quoted-printable writes `=` as `=3D`, and base64 has no `_` (RFC 2045, section 6.7). */
const BOUNDARY = '=_alternative';

/** Where more than a tenth is added by letters of several bytes, base64 is the shorter of the two. */
const MAX_BYTES_A_CHARACTER = 1.1;

/** A form of the mail: readable as it stands in the languages of Latin letters. */
function part(type: string, text: string): string {
  const lines = text.replaceAll(/\r?\n/g, '\r\n');
  const isLatin = Buffer.byteLength(lines) <= MAX_BYTES_A_CHARACTER * lines.length;
  const [encoding, body] = isLatin
    ? ['quoted-printable', wrapQuoted(quoted(lines))]
    : ['base64', wrapBase64(base64(lines))];
  return `--${BOUNDARY}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;
}

/**
 * A mail in its two forms, whole: nodemailer writes the headers, as what people wrote stands in them, and encodes the
 * forms. Handed to it in parts, each mail passes through a dozen streams and leaves in as many writes: 0.47 ms of a core
 * instead of 0.1.
 */
export function composeMail({ headers, text, html }: MailParts): { raw: Buffer; envelope: MimeNodeEnvelope } {
  // With a base of its own it draws no random one.
  const root = new MimeNode(`multipart/alternative; boundary="${BOUNDARY}"`, { baseBoundary: BOUNDARY });
  root.setHeader(headers);
  const parts = part('text/plain', text) + part('text/html', html);
  const raw = Buffer.from(`${root.buildHeaders()}\r\n\r\n${parts}--${BOUNDARY}--\r\n`);
  return { raw, envelope: root.getEnvelope() };
}

/** The sender as the settings name it, with or without a name. */
export function parseSender(from: string): MimeNodeAddress | undefined {
  return new MimeNode(false).setHeader('From', from).getAddresses().from?.[0];
}
