import { shareSendsTable } from '@spacedly/kit/share-tables';
import { sql } from 'drizzle-orm';
import { index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tasks } from './schema.ts';
import { instant, schema } from './schema-base.ts';

/** Declared from little to much, so that PostgreSQL compares it so. */
export const shareAccessEnum = schema.enum('share_access', ['read', 'comment', 'write']);

/** Whom a task is shared with: a person, or an address until somebody with it is here. */
export const taskShares = schema.table(
  'task_shares',
  {
    id: uuid('id').primaryKey(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    userId: uuid('user_id'),
    /** In lower case; stays when its owner has come, as it is what the sharer knows. */
    email: text('email'),
    access: shareAccessEnum('access').notNull(),
    createdBy: uuid('created_by').notNull(),
    /** When they first opened it: until then the owner of an address is not told to the sharer. */
    openedAt: instant('opened_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('task_shares_with_person').on(table.taskId, table.userId),
    uniqueIndex('task_shares_pending').on(table.taskId, table.email).where(sql`user_id IS NULL`),
    index('task_shares_of_person').on(table.userId, table.taskId),
    index('task_shares_of_address').on(table.email).where(sql`user_id IS NULL`),
  ],
);

export const shareSends = shareSendsTable(schema);
