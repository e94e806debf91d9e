import type { SearchHit, SearchQuery, TaskHit } from '@spacedly/contracts';
import { type Db, decodeCursor, encodeCursor, Problem } from '@spacedly/kit';
import type { DocumentsDeps, Viewer } from '../deps.ts';
import { createFinder, type Finder, highlight, snippetOf, wantedWords } from './highlight.ts';
import {
  isWidth,
  lookupOf,
  MAX_RANKED,
  needsRow,
  readQuery,
  toWebsearch,
  type Wanted,
  widthsFor,
  withPrefix,
} from './rules.ts';
import {
  beginSearch,
  type Eras,
  type Found,
  type FoundText,
  findAlike,
  findWords,
  type Place,
  type Queries,
  readTexts,
  type Search,
} from './store.ts';

export type SearchDeps = Pick<DocumentsDeps, 'db' | 'searchTasks'>;

/** How the first page was found; the next ones look in the same way, so that they go on where it ended. */
interface Way {
  isFuzzy: boolean;
  /** Null before it is known how many it takes. */
  eras: Eras | null;
}

/** Shorter words are like too many others. */
const LEAST_TO_GUESS = 4;
/** Words that may be misspelled; none where something is in quotes, which is meant to the letter. */
function wordsToGuess(wanted: Wanted): string[] {
  if (wanted.groups.flat().some(({ isQuoted }) => isQuoted)) return [];
  return wantedWords(wanted).filter((word) => [...word].length >= LEAST_TO_GUESS);
}

const EVERYTHING: Eras = { until: 0, width: 0 };
const ALL_TYPES = ['task', 'doc', 'comment'] as const;

function readCursor(cursor: string | undefined): { after: Place | null; way: Way | null } {
  if (cursor === undefined) return { after: null, way: null };
  const kinds = ['number', 'uuid', 'number', 'number', 'number'] as const;
  const [rank, id = '', fuzzy, until, width] = decodeCursor(cursor, kinds);
  const eras = { until: Number(until), width: Number(width) };
  const isSane = Math.abs(Number(rank)) <= 1e9 && Math.abs(eras.until) <= 1e9;
  if (!isSane || !isWidth(eras.width)) {
    const errors = [{ path: 'query.cursor', message: 'Is not a cursor of this list' }];
    throw new Problem('VALIDATION_FAILED', { errors });
  }
  return { after: { rank: Number(rank), id }, way: { isFuzzy: fuzzy === '1', eras } };
}

function writeCursor({ rank, id }: Place, { isFuzzy, eras }: Way): string {
  const { until, width } = eras ?? EVERYTHING;
  return encodeCursor([rank, id, isFuzzy ? 1 : 0, until, width]);
}

/** Looks at ever more eras, until there is enough to rank. */
async function findExact(
  tx: Db,
  { isPrefix }: Wanted,
  search: Search,
  { queries: { full, wanted, lastEra }, known }: { queries: Queries; known: Eras | null },
): Promise<{ hits: Found[]; eras: Eras }> {
  // Letters that the database has no words for.
  if (wanted === '') return { hits: [], eras: EVERYTHING };
  const whole = isPrefix ? withPrefix(full) : full;
  const by = isPrefix ? withPrefix(wanted) : wanted;
  const query = { lookup: lookupOf(wanted, isPrefix), full: needsRow(whole) ? whole : null, by };
  const widths = known === null ? widthsFor(lastEra) : [known.width];
  for (const width of widths) {
    const eras = { until: known?.until ?? lastEra, width };
    const { hits, count } = await findWords(tx, search, eras, query);
    if (count >= MAX_RANKED || width === widths.at(-1)) return { hits, eras };
  }
  return { hits: [], eras: EVERYTHING };
}

/** What is found in documents and comments. */
function findOwn(
  { db }: SearchDeps,
  wanted: Wanted,
  search: Search,
  { isFuzzy, eras: known }: Way,
): Promise<{ hits: Found[]; eras: Eras }> {
  const whole = toWebsearch(wanted, { onlyWanted: false });
  const positive = toWebsearch(wanted, { onlyWanted: true });
  return db.transaction(async (tx) => {
    const queries = await beginSearch(tx, whole, positive);
    if (!isFuzzy) return findExact(tx, wanted, search, { queries, known });
    const { hits } = await findAlike(tx, search, wordsToGuess(wanted));
    return { hits, eras: EVERYTHING };
  });
}

