import { boolean, date, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, schema } from './schema-base.ts';

/** What each person wants to hear, and when the next look at their morning digest and weekly review is due. */
export const recipients = schema.table(
  'recipients',
  {
    userId: uuid('user_id').primaryKey(),
    timeZone: text('time_zone').notNull(),
    /** Pairs that are switched off, `<type>.<channel>`. */
    muted: text('muted').array().notNull().default([]),
    /** Wall clock times `HH:MM`; both null for no quiet hours. */
    quietFrom: text('quiet_from'),
    quietTo: text('quiet_to'),
    isDigestOn: boolean('is_digest_on').notNull().default(true),
    digestHour: integer('digest_hour').notNull().default(5),
    isWeeklyOn: boolean('is_weekly_on').notNull().default(true),
    /** The last days, where the person lives, on which each was looked at. */
    digestDay: date('digest_day'),
    weeklyDay: date('weekly_day'),
    checkAt: instant('check_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [index('recipients_check_idx').on(table.checkAt)],
);

/** A browser that asked for push messages (RFC 8030). Its keys open nothing but messages to it. */
export const pushSubscriptions = schema.table(
  'push_subscriptions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    userAgent: text('user_agent').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('push_subscriptions_endpoint_key').on(table.endpoint),
    index('push_subscriptions_user_idx').on(table.userId, table.id),
  ],
);

/** The key pair by which push services know this installation (RFC 8292): one row, made once. */
export const vapidKeys = schema.table('vapid_keys', {
  id: integer('id').primaryKey(),
  publicKey: text('public_key').notNull(),
  sealedPrivateKey: text('sealed_private_key').notNull(),
});

/** Addresses a provider refused for good. */
export const suppressions = schema.table(
  'suppressions',
  {
    channel: text('channel').notNull(),
    /** Lower case. */
    address: text('address').notNull(),
    reason: text('reason').notNull(),
    provider: text('provider').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.address] })],
);

/** How much of something went out since the window began. */
export const counters = schema.table(
  'counters',
  {
    key: text('key').primaryKey(),
    windowStart: instant('window_start').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [index('counters_window_idx').on(table.windowStart)],
);

/** A row stops all SMS until an admin deletes it. */
export const smsStop = schema.table('sms_stop', {
  id: integer('id').primaryKey(),
  reason: text('reason').notNull(),
  since: instant('since').notNull(),
});
