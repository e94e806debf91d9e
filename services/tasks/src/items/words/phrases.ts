import type { Language } from '@spacedly/contracts';
import { de } from './de.ts';
import { es } from './es.ts';
import type { Phrase, Words } from './forms.ts';
import { hi } from './hi.ts';

/** A part of the rewritten text that stands for other words. */
interface Stand {
  start: number;
  end: number;
  original: string;
}

/** A line in English, as far as it could be told, and the way back. */
export interface Rewritten {
  text: string;
  /** What is left of the line as it was written when some ranges of `text` are taken out. */
  without(taken: readonly (readonly [start: number, end: number])[]): string;
}

const WORD = '[\\p{L}\\p{M}\\p{N}_]';
/** Part of no longer word, and of no compound such as `Montag-Treffen`, `9-11` or an address. */
const BEFORE = `(?<!${WORD}['’/.:@-]?)`;
const AFTER = `(?!['’/:@-]?${WORD})`;
/** Nothing in English has this in it. */
const UNREADABLE = '\uFFFC';

const compiled = new Map<Words, readonly (readonly [RegExp, Phrase[1]])[]>();

/** A space in a pattern is any white space, ` ?` also none. */
const spaced = (source: string) => source.replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+');

function patternsOf(words: Words) {
  const known = compiled.get(words);
  if (known !== undefined) return known;
  const patterns = words.phrases.map(
    ([source, toEnglish]) =>
      [new RegExp(`${BEFORE}(?:${spaced(source)})${AFTER}`, 'iuy'), toEnglish] as const,
  );
  compiled.set(words, patterns);
  return patterns;
}

function phraseAt(text: string, index: number, words: Words): { length: number; english: string } | null {
  for (const [pattern, toEnglish] of patternsOf(words)) {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (match !== null) return { length: match[0].length, english: toEnglish(match) ?? UNREADABLE };
  }
  return null;
}

/** The words of a language; English needs none. */
export const wordsOf = (language: Language): Words | null => ({ en: null, de, es, hi })[language];

/** Tells in English what the phrases of a language say; everything else stays as it is. */
export function rewrite(line: string, words: Words | null): Rewritten {
  const stands: Stand[] = [];
  let text = '';
  for (let index = 0; index < line.length; ) {
    const phrase = words !== null && /\S/.test(line[index] as string) ? phraseAt(line, index, words) : null;
    if (phrase === null) {
      text += line[index++];
      continue;
    }
    const original = line.slice(index, index + phrase.length);
    stands.push({ start: text.length, end: text.length + phrase.english.length, original });
    text += phrase.english;
    index += phrase.length;
  }
  return { text, without: (taken) => restore(text, stands, taken) };
}

/** Words of which only a part was taken come back whole: nobody wrote the half of them. */
function restore(text: string, stands: readonly Stand[], taken: Parameters<Rewritten['without']>[0]): string {
  const isTaken = (index: number) => taken.some(([start, end]) => index >= start && index < end);
  let left = '';
  for (let index = 0; index < text.length; ) {
    const stand = stands.find(({ start }) => start === index);
    if (stand === undefined) {
      left += isTaken(index) ? ' ' : text[index];
      index++;
      continue;
    }
    const isGone = taken.some(([start, end]) => start <= stand.start && end >= stand.end);
    left += isGone ? ' ' : stand.original;
    index = stand.end;
  }
  return left;
}
