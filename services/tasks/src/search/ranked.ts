import type { SearchTasksBody, TaskHit } from '@spacedly/contracts';
import { and, ilike, or, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { isLive } from '../items/store.ts';
import { contains } from '../items/store-list.ts';
import { taskShares, tasks } from '../schema.ts';
import { type Bits, type Finder, pieceOrder, tasksInPieces } from './find.ts';

/** Matches that are ranked, the newest ones. */
const MAX_RANKED = 500;
/** Titles that are compared letter by letter where nothing says the words. */
const MAX_COMPARED = 2_000;
/** Of three letters in a row, the part that must be the same in a word that is taken for a misspelled one. */
const ALIKE = 0.4;
/** Of what says the words only inside of others. In millionths. */
const LEAST_RANK = 10_000;
/** Characters that are shown around what was found, and how many of them before it. */
const EXCERPT = 700;
const BEFORE = 200;

type Group = SearchTasksBody['groups'][number];

const says = (words: string) =>
  or(ilike(tasks.title, contains(words)), ilike(tasks.description, contains(words))) as SQL;
const fits = ({ all, none }: Group) =>
  and(...all.map(says), ...none.map((words) => sql`(${says(words)}) IS NOT TRUE`));

const given = (name: string) => sql.placeholder(name);
const number = (value: number) => sql.raw(String(value));

const byTime = sql`${tasks.createdAt} DESC, ${tasks.id} DESC`;
/** Live tasks that others share with the person: few, so each is read. */
const shared = sql`FROM ${taskShares} JOIN ${tasks} ON ${tasks.id} = ${taskShares.taskId}
  WHERE ${taskShares.userId} = ${given('userId')} AND ${isLive}`;

/** The newest tasks that say the words, by filters where there are some; those that are shared with them too. */
function newest({ groups }: SearchTasksBody, bits: Bits | null): SQL {
  const saysAll = or(...groups.map(fits)) as SQL;
  const source = bits === null ? tasks : tasksInPieces(saysAll, 'desc', false);
  const order = bits === null ? byTime : sql`${pieceOrder.desc}, ${byTime}`;
  return sql`(SELECT ${tasks.id} FROM ${source} WHERE ${tasks.userId} = ${given('userId')} AND ${isLive} AND ${saysAll}
    ORDER BY ${order} LIMIT ${number(MAX_RANKED)})
    UNION (SELECT ${tasks.id} ${shared} AND ${saysAll} ORDER BY ${byTime} LIMIT ${number(MAX_RANKED)})`;
}

/** As documents are ranked: words of the title count more than those of the text. */
function rankBy({ q, isPrefix }: SearchTasksBody): SQL {
  const query = sql`websearch_to_tsquery('simple', ${q})::text`;
  const suffix = isPrefix ? ':*' : '';
  const asked = sql`(CASE ${query} WHEN '' THEN '' ELSE ${query} || ${suffix} END)::tsquery`;
  const words = sql`setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', coalesce(description, ''))`;
  return sql`greatest(round(ts_rank(${words}, ${asked})::numeric * 1000000)::bigint, ${number(LEAST_RANK)})`;
}

/** What may be meant, and how well each fits: at most a tenth. */
function alikeBy(words: readonly string[]): { from: SQL; rank: SQL } {
  const each = words.map((word) => sql`word_similarity(${word}, lower(title))`);
  const columns = sql`${tasks.id}, ${tasks.title}`;
  const from = sql`SELECT id FROM (
      (SELECT ${columns} FROM ${tasks} WHERE ${tasks.userId} = ${given('userId')} AND ${isLive}
        ORDER BY ${byTime} LIMIT ${number(MAX_COMPARED)})
      UNION (SELECT ${columns} ${shared} ORDER BY ${byTime} LIMIT ${number(MAX_COMPARED)})) AS recent
    WHERE least(${sql.join(each, sql`, `)}) >= ${number(ALIKE)} LIMIT ${number(MAX_RANKED)}`;
  return { from, rank: sql`round(least(${sql.join(each, sql`, `)})::numeric * 100000)::bigint` };
}

/** The page of what was found, with the part of each text around the first place that is worth showing. */
function pageOf({ after, limit, pattern }: SearchTasksBody, from: SQL, rank: SQL): SQL {
  const beyond = after === null ? sql`` : sql`WHERE (rank, id) < (${after.rank}::bigint, ${after.id}::uuid)`;
  return sql`(WITH newest AS MATERIALIZED (${from}),
    ranked AS MATERIALIZED (SELECT id, ${rank} AS rank FROM newest JOIN ${tasks} USING (id)),
    page AS (SELECT * FROM ranked ${beyond} ORDER BY rank DESC, id DESC LIMIT ${limit})
    SELECT id, rank, title, coalesce(substr(description, at, ${number(EXCERPT)}), '') AS text, at > 1 AS cut_before,
      coalesce(char_length(description) >= at + ${number(EXCERPT)}, false) AS cut_after, updated_at
    FROM page JOIN ${tasks} USING (id), LATERAL (SELECT greatest(1,
      coalesce(regexp_instr(lower(description), ${pattern}), 1) - ${number(BEFORE)}) AS at OFFSET 0) AS place) AS hit`;
}

/** Finds and ranks one's own tasks and those shared with one, for the search over everything. */
export function createRankedSearch(db: NodePgDatabase, finder: Finder) {
  const run = (source: SQL, values: Record<string, unknown>) =>
    db
      .select({
        id: sql<string>`hit.id`,
        rank: sql<number>`hit.rank`.mapWith(Number),
        title: sql<string>`hit.title`,
        text: sql<string>`hit.text`,
        isCutBefore: sql<boolean>`hit.cut_before`,
        isCutAfter: sql<boolean>`hit.cut_after`,
        updatedAt: sql<string>`hit.updated_at`.mapWith((value: string) => new Date(value).toISOString()),
      })
      .from(source)
      .orderBy(sql`hit.rank DESC, hit.id DESC`)
      // Planned for these words and this person, as the list of tasks is.
      .prepare('')
      .execute(values);

  return async (body: SearchTasksBody): Promise<TaskHit[]> => {
    const { userId, groups, alike } = body;
    if (alike !== null) {
      const { from, rank } = alikeBy(alike);
      return run(pageOf(body, from, rank), { userId });
    }
    // Filters tell of one piece of text; with several groups none must be there.
    const longest = groups.flatMap(({ all }) => all).sort((a, b) => b.length - a.length)[0] ?? '';
    const page = { direction: 'desc', limit: MAX_RANKED, cursor: {} } as const;
    const bits = groups.length === 1 ? await finder.bitsFor(userId, longest, page) : null;
    const hits = await run(pageOf(body, newest(body, bits), rankBy(body)), { userId, ...bits });
    if (hits.length < body.limit) await finder.keepUp(userId);
    return hits;
  };
}
