import { idempotencyTable } from '@spacedly/kit/idempotency-table';
import { shareSendsTable } from '@spacedly/kit/share-tables';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, schema } from './schema-base.ts';

export * from './schema-search.ts';
export { schema };

export const visibilityEnum = schema.enum('visibility', ['private', 'shared', 'public']);
/** Declared from little to much, so that PostgreSQL compares it so. */
export const shareAccessEnum = schema.enum('share_access', ['read', 'comment', 'write']);

export const documents = schema.table(
  'documents',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id').notNull(),
    title: text('title').notNull(),
    content: text('content').notNull().default(''),
    tags: text('tags').array().notNull().default([]),
    visibility: visibilityEnum('visibility').notNull().default('private'),
    department: text('department'),
    version: integer('version').notNull().default(1),
    deletedAt: instant('deleted_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('documents_of_owner').on(table.ownerId, table.updatedAt, table.id).where(sql`deleted_at IS NULL`),
    index('documents_in_bin_of_owner')
      .on(table.ownerId, table.updatedAt, table.id)
      .where(sql`deleted_at IS NOT NULL`),
    index('documents_in_bin').on(table.deletedAt).where(sql`deleted_at IS NOT NULL`),
    index('documents_of_department')
      .on(table.department, table.updatedAt, table.id)
      .where(sql`department IS NOT NULL AND deleted_at IS NULL`),
  ],
);

/** Every save of a document, the present one included. */
export const documentVersions = schema.table(
  'document_versions',
  {
    docId: uuid('doc_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    authorId: uuid('author_id').notNull(),
    title: text('title').notNull(),
    content: text('content').notNull(),
    tags: text('tags').array().notNull(),
    restoredFrom: integer('restored_from'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.docId, table.version] }),
    index('versions_of_author').on(table.authorId),
  ],
);

/** Whom a document is shared with: a person, or an address until somebody with it is here. */
export const documentShares = schema.table(
  'document_shares',
  {
    id: uuid('id').primaryKey(),
    docId: uuid('doc_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
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
    uniqueIndex('shares_with_person').on(table.docId, table.userId),
    uniqueIndex('shares_pending').on(table.docId, table.email).where(sql`user_id IS NULL`),
    index('shares_of_person').on(table.userId, table.docId),
    index('shares_of_address').on(table.email).where(sql`user_id IS NULL`),
  ],
);

export const comments = schema.table(
  'comments',
  {
    id: uuid('id').primaryKey(),
    docId: uuid('doc_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    parentId: uuid('parent_id').references((): AnyPgColumn => comments.id, { onDelete: 'cascade' }),
    /** The comment of level 0 it hangs under; its own id there. Finds a whole thread at once. */
    threadId: uuid('thread_id').notNull(),
    /** 0 to 2. */
    depth: smallint('depth').notNull(),
    authorId: uuid('author_id').notNull(),
    content: text('content').notNull(),
    /** A tombstone, as it has replies; its text is gone. */
    deletedAt: instant('deleted_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('comments_of_document').on(table.docId, table.threadId),
    index('comments_of_parent').on(table.parentId).where(sql`parent_id IS NOT NULL`),
    index('comments_of_author').on(table.authorId),
  ],
);

export const shareSends = shareSendsTable(schema);

export const idempotencyKeys = idempotencyTable(schema);
