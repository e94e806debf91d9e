import { type CreateTaskBody, createTaskBody, type Language } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import type { Chrono, ParsedResult } from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import { fromWall, toWall } from '../people/days.ts';
import { nextDate, parseRule } from './rrule.ts';
import { type FoundRepeat, findRepeat } from './rules-repeat.ts';
import type { Words } from './words/forms.ts';
import { rewrite, wordsOf } from './words/phrases.ts';

/** When and where the line was written, and in what language besides English. */
export interface QuickMoment {
  now: Date;
  timeZone: string;
  language: Language;
}

/** A moment with what finds dates in English. */
interface Reading extends QuickMoment {
  chrono: Pick<Chrono, 'parse'>;
}

const WORD = '"([^"]+)"|([\\p{L}\\p{M}\\p{N}_/&+-]+)';
const CATEGORY = new RegExp(`(?<=^|\\s)#(?:${WORD})`, 'gu');
const LABEL = new RegExp(`(?<=^|\\s)@(?:${WORD})`, 'gu');
const PRIORITY = /(?<=^|\s)!(high|medium|low)\b/gi;
const ESTIMATE = /(?<=^|\s)~(?:(\d{1,3})h)?(?:(\d{1,4})m(?:in)?)?(?=\s|$)/gi;

/** Takes every match out of a text. */
function take(text: string, pattern: RegExp): { rest: string; matches: RegExpMatchArray[] } {
  const matches = [...text.matchAll(pattern)].filter(([whole]) => whole !== '~');
  const rest = matches.reduceRight((left, match) => cut(left, match.index as number, match[0].length), text);
  return { rest, matches };
}

const cut = (text: string, start: number, length: number) =>
  `${text.slice(0, start)} ${text.slice(start + length)}`;

const wordOf = ([, quoted, plain]: RegExpMatchArray) => (quoted ?? plain) as string;

type Component = Parameters<ParsedResult['start']['get']>[0];

function hasTimeOfDay({ start }: ParsedResult): boolean {
  if (start.isCertain('hour')) return true;
  return [...start.tags()].some((tag) =>
    /casualReference\/(tonight|morning|afternoon|evening|midnight|noon)/.test(tag),
  );
}

