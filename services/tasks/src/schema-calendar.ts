import { integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, schema } from './schema-base.ts';

/** The secret address under which other programs read a person's calendar. */
export const calendarFeeds = schema.table(
  'calendar_feeds',
  {
    userId: uuid('user_id').primaryKey(),
    /** SHA-256 of the token, which carries 256 random bits: how a request finds its row. */
    tokenHash: text('token_hash').notNull(),
    /** The token itself, sealed, so that its owner can be shown it again. */
    sealedToken: text('sealed_token').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('calendar_feeds_by_token').on(table.tokenHash)],
);

/** Free minutes from Monday to Sunday; null says nothing about the day. */
export const dayBudgets = schema.table('day_budgets', {
  userId: uuid('user_id').primaryKey(),
  monday: integer('monday'),
  tuesday: integer('tuesday'),
  wednesday: integer('wednesday'),
  thursday: integer('thursday'),
  friday: integer('friday'),
  saturday: integer('saturday'),
  sunday: integer('sunday'),
  version: integer('version').notNull().default(1),
});
