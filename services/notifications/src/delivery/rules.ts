import type { Content, StoredMessage } from '../templates/messages.ts';

/** Whether a message still helps: a code that has expired only confuses. */
export function isWorthSending(message: StoredMessage, now: Date): boolean {
  return message.kind !== 'code' || Date.parse(message.expiresAt) > now.getTime();
}

/** Opens what was sealed; the result must not be stored or logged. */
export function openContent(message: StoredMessage, open: (sealed: string) => string): Content {
  if (message.kind !== 'code') return message;
  const { sealedCode, sealedLink, ...facts } = message;
  const link = sealedLink === undefined ? {} : { link: open(sealedLink) };
  return { ...facts, code: open(sealedCode), ...link };
}
