import type { Content, StoredMessage } from '../templates/messages.ts';

/** Whether a message still helps: a code that has expired only confuses. */
export function isWorthSending(message: StoredMessage, now: Date): boolean {
  return message.kind !== 'code' || Date.parse(message.expiresAt) > now.getTime();
}

const SEALED = /^sealed([A-Z])/;

/** Opens what was sealed; the result must not be stored or logged. */
export function openContent(message: StoredMessage, open: (sealed: string) => string): Content {
  const opened = Object.entries(message).flatMap(([field, value]) => {
    if (value === undefined) return [];
    if (!SEALED.test(field)) return [[field, value]];
    const name = field.replace(SEALED, (_, first: string) => first.toLowerCase());
    return [[name, typeof value === 'string' ? open(value) : value]];
  });
  return Object.fromEntries(opened) as Content;
}
