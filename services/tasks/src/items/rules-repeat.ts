import type { RecurrenceInput } from '@spacedly/contracts';

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const DAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?';
const ORDINALS: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
const UNITS: Readonly<Record<string, string>> = {
  hour: 'HOURLY',
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
};

const codeOf = (name: string) => CODES.find((code) => name.toUpperCase().startsWith(code)) as string;

const ordinal = '(first|second|third|fourth|last)';

/** Each form of what may follow `every`, and its rule. */
const FORMS: readonly [RegExp, (match: string[]) => string][] = [
  [
    /^(?:(other|\d{1,3}) )?(hour|day|week|month|year)s?\b/i,
    ([, count, unit = '']) => `FREQ=${UNITS[unit.toLowerCase()]}${intervalOf(count)}`,
  ],
  [/^(?:weekday|workday)s?\b/i, () => 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  [/^weekends?\b/i, () => 'FREQ=WEEKLY;BYDAY=SA,SU'],
  [
    new RegExp(`^${ordinal} (${DAY})\\b(?: of (?:the|each|every) month)?`, 'i'),
    ([, which = '', day = '']) => `FREQ=MONTHLY;BYDAY=${ORDINALS[which.toLowerCase()]}${codeOf(day)}`,
  ],
  [/^last day(?: of (?:the|each|every) month)?\b/i, () => 'FREQ=MONTHLY;BYMONTHDAY=-1'],
  [
    /^([1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b(?: of (?:the|each|every) month)?/i,
    ([, day]) => `FREQ=MONTHLY;BYMONTHDAY=${day}`,
  ],
  [
    new RegExp(`^(?:(other) )?(${DAY}(?:(?: ?, ?(?:and )?| and )${DAY})*)\\b`, 'i'),
    ([, other, list = '']) => {
      const named = new Set([...list.matchAll(new RegExp(DAY, 'gi'))].map(([name]) => codeOf(name)));
      return `FREQ=WEEKLY${intervalOf(other)};BYDAY=${CODES.filter((code) => named.has(code)).join(',')}`;
    },
  ],
];

function intervalOf(count: string | undefined): string {
  if (count === undefined || Number(count) === 1) return '';
  return `;INTERVAL=${count.toLowerCase() === 'other' ? 2 : Number(count)}`;
}

export interface FoundRepeat {
  recurrence: RecurrenceInput;
  /** Where it stands in the text. */
  start: number;
  end: number;
}

/** `every …`, or `every! …` to count from completion; the last one in a text counts. Null where there is none. */
export function findRepeat(text: string): FoundRepeat | null {
  for (const every of [...text.matchAll(/(?<=^|\s)every(!?)\s+/gi)].reverse()) {
    const start = every.index;
    const from = start + every[0].length;
    const rest = text.slice(from).replaceAll(/\s/g, ' ');
    for (const [form, ruleOf] of FORMS) {
      const match = form.exec(rest);
      if (match === null) continue;
      const anchor = every[1] === '!' ? 'completion' : 'due';
      return { recurrence: { rrule: ruleOf(match), anchor }, start, end: from + match[0].length };
    }
  }
  return null;
}
