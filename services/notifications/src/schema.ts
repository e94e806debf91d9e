import { sql } from 'drizzle-orm';
import { index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';

import { instant, schema } from './schema-base.ts';

export { schema } from './schema-base.ts';
export * from './schema-people.ts';

export const notificationType = schema.enum('notification_type', [
  'overdue',
  'upcoming',
  'reminder',
  'review',
  'security',
  'share',
  'comment',
  'general',
]);
export const channel = schema.enum('channel', ['email', 'sms', 'push']);
/**
 * `failed` waits for its next try; `held` for the end of quiet hours or of a flood. Final are `sent`, `refused` (the
 * provider will never take it), `suppressed` (the address was refused before), `capped` (too many SMS), `expired`,
 * `digested` (told in a digest), `skipped` (the person has no
 * address there, or wants none) and `dead` (all tries used up).
 */
export const deliveryStatus = schema.enum('delivery_status', [
  'queued',
  'held',
  'failed',
  'sent',
  'refused',
  'suppressed',
  'capped',
  'expired',
  'digested',
  'skipped',
  'dead',
]);
export const stepKind = schema.enum('delivery_step', [
  'held',
  'failed',
  'sent',
  'refused',
  'suppressed',
  'capped',
  'expired',
  'digested',
  'skipped',
  'dead',
]);

/** What a person sees in the app. Ids are UUIDv7, so they sort by creation and serve as the keyset. */
export const inboxItems = schema.table(
  'inbox_items',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    eventId: uuid('event_id').notNull(),
    type: notificationType('type').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    taskId: uuid('task_id'),
    reminderId: uuid('reminder_id'),
    docId: uuid('doc_id'),
    readAt: instant('read_at'),
    createdAt: instant('created_at').notNull(),
  },
  // Ascending on purpose: read backwards it serves ORDER BY id DESC, which a DESC NULLS LAST index would not.
  (table) => [
    uniqueIndex('inbox_items_event_user_key').on(table.eventId, table.userId),
    index('inbox_items_user_idx').on(table.userId, table.id),
    index('inbox_items_unread_idx').on(table.userId, table.id).where(sql`${table.readAt} IS NULL`),
  ],
);

/**
 * One message to one recipient over one channel, and where it stands. `recipient` is the user id, or the address
 * (lower case) where there is no user yet; with event and channel it is the key against sending twice.
 * `message` is what the templates need; a code in it is sealed.
 */
export const deliveries = schema.table(
  'deliveries',
  {
    id: uuid('id').primaryKey(),
    eventId: uuid('event_id').notNull(),
    recipient: text('recipient').notNull(),
    channel: channel('channel').notNull(),
    type: notificationType('type').notNull(),
    userId: uuid('user_id'),
    reminderId: uuid('reminder_id'),
    /** The device a push goes to; null for the local mailbox. */
    subscriptionId: uuid('subscription_id'),
    address: text('address').notNull(),
    locale: text('locale').notNull(),
    timeZone: text('time_zone').notNull(),
    message: jsonb('message').notNull(),
    status: deliveryStatus('status').notNull().default('queued'),
    /** Times it was handed to a provider. */
    attempts: integer('attempts').notNull().default(0),
    /** The try that comes next, from 1; a job for an earlier one is stale. */
    nextTry: integer('next_try').notNull().default(1),
    heldUntil: instant('held_until'),
    queuedAt: instant('queued_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (table) => [
    uniqueIndex('deliveries_event_recipient_channel_key').on(table.eventId, table.recipient, table.channel),
    index('deliveries_reminder_idx').on(table.reminderId).where(sql`${table.reminderId} IS NOT NULL`),
    index('deliveries_held_idx').on(table.heldUntil).where(sql`${table.heldUntil} IS NOT NULL`),
    index('deliveries_user_idx').on(table.userId, table.id).where(sql`${table.userId} IS NOT NULL`),
    index('deliveries_queued_at_idx').on(table.queuedAt),
  ],
);

/** Every try of a delivery and how it ended; the timeline of a message is read from here. */
export const deliverySteps = schema.table(
  'delivery_steps',
  {
    id: uuid('id').primaryKey(),
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    step: stepKind('step').notNull(),
    provider: text('provider'),
    providerId: text('provider_id'),
    error: text('error'),
    latencyMs: integer('latency_ms'),
    at: instant('at').notNull(),
  },
  (table) => [index('delivery_steps_delivery_idx').on(table.deliveryId, table.id)],
);

/** Messages of an installation without providers. The unique delivery id makes a repeated hand-over harmless. */
export const mailboxMessages = schema.table(
  'mailbox_messages',
  {
    id: uuid('id').primaryKey(),
    deliveryId: uuid('delivery_id').notNull(),
    channel: channel('channel').notNull(),
    to: text('to').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('mailbox_messages_delivery_key').on(table.deliveryId)],
);
