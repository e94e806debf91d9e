import type { Contact, Notification } from '@spacedly/contracts';
import { languageOf } from '../templates/catalogue.ts';
import { type Channel, MESSAGE_TYPES, type StoredMessage } from '../templates/messages.ts';

export type NotificationType = Notification['type'];

export type InboxDraft = Pick<Notification, 'type' | 'title' | 'body' | 'taskId' | 'reminderId' | 'docId'> & {
  userId: string;
};

export interface DeliveryDraft {
  channel: Channel;
  type: NotificationType;
  /** User id, or the address in lower case where there is no user: half of the key against sending twice. */
  recipient: string;
  userId: string | null;
  reminderId: string | null;
  subscriptionId: string | null;
  address: string;
  locale: string;
  timeZone: string;
  message: StoredMessage;
  /** Why nothing is sent: kept for the timeline of what the person asked for. */
  skipped?: string;
}

/** Everything an event makes happen. */
export interface Plan {
  inbox: InboxDraft[];
  deliveries: DeliveryDraft[];
}

export const NOTHING: Plan = { inbox: [], deliveries: [] };

/** Where a person gets messages of a channel. A push goes to their devices, named here by the best address known. */
function addressOf(contact: Contact, channel: Channel): string | null {
  if (channel === 'email') return contact.email;
  if (channel === 'sms') return contact.phone;
  return contact.email ?? contact.phone ?? contact.userId;
}

const WITHOUT: Readonly<Record<Channel, string>> = {
  email: 'no e-mail address',
  sms: 'no phone number',
  push: 'no device takes push messages',
};

/** A delivery that goes nowhere, where somebody will ask what became of it: a reminder they set; else none. */
export function skip<D extends DeliveryDraft>(draft: D, reason = WITHOUT[draft.channel]): D[] {
  return draft.reminderId === null ? [] : [{ ...draft, skipped: reason }];
}

/** One delivery for each channel, to go where the person can be reached. */
export function toPerson(
  contact: Contact,
  channels: readonly Channel[],
  message: StoredMessage,
  reminderId: string | null = null,
): DeliveryDraft[] {
  return channels.flatMap((channel) => {
    const address = addressOf(contact, channel);
    const { userId, locale, timeZone } = contact;
    const type = MESSAGE_TYPES[message.kind];
    const person = { recipient: userId, userId, address: address ?? '', locale, timeZone };
    const draft = { channel, type, ...person, reminderId, subscriptionId: null, message };
    return address === null ? skip(draft) : [draft];
  });
}

/** Mails where there is an address for them, else an SMS: for what a person must hear of. */
export function surely(contact: Contact): Channel[] {
  return [contact.email === null ? 'sms' : 'email'];
}

/** A message to an address that an event names itself. */
export function toAddress(
  {
    channel,
    to,
    locale,
    timeZone,
  }: { channel: 'EMAIL' | 'SMS'; to: string; locale: string; timeZone: string },
  message: StoredMessage,
): Plan {
  const recipient = { recipient: to.toLowerCase(), userId: null, address: to, locale, timeZone };
  const about = { type: MESSAGE_TYPES[message.kind], reminderId: null, subscriptionId: null };
  const way = channel === 'EMAIL' ? 'email' : 'sms';
  return { inbox: [], deliveries: [{ channel: way, ...about, ...recipient, message }] };
}

/** A row in the inbox, in the person's language. */
export function inInbox(
  { userId }: Contact,
  type: NotificationType,
  { title, body }: { title: string; body: string },
  about: { taskId?: string; reminderId?: string; docId?: string } = {},
): InboxDraft[] {
  const { taskId = null, reminderId = null, docId = null } = about;
  return [{ userId, type, title, body, taskId, reminderId, docId }];
}

export const textsFor = ({ locale }: Contact) => languageOf(locale);
