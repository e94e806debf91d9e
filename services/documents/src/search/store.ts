import type { SearchType } from '@spacedly/contracts';
import type { Db } from '@spacedly/kit';
import { type SQL, sql } from 'drizzle-orm';
import { accessLevel } from '../access/store.ts';
import type { Viewer } from '../deps.ts';
import { comments, documents, searchEntries } from '../schema.ts';
import { ALIKE, type Excerpt } from './highlight.ts';
import { MAX_RANKED } from './rules.ts';

/** Where a hit stands among all: by rank, then the newest, as an id says it. */
export interface Place {
  /** In millionths. */
  rank: number;
  id: string;
}

/** What is looked up, as PostgreSQL writes a `tsquery`; empty where nothing is left of what was asked for. */
export interface Queries {
  full: string;
  /** Without what must not be there. */
  wanted: string;
  lastEra: number;
}

/**
 * Begins a search: has PostgreSQL understand what somebody looks for, and reads how many eras there are.
 * @param tx what is set here goes with it. Reading the whole table must not look cheap: the planner does not count what it
 * takes to unpack the words of each row.
 */
export async function beginSearch(tx: Db, full: string, wanted: string): Promise<Queries> {
  const query = (text: string) => sql`websearch_to_tsquery('simple', documents.search_text(${text}))::text`;
  const { rows } = await tx.execute<{ full: string; wanted: string; last: string }>(sql`
    SELECT ${query(full)} AS full, ${query(wanted)} AS wanted, last_value AS last,
      set_config('enable_seqscan', 'off', true), set_config('pg_trgm.word_similarity_threshold', ${String(ALIKE)}, true)
    FROM documents.search_writes`);
  const [row] = rows;
  return {
    full: row?.full ?? '',
    wanted: row?.wanted ?? '',
    lastEra: Math.floor(Number(row?.last ?? 0) / 1_000),
  };
}

export interface Search {
  viewer: Viewer;
  types: readonly SearchType[];
  limit: number;
  after: Place | null;
}

/** Which eras are looked at: so many up to one; all where `width` is 0. */
export interface Eras {
  until: number;
  width: number;
}

/** The lists of the index somebody may find something in; see `search_access` in the database. */
function listsOf({ userId, department, isEditor }: Viewer): string[] {
  const own = userId === null ? [] : [`u${userId}`];
  const edited = isEditor && department !== null ? [`g${department}`] : [];
  return ['p', ...own, ...edited];
}

function kindsOf(types: readonly SearchType[], { until, width }: Eras): string[] {
  const kinds = [...(types.includes('doc') ? ['d'] : []), ...(types.includes('comment') ? ['c'] : [])];
  if (width === 0) return kinds;
  return kinds.flatMap((kind) => Array.from({ length: width }, (_, back) => `${kind}${until - back}`));
}

export interface Found extends Place {
  kind: 'd' | 'c';
}

export interface Matches {
  hits: Found[];
  /** How many were ranked, at most `MAX_RANKED`. */
  count: number;
}

/**
 * Ranks what is found by the index and may be seen, and gives the page after a place. `MATERIALIZED` has the index asked
 * without regard to the limit, with which reading the whole table would look cheap; rows are still read only up to it.
 * `OFFSET 0` keeps it from reading all documents.
 */
function ranked(found: SQL, rank: SQL, { viewer, limit, after }: Search): SQL {
  const beyond = after === null ? sql`` : sql`WHERE (rank, id) < (${after.rank}::bigint, ${after.id}::uuid)`;
  return sql`WITH found AS MATERIALIZED (SELECT id, doc_id, kind, words, names FROM ${searchEntries} WHERE ${found}),
    ranked AS MATERIALIZED (
      SELECT found.id, kind, round((${rank})::numeric * 1000000)::bigint AS rank FROM found,
        LATERAL (SELECT FROM ${documents} WHERE ${documents.id} = found.doc_id AND ${documents.deletedAt} IS NULL
          AND ${accessLevel(viewer)} > 0 OFFSET 0) AS visible
      LIMIT ${sql.raw(String(MAX_RANKED))}),
    page AS (SELECT * FROM ranked ${beyond} ORDER BY rank DESC, id DESC LIMIT ${limit})
    SELECT (SELECT count(*)::int FROM ranked) AS count,
      (SELECT coalesce(json_agg(page ORDER BY rank DESC, id DESC), '[]') FROM page) AS hits`;
}

