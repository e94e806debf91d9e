import type { Contact, EventEnvelope } from '@spacedly/contracts';
import type { Channel, NoticeContent, Place, StoredMessage } from '../templates/messages.ts';
import { noticeOf } from '../templates/notices.ts';
import { inInbox, type NotificationType, type Plan, surely, textsFor, toPerson } from './plan.ts';

/** Notices without anything sealed: their words can be worked out when the event comes, for the inbox. */
type OpenNotice = Extract<StoredMessage, NoticeContent>;

/** The inbox shows no links, so the words need no address. */
const NO_LINKS = '';

/** A notice in the inbox and over the given channels. */
function notify(
  contact: Contact,
  type: NotificationType,
  message: OpenNotice,
  channels: Channel[],
  about: Parameters<typeof inInbox>[3] = {},
): Plan {
  const context = { publicUrl: NO_LINKS, timeZone: contact.timeZone };
  const notice = noticeOf(message, textsFor(contact), context);
  return { inbox: inInbox(contact, type, notice, about), deliveries: toPerson(contact, channels, message) };
}

type PlacedEvent = EventEnvelope<
  'session.new_device' | 'password.changed' | 'second_factor.changed' | 'credential.changed'
>;

/** What happened to an account: in the app, and surely once outside it. */
export function planSecurity(event: PlacedEvent, contact: Contact): Plan {
  const { name } = contact;
  const { device, browser, os, ip } = event.data;
  const place = { name, device, browser, os, ip, occurredAt: event.occurredAt };
  return notify(contact, 'security', securityMessage(event, place), surely(contact));
}

function securityMessage(event: PlacedEvent, place: Place & { name: string }): OpenNotice {
  switch (event.name) {
    case 'session.new_device':
      return { kind: 'new-device', ...place };
    case 'password.changed':
      return { kind: 'password-changed', how: event.data.how, ...place };
    case 'second_factor.changed':
      return { kind: 'second-factor-changed', change: event.data.change, ...place };
    case 'credential.changed': {
      const { change, name: credential } = event.data;
      return { kind: 'credential-changed', change, credential, ...place };
    }
  }
}

export function planMerchant(
  event: EventEnvelope<'merchant.verified' | 'merchant.rejected'>,
  contact: Contact,
): Plan {
  const { name } = contact;
  const { userId: _, ...facts } = event.data;
  const message: OpenNotice =
    'reason' in facts
      ? { kind: 'merchant-rejected', name, ...facts }
      : { kind: 'merchant-verified', name, ...facts };
  return notify(contact, 'general', message, surely(contact));
}

export function planExport({ data }: EventEnvelope<'export.ready'>, contact: Contact): Plan {
  const { userId: _, ...facts } = data;
  return notify(contact, 'general', { kind: 'export-ready', name: contact.name, ...facts }, surely(contact));
}

/** In the app and on the person's devices; the mail about the day is the morning digest. */
export function planReviews({ data }: EventEnvelope<'reviews.due'>, contact: Contact): Plan {
  const { count } = data;
  return notify(contact, 'review', { kind: 'reviews-due', name: contact.name, count }, ['push']);
}

/** One summary of what could not be sent in time. */
export function planMissed({ data }: EventEnvelope<'reminder.missed'>, contact: Contact): Plan {
  const { userId: _, ...facts } = data;
  return notify(contact, 'overdue', { kind: 'reminders-missed', name: contact.name, ...facts }, ['email']);
}

/** Something of another person's can be seen now: in the app and by mail, as people choose for `share`. */
export function planShared(
  { data }: EventEnvelope<'document.shared' | 'task.shared'>,
  contact: Contact,
): Plan {
  const { title, by, access } = data;
  const about = 'docId' in data ? { docId: data.docId } : { taskId: data.taskId };
  const what = 'docId' in data ? 'document' : 'task';
  const id = 'docId' in data ? data.docId : data.taskId;
  const message = { kind: 'shared', name: contact.name, what, id, title, by, access } as const;
  return notify(contact, 'share', message, ['email'], about);
}

export function planComment({ data }: EventEnvelope<'comment.added'>, contact: Contact): Plan {
  const { userId: _, ...facts } = data;
  const message = { kind: 'comment-added', name: contact.name, ...facts } as const;
  return notify(contact, 'comment', message, ['email', 'push'], { docId: data.docId });
}
