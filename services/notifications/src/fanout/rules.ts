import type { Contact, EventData, EventEnvelope, Notification, ReminderType } from '@spacedly/contracts';
import { languageOf } from '../templates/catalogue.ts';
import type { Channel, StoredMessage } from '../templates/messages.ts';
import { formatDue } from '../templates/times.ts';

export type InboxDraft = Pick<Notification, 'type' | 'title' | 'body' | 'taskId' | 'reminderId'> & {
  userId: string;
};

export interface DeliveryDraft {
  channel: Channel;
  /** User id, or the address in lower case where there is no user: half of the key against sending twice. */
  recipient: string;
  userId: string | null;
  reminderId: string | null;
  address: string;
  locale: string;
  timeZone: string;
  message: StoredMessage;
}

/** Everything an event makes happen. */
export interface Plan {
  inbox: InboxDraft[];
  deliveries: DeliveryDraft[];
}

/** For people we know nothing of yet but an address. */
const UNKNOWN_PERSON = { locale: 'en', timeZone: 'UTC' };

const REMINDER_CHANNELS: Readonly<Record<ReminderType, readonly Channel[]>> = {
  email: ['email'],
  push: ['push'],
  sms: ['sms'],
  both: ['email', 'push'],
  'in-app': [],
};

/** Where a person gets messages of a channel. A push goes to their devices, named here by the best address known. */
function addressOf(contact: Contact, channel: Channel): string | null {
  if (channel === 'email') return contact.email;
  if (channel === 'sms') return contact.phone;
  return contact.email ?? contact.phone ?? contact.userId;
}

function toPerson(
  contact: Contact,
  channels: readonly Channel[],
  message: StoredMessage,
  reminderId: string | null = null,
): DeliveryDraft[] {
  return channels.flatMap((channel) => {
    const address = addressOf(contact, channel);
    if (address === null) return [];
    const { userId, locale, timeZone } = contact;
    return [{ channel, recipient: userId, userId, reminderId, address, locale, timeZone, message }];
  });
}

function toAddress(channel: 'EMAIL' | 'SMS', to: string, message: StoredMessage): DeliveryDraft[] {
  const person = { recipient: to.toLowerCase(), userId: null, reminderId: null, address: to };
  return [{ channel: channel === 'EMAIL' ? 'email' : 'sms', ...person, ...UNKNOWN_PERSON, message }];
}

function planReminder(data: EventData<'reminder.due'>, contact: Contact): Plan {
  const { userId, taskId, reminderId, title, message, dueDate, dueDay } = data;
  const { texts, locale } = languageOf(contact.locale);
  const due = formatDue(data, locale, contact.timeZone);
  const body = message || (due === null ? '' : texts.reminder.due(due));
  const stored = {
    kind: 'reminder',
    name: contact.name,
    taskId,
    title,
    message,
    dueDate,
    dueDay,
  } as const;
  return {
    inbox: [{ userId, type: 'reminder', title: texts.reminder.subject(title), body, taskId, reminderId }],
    deliveries: toPerson(contact, REMINDER_CHANNELS[data.type], stored, reminderId),
  };
}

function planTokenReused(event: EventEnvelope<'session.token_reused'>, contact: Contact): Plan {
  const { userId, device, ip } = event.data;
  const { texts } = languageOf(contact.locale);
  const message = {
    kind: 'token-reused',
    name: contact.name,
    device,
    ip,
    occurredAt: event.occurredAt,
  } as const;
  const text = { title: texts.tokenReused.heading, body: texts.tokenReused.inboxBody(device) };
  return {
    inbox: [{ userId, type: 'security', ...text, taskId: null, reminderId: null }],
    deliveries: toPerson(contact, ['email'], message),
  };
}

/** What events about a person make happen. */
function planForPerson(event: EventEnvelope, contact: Contact): Plan {
  const { texts } = languageOf(contact.locale);
  const { userId } = contact;
  switch (event.name) {
    case 'user.registered': {
      const text = { title: texts.welcome.title(event.data.name), body: texts.welcome.body };
      return {
        inbox: [{ userId, type: 'general', ...text, taskId: null, reminderId: null }],
        deliveries: [],
      };
    }
    case 'task.completed': {
      const { taskId, title } = event.data;
      const text = { title: texts.taskCompleted.title(title), body: '' };
      return { inbox: [{ userId, type: 'general', ...text, taskId, reminderId: null }], deliveries: [] };
    }
    case 'session.token_reused':
      return planTokenReused(event, contact);
    case 'reminder.due':
      return planReminder(event.data, contact);
    default:
      return { inbox: [], deliveries: [] };
  }
}

/** Decides who gets what over which channels; `contact` is null for events that carry the address themselves. */
export function planMessages(event: EventEnvelope, contact: Contact | null): Plan {
  if (event.name === 'code.issued') {
    const { channel, to, ...facts } = event.data;
    return { inbox: [], deliveries: toAddress(channel, to, { kind: 'code', ...facts }) };
  }
  if (event.name === 'signup.address_taken') {
    const { channel, to } = event.data;
    return { inbox: [], deliveries: toAddress(channel, to, { kind: 'address-taken' }) };
  }
  return contact === null ? { inbox: [], deliveries: [] } : planForPerson(event, contact);
}
