import { index, type pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * What was shared in the last day and with whom, so that nobody has us send mails without end. Kept apart from the shares,
 * which can be taken back. Recipients are hashes: who was written to is nobody's business.
 */
export function shareSendsTable(schema: ReturnType<typeof pgSchema>) {
  return schema.table(
    'share_sends',
    {
      id: uuid('id').primaryKey(),
      sharerId: uuid('sharer_id').notNull(),
      recipientHash: text('recipient_hash').notNull(),
      sentAt: timestamp('sent_at', { withTimezone: true, precision: 3 }).notNull(),
    },
    (table) => [
      index('share_sends_of_sharer').on(table.sharerId, table.sentAt),
      index('share_sends_to_recipient').on(table.recipientHash, table.sentAt),
      index('share_sends_by_time').on(table.sentAt),
    ],
  );
}
