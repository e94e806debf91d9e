import type { Contact, EventEnvelope } from '@spacedly/contracts';
import { languageOf } from '../templates/catalogue.ts';
import type { StoredMessage } from '../templates/messages.ts';
import { formatInstant } from '../templates/times.ts';

/** What an event about an account or a business becomes: a line in the inbox and a mail. */
export interface AccountMessage {
  title: string;
  body: string;
  message: StoredMessage;
}

/** Null for every other event. */
export function planAccount(event: EventEnvelope, contact: Contact): AccountMessage | null {
  const { texts, locale } = languageOf(contact.locale);
  const { name, timeZone } = contact;
  const t = texts.account;
  switch (event.name) {
    case 'merchant.verified': {
      const { businessName } = event.data;
      const title = t.merchantVerified.subject(businessName);
      const message = { kind: 'merchant-verified', name, businessName } as const;
      return { title, body: t.merchantVerified.body(businessName), message };
    }
    case 'merchant.rejected': {
      const { businessName, reason } = event.data;
      const title = t.merchantRejected.subject(businessName);
      return { title, body: reason, message: { kind: 'merchant-rejected', name, businessName, reason } };
    }
    case 'export.ready': {
      const { exportId, expiresAt } = event.data;
      const body = t.exportReady.body(formatInstant(expiresAt, locale, timeZone));
      return {
        title: t.exportReady.subject,
        body,
        message: { kind: 'export-ready', name, exportId, expiresAt },
      };
    }
    default:
      return null;
  }
}
