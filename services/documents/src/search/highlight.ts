import { isAlone, type Term, type Wanted, WORD } from './rules.ts';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] as string);

/** As `search_text` of the database has it: without case and accents. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]+/g, '')
    .normalize('NFKC')
    .toLowerCase();
}

const wordsOf = (text: string) => text.match(WORD) ?? [];

/** Three letters in a row, with spaces around the word, as `pg_trgm` has them. */
function trigrams(word: string): Set<string> {
  const letters = [...`  ${word} `];
  return new Set(letters.slice(2).map((letter, at) => `${letters[at]}${letters[at + 1]}${letter}`));
}

/** As alike as what a search for misspelled words takes for the same. */
export const ALIKE = 0.4;
function isAlike(word: string, wanted: ReadonlySet<string>): boolean {
  const shared = trigrams(word).intersection(wanted);
  return shared.size / wanted.size >= ALIKE;
}

/** Tells which words of a text were looked for. */
export interface Finder {
  isFound(word: string): boolean;
  /** For PostgreSQL: where one of the words may stand. */
  pattern: string;
}

const wantedTerms = ({ groups }: Wanted): Term[] => groups.flat().filter(({ isNegated }) => !isNegated);

/** The words that are looked for, each once and as they are compared. */
export function wantedWords(wanted: Wanted): string[] {
  return [...new Set(wantedTerms(wanted).flatMap(({ words }) => wordsOf(fold(words))))];
}

/** @param isFuzzy also takes what is nearly the same */
export function createFinder(wanted: Wanted, isFuzzy: boolean): Finder {
  const all = wantedWords(wanted);
  const last = wordsOf(fold(wantedTerms(wanted).at(-1)?.words ?? '')).at(-1);
  const beginning = wanted.isPrefix ? last : undefined;
  const exact = new Set(all);
  const alike = isFuzzy ? all.filter((word) => [...word].length > 3).map(trigrams) : [];
  const typed = wantedTerms(wanted).flatMap(({ words }) => wordsOf(words.toLowerCase()));
  const pattern = [...new Set([...all, ...typed])]
    .map((word) => (isAlone(word) ? word : `\\m${word}`))
    .join('|');
  return {
    pattern,
    isFound(word) {
      const folded = fold(word);
      if (exact.has(folded)) return true;
      if (beginning !== undefined && folded.startsWith(beginning)) return true;
      return alike.some((wantedTrigrams) => isAlike(folded, wantedTrigrams));
    },
  };
}

/**
 * Text as HTML, with found words in `<mark>`. Every piece of it is escaped by itself, and the marks are put between the
 * pieces, so nothing in the text can pass for one.
 */
export function highlight(text: string, { isFound }: Finder): string {
  let html = '';
  let until = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!isFound(word)) continue;
    html += `${escapeHtml(text.slice(until, index))}<mark>${escapeHtml(word)}</mark>`;
    until = index + word.length;
  }
  return `${html}${escapeHtml(text.slice(until))}`.replaceAll('</mark><mark>', '');
}

/** Characters of a snippet, and of what comes before the first word that was found. */
const SNIPPET = { length: 240, before: 60 };

/** A part of a longer text that shows why it was found. */
export interface Excerpt {
  text: string;
  /** Whether something comes before or after it. */
  isCutBefore: boolean;
  isCutAfter: boolean;
}

/** A line or three around the first found word, as HTML. */
export function snippetOf({ text, isCutBefore, isCutAfter }: Excerpt, finder: Finder): string {
  const first = [...text.matchAll(WORD)].find(([word]) => finder.isFound(word))?.index ?? 0;
  const characters = [...text];
  const at = [...text.slice(0, first)].length;
  const from = at <= SNIPPET.before ? 0 : at - SNIPPET.before;
  const until = Math.min(characters.length, from + SNIPPET.length);
  // Not in the middle of a word, where there is another place nearby.
  const start = from === 0 ? 0 : nextSpace(characters, from, at);
  const end = until === characters.length ? until : lastSpace(characters, until, start);
  const shown = characters.slice(start, end).join('').trim();
  const before = isCutBefore || start > 0 ? '…' : '';
  const after = isCutAfter || end < characters.length ? '…' : '';
  return `${before}${highlight(shown, finder)}${after}`;
}

function nextSpace(characters: readonly string[], from: number, atMost: number): number {
  const space = characters.findIndex((character, index) => index >= from && /\s/.test(character));
  return space === -1 || space >= atMost ? from : space + 1;
}

function lastSpace(characters: readonly string[], from: number, start: number): number {
  for (let at = from; at > Math.max(start, from - 30); at -= 1) {
    if (/\s/.test(characters[at] as string)) return at;
  }
  return from;
}