function mayFind({ viewer, types }: Search, eras: Eras): SQL {
  return sql`access && ${sql.param(listsOf(viewer))}::text[] AND access && ${sql.param(kindsOf(types, eras))}::text[]`;
}

/**
 * What says the words.
 * @param lookup what the index is asked for
 * @param full what a row is held to beyond that; null where the index tells all
 * @param by what the rank is made of
 */
export async function findWords(
  db: Db,
  search: Search,
  eras: Eras,
  { lookup, full, by }: { lookup: string; full: string | null; by: string },
): Promise<Matches> {
  const held = full === null ? sql`` : sql` AND words @@ ${full}::tsquery`;
  const found = sql`${mayFind(search, eras)} AND words @@ ${lookup}::tsquery${held}`;
  const { rows } = await db.execute<Record<keyof Matches, unknown>>(
    ranked(found, sql`ts_rank(words, ${by}::tsquery)`, search),
  );
  return rows[0] as unknown as Matches;
}

/**
 * Documents whose title or tags say nearly the words; a tenth of how alike they are is the rank.
 * @param tx of `beginSearch`, which says how alike is enough
 */
export async function findAlike(tx: Db, search: Search, words: readonly string[]): Promise<Matches> {
  const each = words.map((word) => sql`names %> documents.search_text(${word})`);
  const alike = words.map((word) => sql`word_similarity(documents.search_text(${word}), names)`);
  const found = sql`${mayFind(search, { until: 0, width: 0 })} AND ${sql.join(each, sql` AND `)}`;
  const rank = sql`least(${sql.join(alike, sql`, `)}) / 10`;
  const { rows } = await tx.execute<Record<keyof Matches, unknown>>(ranked(found, rank, search));
  return rows[0] as unknown as Matches;
}

/** Characters of a text in which a word to show is looked for, and those that are read around it. */
const LOOKED_THROUGH = 100_000;
const BEFORE = 200;
const EXCERPT = 700;

export interface FoundText extends Excerpt {
  id: string;
  /** The document a comment belongs to. */
  docId: string | null;
  title: string;
  updatedAt: string;
}

/** What is shown of hits: titles, and the part of each text around the first place where `pattern` matches. */
export async function readTexts(db: Db, hits: readonly Found[], pattern: string): Promise<FoundText[]> {
  const ids = (wanted: Found['kind']) =>
    sql`ANY (${sql.param(hits.filter(({ kind }) => kind === wanted).map(({ id }) => id))}::uuid[])`;
  const looked = sql`lower(left(content, ${sql.raw(String(LOOKED_THROUGH))}))`;
  const length = sql.raw(String(EXCERPT));
  const { rows } = await db.execute<Record<keyof FoundText, unknown>>(sql`
    SELECT id, doc_id AS "docId", title, substr(content, at, ${length}) AS text, at > 1 AS "isCutBefore",
      char_length(content) >= at + ${length} AS "isCutAfter", updated_at AS "updatedAt"
    FROM (SELECT id, NULL::uuid AS doc_id, title, content, updated_at FROM ${documents} WHERE id = ${ids('d')}
      UNION ALL
      SELECT said.id, doc_id, title, said.content, said.updated_at FROM ${comments} AS said
        JOIN ${documents} AS about ON about.id = said.doc_id WHERE said.id = ${ids('c')}) AS shown,
      LATERAL (SELECT greatest(1, regexp_instr(${looked}, ${pattern}) - ${sql.raw(String(BEFORE))}) AS at OFFSET 0) AS place`);
  return (rows as unknown as FoundText[]).map((row) => ({
    ...row,
    updatedAt: new Date(row.updatedAt).toISOString(),
  }));
}
