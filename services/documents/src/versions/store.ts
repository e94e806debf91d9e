import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, desc, eq, getTableColumns, inArray, lt, sql } from 'drizzle-orm';
import { documentVersions } from '../schema.ts';

export type VersionRow = typeof documentVersions.$inferSelect;
/** A version without its text. */
export type VersionHead = Omit<VersionRow, 'content'> & { sizeBytes: number };

const { content, ...columns } = getTableColumns(documentVersions);
// Of a text that is kept apart PostgreSQL knows the length without reading it.
const headColumns = { ...columns, sizeBytes: sql<number>`octet_length(${content})` };

/** One page of the versions of a document, latest first. @throws Problem VALIDATION_FAILED for a foreign cursor */
export async function listVersions(
  db: Db,
  docId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['number']);
  const rows = await db
    .select(headColumns)
    .from(documentVersions)
    .where(
      and(
        eq(documentVersions.docId, docId),
        // As text, as a cursor may name what is larger than any version.
        before === undefined
          ? undefined
          : lt(sql`${documentVersions.version}::bigint`, sql`${before}::bigint`),
      ),
    )
    .orderBy(desc(documentVersions.version))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.version]);
}

/** Some versions of a document, by their number; those that are not there are left out. */
export async function findVersions(
  db: Db,
  docId: string,
  versions: readonly number[],
): Promise<ReadonlyMap<number, VersionRow>> {
  const rows = await db
    .select()
    .from(documentVersions)
    .where(and(eq(documentVersions.docId, docId), inArray(documentVersions.version, [...versions])));
  return new Map(rows.map((row) => [row.version, row]));
}
