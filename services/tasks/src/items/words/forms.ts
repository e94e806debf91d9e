import type { CreateTaskBody } from '@spacedly/contracts';

/**
 * A form of words, and the same in the English that the parser reads. Null is for words that only look like a date:
 * they stay in the title, and English does not read a date in them either.
 */
export type Phrase = readonly [source: string, toEnglish: (match: RegExpExecArray) => string | null];

/** What one language brings. The first phrase that fits counts, so the longer ones stand first. */
export interface Words {
  priorities: Readonly<Record<string, NonNullable<CreateTaskBody['priority']>>>;
  phrases: readonly Phrase[];
}

/** English names, as the parser reads them. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Any of some words, each a pattern. */
export const anyOf = (words: readonly string[]) => `(?:${words.join('|')})`;

/** The group of a match, empty where it took no part. */
export const group = (match: RegExpExecArray, name: string) => match.groups?.[name] ?? '';

/** The place, from 0, of the pattern that a word fits; −1 where it fits none. */
export function placeOf(word: string, patterns: readonly string[]): number {
  return patterns.findIndex((pattern) => new RegExp(`^${pattern}$`, 'iu').test(word));
}

/** `12`, `१२`, or a word that stands at its number, from 1, among `words`. */
export function numberOf(said: string, words: readonly string[]): number {
  const digits = said.replaceAll(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
  return /^\d+$/.test(digits) ? Number(digits) : placeOf(said, words) + 1;
}

/** `at 9:30`, or some minutes off it for a quarter; null for an hour or minute that no clock shows. */
export function clock(hour: number, minute: number, shift = 0): string | null {
  const all = hour * 60 + minute + shift;
  if (hour > 23 || minute > 59 || all < 0) return null;
  return `at ${Math.floor(all / 60)}:${String(all % 60).padStart(2, '0')}`;
}

/** `on 12 May 2027`; null for a day that no calendar has. */
export function date(day: number, month: number, year?: number): string | null {
  const isReal =
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year ?? 2024, month, 0)).getUTCDate();
  return isReal ? `on ${day} ${MONTHS[month - 1]}${year === undefined ? '' : ` ${year}`}` : null;
}

/** `every monday and friday`. */
export function everyWeekday(list: string, patterns: readonly string[], bang = ''): string {
  const words = list.match(new RegExp(anyOf(patterns), 'giu')) ?? [];
  return `every${bang} ${words.map((word) => WEEKDAYS[placeOf(word, patterns)]).join(' and ')}`;
}

/** `every 2 weeks`. */
export const everyUnit = (count: number, unit: string, bang: string) =>
  `every${bang} ${count === 1 ? unit : `${count} ${unit}s`}`;

/** Day before month, as these languages write it, where English reads the month first. */
export const NUMERALS: readonly Phrase[] = [
  [
    '(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})',
    ([, day, , month, year]) => date(Number(day), Number(month), Number(year)),
  ],
  // One digit is more often a fraction: ½ of the book.
  ['(\\d{2})/(\\d{2})', ([, day, month]) => date(Number(day), Number(month))],
  ['\\d+(?:[./]\\d+)+', () => null],
  ['\\d+,\\d+', () => null],
];
