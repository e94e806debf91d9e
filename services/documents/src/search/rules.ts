/** One word as it was typed, or several in quotes. */
export interface Term {
  /** As it was typed. */
  text: string;
  /** The same with everything that is no letter, mark or digit a space; not empty. */
  words: string;
  isNegated: boolean;
  isQuoted: boolean;
}

/** What somebody looks for. */
export interface Wanted {
  /** One of these is enough; of each all terms are wanted, or, negated, unwanted. Each has one that is wanted. */
  groups: Term[][];
  /** Whether the last word may be the beginning of one. */
  isPrefix: boolean;
}

const NO_WORD = /[^\p{L}\p{M}\p{N}]+/gu;
/** Letters that are words of their own, as those who write them put no space between words; as `search_text` has it. */
const ALONE = '\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
/** Parts of a text that are words, for the database as for us: a letter of `ALONE`, or others up to the next that is none. */
export const WORD = new RegExp(`[${ALONE}]|[[\\p{L}\\p{M}\\p{N}]--[${ALONE}]]+`, 'gv');
const ALONE_LETTER = new RegExp(`^[${ALONE}]$`, 'v');
export const isAlone = (word: string) => ALONE_LETTER.test(word);
const PIECE = /(-?)(?:"([^"]*)"?|(\S+))/gu;

/** Understands what `websearch_to_tsquery` does: words, "phrases", -without, or. Null where nothing is looked for. */
export function readQuery(q: string): Wanted | null {
  const groups: Term[][] = [[]];
  let last: Term | undefined;
  for (const [, minus, phrase, word] of q.matchAll(PIECE)) {
    if (minus === '' && word?.toLowerCase() === 'or') groups.push([]);
    const text = phrase ?? (word?.toLowerCase() === 'or' && minus === '' ? '' : (word ?? ''));
    const words = text.replaceAll(NO_WORD, ' ').trim();
    if (words === '') continue;
    last = { text: text.trim(), words, isNegated: minus === '-', isQuoted: phrase !== undefined };
    groups.at(-1)?.push(last);
  }
  const wanted = groups.filter((group) => group.some(({ isNegated }) => !isNegated));
  if (wanted.length === 0) return null;
  const isTyping = /[\p{L}\p{M}\p{N}]$/u.test(q) && (q.match(/"/g)?.length ?? 0) % 2 === 0;
  return { groups: wanted, isPrefix: isTyping && last?.isNegated === false };
}

/** Terms for `websearch_to_tsquery`, each in quotes, so that nothing in them is an operator. */
export function toWebsearch({ groups }: Wanted, { onlyWanted }: { onlyWanted: boolean }): string {
  const terms = (group: Term[]) =>
    group
      .filter(({ isNegated }) => !(onlyWanted && isNegated))
      .map(({ words, isNegated }) => `${isNegated ? '-' : ''}"${words}"`);
  return groups.map((group) => terms(group).join(' ')).join(' or ');
}

const LAST_WORD = /'([^']*)'$/;

/**
 * The last word of a query as the beginning of one.
 * @param query as PostgreSQL writes a `tsquery` of words without quotes and spaces
 */
export const withPrefix = (query: string) => query.replace(LAST_WORD, `'$1':*`);

/** Longest beginning of a word that is a word of its own in `search_entries`. */
const MAX_BEGINNING = 4;

/**
 * What is looked up for a query without negation: words wherever they stand, as whether they follow each other is told by
 * the row and not by the index; the beginning of a word as the word of its own that it is when it is short.
 */
export function lookupOf(query: string, isPrefix: boolean): string {
  const anywhere = query.replaceAll(/ <(?:-|\d+)> /g, ' & ');
  if (!isPrefix) return anywhere;
  return anywhere.replace(LAST_WORD, (_, word: string) =>
    [...word].length <= MAX_BEGINNING ? `'^${word}'` : `'${word}':*`,
  );
}

/** Whether the row must be read to tell: for words that follow each other, and for words that must not be there. */
export const needsRow = (query: string) => /<|!/.test(query);

/** Matches a page is chosen from, the newest ones: of more, ranking takes longer than anybody waits. */
export const MAX_RANKED = 200;
/** So many of the newest eras are looked at first, then so many, then all. */
const WIDTHS = [2, 20, 200] as const;
/** With fewer eras than that all are looked at. */
const FEW_ERAS = 20;

/** How many of the newest eras a search looks at, one after another until there are enough matches; 0 for all. */
export function widthsFor(lastEra: number): number[] {
  return lastEra < FEW_ERAS ? [0] : [...WIDTHS.filter((width) => width <= lastEra), 0];
}

export const isWidth = (width: number) => width === 0 || WIDTHS.some((known) => known === width);
