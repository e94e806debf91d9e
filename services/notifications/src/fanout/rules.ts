import type { Contact, EventData, EventEnvelope, EventName, ReminderType } from '@spacedly/contracts';
import type { Channel } from '../templates/messages.ts';
import { deviceWords } from '../templates/place.ts';
import { formatDue } from '../templates/times.ts';
import { inInbox, NOTHING, type Plan, surely, textsFor, toAddress, toPerson } from './plan.ts';
import {
  planComment,
  planExport,
  planMerchant,
  planMissed,
  planReviews,
  planSecurity,
  planShared,
} from './rules-notices.ts';

const REMINDER_CHANNELS: Readonly<Record<ReminderType, readonly Channel[]>> = {
  email: ['email'],
  push: ['push'],
  sms: ['sms'],
  both: ['email', 'push'],
  'in-app': [],
};

function planReminder({ data }: EventEnvelope<'reminder.due'>, contact: Contact): Plan {
  const { taskId, reminderId, title, message, scheduledAt, dueDate, dueDay } = data;
  const { texts, locale } = textsFor(contact);
  const { name, timeZone } = contact;
  const due = formatDue(data, locale, timeZone);
  const body = message || (due === null ? '' : texts.reminder.due(due));
  const text = { title: texts.reminder.subject(title), body };
  const stored = { kind: 'reminder', name, taskId, title, message, scheduledAt, dueDate, dueDay } as const;
  return {
    inbox: inInbox(contact, 'reminder', text, { taskId, reminderId }),
    deliveries: toPerson(contact, REMINDER_CHANNELS[data.type], stored, reminderId),
  };
}

function planTokenReused(event: EventEnvelope<'session.token_reused'>, contact: Contact): Plan {
  const { device, browser, os, ip } = event.data;
  const { texts } = textsFor(contact);
  const { occurredAt } = event;
  const place = { device, browser, os, ip, occurredAt };
  const message = { kind: 'token-reused', name: contact.name, ...place } as const;
  const { heading, inboxBody } = texts.tokenReused;
  const text = { title: heading, body: inboxBody(deviceWords(texts, place)) };
  return {
    inbox: inInbox(contact, 'security', text),
    deliveries: toPerson(contact, surely(contact), message),
  };
}

/** Events about a person come with their contact; the others carry the address themselves. */
type Rule<N extends EventName> =
  EventData<N> extends { userId: string }
    ? (event: EventEnvelope<N>, contact: Contact) => Plan
    : (event: EventEnvelope<N>) => Plan;

/** What each event makes happen: the one table. An event without a rule does not compile. */
const rules: { readonly [N in EventName]: Rule<N> } = {
  'user.registered': ({ data }, contact) => {
    const { welcome } = textsFor(contact).texts;
    const text = { title: welcome.title(data.name), body: welcome.body };
    return { inbox: inInbox(contact, 'general', text), deliveries: [] };
  },
  'code.issued': ({ data: { channel, to, locale, timeZone, ...facts } }) =>
    toAddress({ channel, to, locale, timeZone }, { kind: 'code', ...facts }),
  'code.withheld': () => NOTHING,
  'session.new_device': planSecurity,
  'session.token_reused': planTokenReused,
  'password.changed': planSecurity,
  'second_factor.changed': planSecurity,
  'credential.changed': planSecurity,
  'address.change_requested': ({ occurredAt, data }) => {
    const { channel, to, locale, timeZone, kind: addressKind, ...facts } = data;
    const message = { ...facts, kind: 'address-change-requested', addressKind, occurredAt } as const;
    return toAddress({ channel, to, locale, timeZone }, message);
  },
  'address.change_reverted': ({ data: { channel, to, locale, timeZone, kind, ...facts } }) =>
    toAddress(
      { channel, to, locale, timeZone },
      { ...facts, kind: 'address-change-reverted', addressKind: kind },
    ),
  'signup.address_taken': ({ data }) => toAddress(data, { kind: 'address-taken' }),
  'account.deleted': ({ data: { name, restorableUntil, sealedToken, ...person } }) =>
    toAddress(person, { kind: 'account-deleted', name, restorableUntil, sealedToken }),
  // Told to nobody: whoever could be told is gone. What we know of them is removed where events are handled.
  'user.purged': () => NOTHING,
  'admin.acted': () => NOTHING,
  'merchant.verified': planMerchant,
  'merchant.rejected': planMerchant,
  'export.ready': planExport,
  'task.completed': ({ data: { taskId, title } }, contact) => {
    const text = { title: textsFor(contact).texts.taskCompleted.title(title), body: '' };
    return { inbox: inInbox(contact, 'general', text, { taskId }), deliveries: [] };
  },
  // Told already: by the code with which it was proved.
  'user.address_verified': () => NOTHING,
  'document.shared': planShared,
  'task.shared': planShared,
  'share.invited': ({ data: { channel, to, locale, timeZone, what, by } }) =>
    toAddress({ channel, to, locale, timeZone }, { kind: 'share-invited', what, by }),
  'comment.added': planComment,
  'reminder.due': planReminder,
  'reminder.missed': planMissed,
  'reviews.due': planReviews,
};

/** Decides who gets what over which channels; `contact` is null for events that carry the address themselves. */
export function planMessages(event: EventEnvelope, contact: Contact | null): Plan {
  if ('userId' in event.data && contact === null) return NOTHING;
  const rule = rules[event.name] as (event: EventEnvelope, contact: Contact | null) => Plan;
  return rule(event, contact);
}
