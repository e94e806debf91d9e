import { z } from 'zod';
import { flag, id, instant, instantOut, page, text } from '../fields.ts';

export const notificationType = z.enum([
  'overdue',
  'upcoming',
  'reminder',
  'review',
  'security',
  'share',
  'comment',
  'general',
]);

export const notification = z
  .object({
    id,
    type: notificationType,
    title: z.string(),
    body: z.string(),
    taskId: id.nullable(),
    reminderId: id.nullable(),
    docId: id.nullable(),
    readAt: instantOut.nullable(),
    createdAt: instantOut,
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notification>;

export const listNotificationsQuery = z.strictObject({ ...page, unread: flag.optional() });

export const mailboxMessage = z
  .object({
    id,
    channel: z.enum(['email', 'sms', 'push']),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    createdAt: instantOut,
  })
  .meta({ id: 'MailboxMessage' });
export type MailboxMessage = z.infer<typeof mailboxMessage>;

export const mailboxQuery = z.strictObject({
  to: text({ max: 254 }).optional(),
  since: instant.optional(),
});

export const mailboxPageQuery = z.strictObject({
  to: text({ max: 254 }).optional(),
  refresh: flag.optional().meta({ description: 'Load the page anew every few seconds' }),
});

export const templatesQuery = z.strictObject({
  kind: text({ max: 60 }).optional(),
  locale: text({ max: 20 }).optional(),
});
