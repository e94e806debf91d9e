import { index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { tasks } from './schema.ts';
import { instant, schema } from './schema-base.ts';

/** Files of tasks. The bytes lie in the storage under the keys named here; a row never changes once written. */
export const attachments = schema.table(
  'attachments',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    mimeType: text('mime_type').notNull(),
    storageKey: text('storage_key').notNull(),
    thumbKey: text('thumb_key'),
    originalSizeBytes: integer('original_size_bytes').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    thumbSizeBytes: integer('thumb_size_bytes'),
    width: integer('width'),
    height: integer('height'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('attachments_of_task').on(table.taskId, table.id),
    index('attachments_of_user').on(table.userId, table.id),
  ],
);
