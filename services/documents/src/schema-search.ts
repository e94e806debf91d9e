import { sql } from 'drizzle-orm';
import { customType, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { documents } from './schema.ts';
import { schema } from './schema-base.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Counts what is written to `search_entries`. */
export const searchWrites = schema.sequence('search_writes');

/**
 * What a search looks at: a row for each document and each comment. Triggers write it in the transaction of the change
 * (migration 0002_search), so a search finds what was saved a moment ago.
 */
export const searchEntries = schema.table(
  'search_entries',
  {
    /** Of the document or comment. */
    id: uuid('id').primaryKey(),
    docId: uuid('doc_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    /** `d` for a document, `c` for a comment. */
    kind: text('kind').notNull(),
    /** Counts up with every thousand entries that are written. */
    era: integer('era').notNull(),
    /**
     * Lists of the index it is on: `u<id>` for each person who may see it by name, `p` for everybody, `g<department>` for
     * editors of it, its kind, and its kind with its era. Empty in the bin.
     */
    access: text('access').array().notNull(),
    /** Title A, tags B, text D; and the beginnings of words as words: `^gra`. */
    words: tsvector('words').notNull(),
    /** Title and tags, in which misspelled words are looked for. */
    names: text('names'),
  },
  (table) => [
    index('search_entries_of_document').on(table.docId),
    index('search_entries_found').using('gin', table.access, table.words, sql`${table.names} gin_trgm_ops`),
  ],
);
