import { json, type pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The table each service that creates things keeps in its own schema. */
export function idempotencyTable(schema: ReturnType<typeof pgSchema>) {
  return schema.table(
    'idempotency_keys',
    {
      userId: uuid('user_id').notNull(),
      key: uuid('key').notNull(),
      requestHash: text('request_hash').notNull(),
      /** The first answer; `json` rather than `jsonb`, which would reorder its fields. */
      body: json('body'),
      createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    },
    (table) => [primaryKey({ columns: [table.userId, table.key] })],
  );
}
