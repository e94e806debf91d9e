import { customType, index, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { instant, schema } from './schema-base.ts';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * What may stand in the tasks of one person that lie beside each other in time, as a Bloom filter; see
 * `search/rules.ts`. The blocks of a person follow each other without a gap: what is newer than the last is in none.
 */
export const searchBlocks = schema.table(
  'search_blocks',
  {
    userId: uuid('user_id').notNull(),
    /** Creation and id of the last task before the block; `-infinity` before the first. */
    since: instant('since').notNull(),
    sinceId: uuid('since_id').notNull(),
    /** Creation and id of its last task. */
    until: instant('until').notNull(),
    untilId: uuid('until_id').notNull(),
    filter: bytes('filter').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.until, table.untilId] })],
);

/**
 * Tasks whose words changed, or that came back from the bin, since the filter of their block was made. Triggers add rows
 * in the transaction of the change, and rows are never changed, so no writer waits for another.
 */
export const searchChanges = schema.table(
  'search_changes',
  {
    userId: uuid('user_id').notNull(),
    createdAt: instant('created_at').notNull(),
    id: uuid('id').notNull(),
  },
  (table) => [index('search_changes_of_user').on(table.userId, table.createdAt, table.id)],
);