interface Pages {
  found: Found[];
  tasks: TaskHit[];
  way: Way;
}

/** Asks both services at once for what comes after a place. */
async function findPages(deps: SearchDeps, wanted: Wanted, asked: Search, known: Way): Promise<Pages> {
  const { viewer, types, limit, after } = asked;
  const { isFuzzy } = known;
  const alike = isFuzzy ? wordsToGuess(wanted) : null;
  const askTasks = async (userId: string) => {
    const groups = wanted.groups.map((group) => ({
      all: group.filter(({ isNegated }) => !isNegated).map(({ text }) => text),
      none: group.filter(({ isNegated }) => isNegated).map(({ text }) => text),
    }));
    const { isPrefix } = wanted;
    const q = toWebsearch(wanted, { onlyWanted: true });
    const { pattern } = createFinder(wanted, isFuzzy);
    return deps.searchTasks({ userId, groups, q, isPrefix, alike, pattern, limit: limit + 1, after });
  };
  const isOwn = types.includes('doc') || types.includes('comment');
  const own = isOwn
    ? findOwn(deps, wanted, { ...asked, limit: limit + 1 }, known)
    : { hits: [], eras: EVERYTHING };
  const ofTasks = types.includes('task') && viewer.userId !== null ? askTasks(viewer.userId) : [];
  const [{ hits, eras }, tasks] = await Promise.all([own, ofTasks]);
  return { found: hits, tasks, way: { isFuzzy, eras } };
}

type Ranked = { place: Place } & ({ found: Found } | { task: TaskHit });

/** Both in one order. */
function merge({ found, tasks }: Pages): Ranked[] {
  const all: Ranked[] = [
    ...found.map((hit) => ({ place: { rank: hit.rank, id: hit.id }, found: hit })),
    ...tasks.map((task) => ({ place: { rank: task.rank, id: task.id }, task })),
  ];
  return all.sort((a, b) => b.place.rank - a.place.rank || (a.place.id < b.place.id ? 1 : -1));
}

/** What is shown of hits. */
async function present({ db }: SearchDeps, hits: readonly Ranked[], finder: Finder): Promise<SearchHit[]> {
  const own = hits.flatMap((hit) => ('found' in hit ? [hit.found] : []));
  const texts = own.length === 0 ? [] : await readTexts(db, own, finder.pattern);
  const textOf = new Map<string, FoundText>(texts.map((text) => [text.id, text]));
  return hits.flatMap((hit) => {
    const shown = 'found' in hit ? textOf.get(hit.found.id) : { ...hit.task, docId: null };
    // Deleted a moment ago.
    if (shown === undefined) return [];
    const { id, docId, title, updatedAt } = shown;
    const html = { titleHtml: highlight(title, finder), snippetHtml: snippetOf(shown, finder) };
    const type = 'task' in hit ? 'task' : hit.found.kind === 'd' ? 'doc' : 'comment';
    return [{ type, id, docId, title, ...html, rank: hit.place.rank / 1e6, updatedAt }];
  });
}

/**
 * Searches what somebody may see. Where nothing says the words, what says nearly the same.
 * @throws Problem VALIDATION_FAILED for a cursor that is none; UNAVAILABLE when it is not known what else there is: when
 * tasks are asked for and cannot be searched, or when the auth service cannot say whose documents they edit
 */
export async function search(deps: SearchDeps, viewer: Viewer, query: SearchQuery) {
  const { q, type: types = ALL_TYPES, limit, cursor } = query;
  const { after, way } = readCursor(cursor);
  if (viewer.isUnsure) throw new Problem('UNAVAILABLE', { retryAfterSeconds: 1 });
  const wanted = readQuery(q);
  if (wanted === null) return { items: [], nextCursor: null };
  const asked = { viewer, types, limit, after };
  let pages = await findPages(deps, wanted, asked, way ?? { isFuzzy: false, eras: null });
  const isNothing = pages.found.length + pages.tasks.length === 0;
  if (isNothing && way === null && wordsToGuess(wanted).length > 0)
    pages = await findPages(deps, wanted, asked, { isFuzzy: true, eras: null });
  const hits = merge(pages);
  const page = hits.slice(0, limit);
  const last = page.at(-1);
  const items = await present(deps, page, createFinder(wanted, pages.way.isFuzzy));
  const isMore = hits.length > limit && last !== undefined;
  return { items, nextCursor: isMore ? writeCursor(last.place, pages.way) : null };
}
