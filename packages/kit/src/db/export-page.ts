import type { ExportPage } from '@spacedly/contracts';
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import type { Db } from './pool.ts';

type Row = Record<string, unknown>;

/** A table as it appears in the archive of a person's data. */
export interface ExportSection {
  name: string;
  table: PgTable;
  /** The column that says whose a row is. */
  owner: PgColumn;
  /** A unique column to page by, or an expression of text where no single column is. */
  key: PgColumn | SQL<string>;
  /** Rows a page, where they are so large that fewer must do; default 500. */
  pageRows?: number;
  /** Fields that are secret, or about somebody else. */
  omit?: readonly string[];
  /** Stored files that belong to a row. */
  filesOf?: (row: Row) => ExportPage['files'];
}

const PAGE_ROWS = 500;

const position = z.tuple([z.int().min(0), z.string().nullable()]);

function decode(cursor: string | undefined, sections: readonly ExportSection[]) {
  if (cursor === undefined) return { index: 0, after: null };
  try {
    const [index, after] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (index < sections.length) return { index, after };
  } catch {
    // Told below, as a cursor of another list is.
  }
  const errors = [{ path: 'query.cursor', message: 'Is not a cursor of this list' }];
  throw new Problem('VALIDATION_FAILED', { errors });
}

const encode = (index: number, after: string | null) =>
  Buffer.from(JSON.stringify([index, after])).toString('base64url');

function without(row: Row, omit: readonly string[] = []): Row {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !omit.includes(field)));
}

/**
 * One page of what a service keeps about a person: section after section, each in the order of its key.
 * @throws Problem VALIDATION_FAILED when the cursor is not one of these
 */
export async function readExportPage(
  db: Db,
  sections: readonly ExportSection[],
  userId: string,
  cursor: string | undefined,
): Promise<ExportPage> {
  const { index, after } = decode(cursor, sections);
  const { name, table, owner, key, omit, filesOf, pageRows = PAGE_ROWS } = sections[index] as ExportSection;
  const found = await db
    .select({ key, row: table as never })
    .from(table)
    .where(and(eq(owner, userId), after === null ? undefined : sql`${key} > ${after}`))
    .orderBy(asc(key))
    .limit(pageRows + 1);
  const page = found.slice(0, pageRows) as { key: string; row: Row }[];
  const hasMore = found.length > pageRows;
  const next = hasMore ? index : index + 1;
  return {
    section: name,
    rows: page.map(({ row }) => without(row, omit)),
    files: page.flatMap(({ row }) => filesOf?.(row) ?? []),
    nextCursor: next < sections.length ? encode(next, hasMore ? (page.at(-1)?.key as string) : null) : null,
  };
}