/** What chrono found, on the wall; it was given the wall of the person as if it were UTC. */
function wallOf({ start }: ParsedResult): Date {
  const get = (component: Component) => start.get(component) ?? 0;
  return new Date(Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute')));
}

/** `5pm EST` names a zone of its own; `in 2 hours` only says that it is exact. */
function namedOffsetMinutes({ start }: ParsedResult): number | null {
  const isRelative = [...start.tags()].some((tag) => tag.startsWith('result/relative'));
  return !isRelative && start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null;
}

type DueFields = Pick<CreateTaskBody, 'dueDate' | 'dueDay'>;

function dueOf(found: ParsedResult, { timeZone }: QuickMoment): DueFields {
  const wall = wallOf(found);
  if (!hasTimeOfDay(found)) return { dueDay: wall.toISOString().slice(0, 10) };
  const offset = namedOffsetMinutes(found);
  const at = offset === null ? fromWall(wall, timeZone) : new Date(wall.getTime() - offset * 60_000);
  return { dueDate: at.toISOString() };
}

/** `every monday at 9`: a time alone belongs to the first date of the rule. */
function firstAt(found: ParsedResult, rrule: string, { now, timeZone }: QuickMoment): DueFields {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const plainTime = Temporal.PlainTime.from(wallOf(found).toISOString().slice(11, 19));
  const start = here.toPlainDate().toZonedDateTime({ timeZone, plainTime });
  const first = nextDate(parseRule(rrule), start, here, { isAllDay: false });
  return first === null ? {} : { dueDate: new Date(first.epochMilliseconds).toISOString() };
}

const hasDay = ({ start }: ParsedResult) =>
  start.isCertain('day') || start.isCertain('weekday') || start.isCertain('month');

interface FoundDue {
  due: DueFields;
  /** Where it stands in the text; empty where there is none. */
  start: number;
  end: number;
}

/** The date in a text; the last one counts, as a date is mostly said at the end. */
function findDue(text: string, rrule: string | null, moment: Reading): FoundDue {
  const reference = { instant: toWall(moment.now, moment.timeZone), timezone: 0 };
  const found = moment.chrono.parse(text, reference, { forwardDate: true }).at(-1);
  if (found === undefined) return { due: {}, start: 0, end: 0 };
  const due = rrule !== null && !hasDay(found) ? firstAt(found, rrule, moment) : dueOf(found, moment);
  return { due, start: found.index, end: found.index + found.text.length };
}

/** The date and the repeat of a text, and what else it says. */
function takeTimes(text: string, words: Words | null, moment: Reading) {
  const english = rewrite(text, words);
  const repeat: FoundRepeat | null = findRepeat(english.text);
  const [from, to] = [repeat?.start ?? 0, repeat?.end ?? 0];
  const withoutRepeat = repeat === null ? english.text : cut(english.text, from, to - from);
  const { due, start, end } = findDue(withoutRepeat, repeat?.recurrence.rrule ?? null, moment);
  // Where the repeat was there is one space now.
  const [dueStart, dueEnd] = [start, end].map((index) =>
    to > from && index > from ? index + to - from - 1 : index,
  );
  const rest = english.without([
    [from, to],
    [dueStart as number, dueEnd as number],
  ]);
  return { rest, due, repeat };
}

/** `!high`, and the words of the person's language. */
function takePriority(text: string, words: Words | null) {
  if (words === null) return take(text, PRIORITY);
  const named = Object.keys(words.priorities).join('|');
  return take(text, new RegExp(`(?<=^|\\s)!(high|medium|low|${named})(?![\\p{L}\\p{M}\\p{N}_])`, 'giu'));
}

const tidy = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

function parse(line: string, moment: Reading): CreateTaskBody {
  const words = wordsOf(moment.language);
  // Accents may be written as signs of their own.
  const categories = take(words === null ? line : line.normalize('NFC'), CATEGORY);
  const labels = take(categories.rest, LABEL);
  const priorities = takePriority(labels.rest, words);
  const estimates = take(priorities.rest, ESTIMATE);
  const { rest, due, repeat } = takeTimes(estimates.rest, words, moment);
  const [category, priority, estimate] = [categories, priorities, estimates].map(({ matches }) =>
    matches.at(-1),
  );
  const minutes = estimate === undefined ? 0 : Number(estimate[1] ?? 0) * 60 + Number(estimate[2] ?? 0);
  const importance = priority?.[1]?.toLowerCase();
  return checked({
    title: tidy(rest) || tidy(line),
    ...due,
    ...(category && { category: wordOf(category) }),
    ...(labels.matches.length > 0 && { labels: [...new Set(labels.matches.map(wordOf))] }),
    ...(importance && { priority: words?.priorities[importance] ?? importance }),
    ...(minutes > 0 && { estimateMinutes: minutes }),
    ...(repeat && { recurrence: repeat.recurrence }),
  });
}

function checked(body: object): CreateTaskBody {
  const parsed = createTaskBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    path: 'body.text',
    message: `${path.join('.')}: ${message}`,
  }));
  throw new Problem('VALIDATION_FAILED', { errors });
}

/**
 * Reads a task from one line: `Revise graphs tomorrow 9am #Study @exam !high ~45m every week`. What none of the rules
 * understands is the title; where nothing is left, the whole line is. Dates, repeats and priorities may be said in the
 * person's language too.
 * @throws Problem VALIDATION_FAILED when a part is longer than its field
 */
export type QuickParser = (line: string, moment: QuickMoment) => CreateTaskBody;

/** The parser with the library that finds dates, half a megabyte of code that the first line loads. */
export async function loadQuickParser(): Promise<QuickParser> {
  const { en } = await import('chrono-node');
  return (line, moment) => parse(line, { ...moment, chrono: en.casual });
}
