import {
  anyOf,
  clock,
  date,
  everyUnit,
  everyWeekday,
  group,
  NUMERALS,
  numberOf,
  placeOf,
  WEEKDAYS,
  type Words,
} from './forms.ts';

const DAYS = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', '(?:samstag|sonnabend)', 'sonntag'];
/** Only after `am`: by itself `so` and `do` are other words. */
const SHORT_DAYS = ['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'];
const MONTHS = [
  '(?:januar|jänner|jan\\.?)',
  '(?:februar|feber|feb\\.?)',
  '(?:märz|mär\\.?|mrz\\.?)',
  '(?:april|apr\\.?)',
  'mai',
  '(?:juni|jun\\.?)',
  '(?:juli|jul\\.?)',
  '(?:august|aug\\.?)',
  '(?:september|sept?\\.?)',
  '(?:oktober|okt\\.?)',
  '(?:november|nov\\.?)',
  '(?:dezember|dez\\.?)',
];
const NUMBERS = [
  'ein(?:e[mnr]?|s)?',
  'zwei',
  'drei',
  'vier',
  'fünf',
  'sechs',
  'sieben',
  'acht',
  'neun',
  'zehn',
  'elf',
  'zwölf',
];
const UNITS = ['minuten?', 'stunden?', 'tag(?:en?)?', 'wochen?', 'monat(?:en?)?', 'jahr(?:en?)?'];
const ENGLISH_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const ORDINALS = ['erste[nrs]?', 'zweite[nrs]?', 'dritte[nrs]?', 'vierte[nrs]?', 'letzte[nrs]?'];
const ENGLISH_ORDINALS = ['first', 'second', 'third', 'fourth', 'last'] as const;

const DAY = anyOf(DAYS);
const MONTH = anyOf(MONTHS);
const NUMBER = anyOf(['\\d{1,3}', ...NUMBERS]);
const NEAR = '(?:heute|morgen|übermorgen)';
const SOME_DAY = `(?:${NEAR}|${DAY}|nächste[nrs]? (?:woche|monat|jahr|${DAY}))`;
const EVERY = 'jede[rsn]?(?<bang>!?)';
const OF_MONTH = '(?: (?:im|des|jeden|in jedem) monats?)?';

/** What may follow a bare number for it to be the hour, or go before it. */
const AT_END = `(?=[\\s,.;!?]*(?:$|(?:${SOME_DAY}|am|um|jede[rsn]?|alle|bis|in|täglich)!?(?![\\p{L}\\p{M}])))`;
const AFTER_DAY = `(?<=(?:${NEAR}|${DAY})[\\s,]+)`;

const PARTS: Readonly<Record<string, string>> = {
  früh: 'morning',
  morgen: 'morning',
  vormittag: 'at 9:00',
  mittag: 'at 12:00',
  nachmittag: 'afternoon',
  abend: 'evening',
};
const PART = anyOf(Object.keys(PARTS));
const partOf = (said: string) => PARTS[said.toLowerCase()] ?? '';

const QUARTERS: Readonly<Record<string, number>> = {
  halb: -30,
  'viertel nach': 15,
  'viertel vor': -15,
  dreiviertel: -15,
};

/** `halb`, `Viertel nach` and the like, the hour, and the part of the day it is said to be in. */
function timeOf(match: RegExpExecArray): string | null {
  const part = group(match, 'part').toLowerCase();
  const said = numberOf(group(match, 'hour'), NUMBERS);
  // Twelve at night belongs to two days.
  if (said === 12 && part !== '' && part !== 'mittags') return null;
  const isLate = /^(nachmittags|abends)$/.test(part) || (part === 'nachts' && said >= 8);
  const shift = QUARTERS[group(match, 'quarter').toLowerCase().replace(/\s+/, ' ')] ?? 0;
  const minute = Number(group(match, 'minute') || group(match, 'late'));
  return clock(isLate && said < 12 ? said + 12 : said, minute, shift);
}

const HOUR = `(?<hour>\\d{1,2}|${anyOf(NUMBERS)})`;
const QUARTER = '(?:(?<quarter>halb|viertel nach|viertel vor|dreiviertel) )?';
const DAYTIME = '(?: (?<part>morgens|früh|vormittags|mittags|nachmittags|abends|nachts))?';

const inUnits = (match: RegExpExecArray) =>
  `in ${numberOf(group(match, 'count'), NUMBERS)} ${ENGLISH_UNITS[placeOf(group(match, 'unit'), UNITS)]}s`;

const dayOf = (match: RegExpExecArray) => WEEKDAYS[placeOf(group(match, 'day'), DAYS)];

export const de: Words = {
  priorities: {
    hoch: 'high',
    hohe: 'high',
    mittel: 'medium',
    mittlere: 'medium',
    niedrig: 'low',
    niedrige: 'low',
  },
  phrases: [
    // From … to, and what speaks of a day instead of setting one.
    [
      `(?:vo[nm] )?(?:${SOME_DAY}|${anyOf(SHORT_DAYS)}) (?:bis|–|-) (?:${SOME_DAY}|${anyOf(SHORT_DAYS)})`,
      () => null,
    ],
    ['(?:von )?\\d{1,2}(?:[:.]\\d\\d)?(?: uhr)? (?:bis|–|-) \\d{1,2}(?:[:.]\\d\\d)?(?: uhr)?', () => null],
    [`(?:von|vom|seit|für|ab|nach|vor|ohne|wie|als) (?:(?:de[nrm]|die|das) )?${SOME_DAY}`, () => null],
    ['(?:gute[nr]?|am|jeden|de[nrm]|vom|zum|schöne[nr]|diese[nr]|eines) morgen', () => null],
    ['(?:von|vor|nach|seit) \\d{1,2}(?:[:.]\\d\\d)? uhr', () => null],
    // Repeats.
    [
      '(?<every>alle|jede[rsn]?)(?<bang>!?) (?<count>\\d{1,3}|' +
        `${anyOf(NUMBERS)}) (?<unit>${anyOf(UNITS.slice(1))})`,
      (match) =>
        everyUnit(
          numberOf(group(match, 'count'), NUMBERS),
          ENGLISH_UNITS[placeOf(group(match, 'unit'), UNITS)] as string,
          group(match, 'bang'),
        ),
    ],
    [
      `${EVERY} zweite[nrs]? (?:(?<day>${DAY})(?! (?:im|des|jeden|in jedem) monat)|(?<unit>${anyOf(UNITS.slice(1))}))`,
      (match) =>
        `every${group(match, 'bang')} other ${dayOf(match) ?? ENGLISH_UNITS[placeOf(group(match, 'unit'), UNITS)]}`,
    ],
    [
      `${EVERY} (?<which>${anyOf(ORDINALS)}) (?<day>${DAY}|tag)${OF_MONTH}`,
      (match) =>
        `every${group(match, 'bang')} ${ENGLISH_ORDINALS[placeOf(group(match, 'which'), ORDINALS)]} ${dayOf(match) ?? 'day'}`,
    ],
    [
      `${EVERY} (?<date>[1-9]|[12]\\d|3[01])\\.${OF_MONTH}`,
      (match) => `every${group(match, 'bang')} ${group(match, 'date')}th`,
    ],
    [
      `${EVERY} (?<list>${DAY}(?:(?: ?, ?| und ?)(?:jeden )?${DAY})*)`,
      (match) => everyWeekday(group(match, 'list'), DAYS, group(match, 'bang')),
    ],
    [`${EVERY} (?:werktag|wochentag|arbeitstag)`, (match) => `every${group(match, 'bang')} weekday`],
    [`${EVERY} wochenende`, (match) => `every${group(match, 'bang')} weekend`],
    [
      `${EVERY} (?<unit>${anyOf(UNITS.slice(1))})`,
      (match) =>
        everyUnit(1, ENGLISH_UNITS[placeOf(group(match, 'unit'), UNITS)] as string, group(match, 'bang')),
    ],
    [`(?<list>${DAY}s(?:(?: ?, ?| und )${DAY}s)*)`, (match) => everyWeekday(group(match, 'list'), DAYS)],
    [
      `(?:täglich|wöchentlich|monatlich|jährlich)${AT_END}`,
      ([said]) =>
        ({ t: 'every day', w: 'every week', m: 'every month', j: 'every year' })[
          said[0]?.toLowerCase() as 't'
        ] ?? null,
    ],
    // Dates.
    [
      `(?:(?:am|bis|bis zum|zum|den) )?(?:${DAY},? (?:(?:den|dem) )?)?(?<date>\\d{1,2})\\. ?(?<month>${MONTH})(?: (?<year>\\d{4}))?`,
      (match) => dateOf(match, placeOf(group(match, 'month'), MONTHS) + 1),
    ],
    [
      `(?:am|bis|bis zum|zum|den|(?:am )?${DAY},?(?: den| dem)?) (?<date>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4})?`,
      (match) => dateOf(match, Number(group(match, 'month'))),
    ],
    ['(?<date>\\d{2})\\.(?<month>\\d{2})\\.', (match) => dateOf(match, Number(group(match, 'month')))],
    // Days.
    [`(?:bis )?${SOME_DAY} (?:oder|und) ${SOME_DAY}`, () => null],
    [
      `(?:(?:bis|am) )*(?:nächste|kommende) woche (?:am )?(?<day>${DAY})|(?:(?:bis|am) )*(?<later>${DAY}) (?:in der nächsten|nächster) woche`,
      (match) => `${WEEKDAYS[placeOf(group(match, 'day') || group(match, 'later'), DAYS)]} next week`,
    ],
    [
      `(?:(?:bis|am|zum) )*(?:(?<next>nächste[nr]|diese[nr]|kommende[nr]) )?(?<day>${DAY}) ?(?<part>${PART})`,
      (match) => `on ${dayOf(match)} ${partOf(group(match, 'part'))}`,
    ],
    [`(?:(?:bis|am|zum) )*(?<next>nächste[nr]) (?<day>${DAY})`, (match) => `next ${dayOf(match)}`],
    [`(?:(?:bis|am|zum|diese[nr]|kommende[nr]) )*(?<day>${DAY})`, (match) => `on ${dayOf(match)}`],
    [
      `am (?<day>${anyOf(SHORT_DAYS)})\\.?`,
      (match) => `on ${WEEKDAYS[placeOf(group(match, 'day'), SHORT_DAYS)]}`,
    ],
    ['heute (?:früh|morgen|vormittag)', () => null],
    ['heute nacht', () => 'tonight'],
    ['heute (?<part>mittag)', () => 'today at 12:00'],
    ['heute (?<part>nachmittag|abend)', (match) => `this ${partOf(group(match, 'part'))}`],
    [
      `(?:bis )?(?<near>morgen|übermorgen) (?<part>${PART})`,
      (match) => `${nearOf(match)} ${partOf(group(match, 'part'))}`,
    ],
    ['(?:bis )?(?<near>heute|morgen|übermorgen)', (match) => nearOf(match)],
    ['(?:nächste|kommende) woche', () => 'next week'],
    ['(?:im )?(?:nächsten|kommenden) monat', () => 'next month'],
    ['(?:im )?(?:nächstes|nächsten|kommendes|kommenden) jahr', () => 'next year'],
    ['in (?:einer )?(?:halben stunde|halbstunde)', () => 'in 30 minutes'],
    ['in einer viertelstunde', () => 'in 15 minutes'],
    ['in (?:anderthalb|eineinhalb) stunden', () => 'in 90 minutes'],
    [`in (?<count>${NUMBER}) (?<unit>${anyOf(UNITS)})`, inUnits],
    // Times.
    [
      `(?:(?:um|gegen|bis|ab) )?${QUARTER}${HOUR}(?:[:.](?<minute>\\d\\d))? ?uhr(?: (?<late>[0-5]\\d)(?! (?:%|euro)))?${DAYTIME}`,
      timeOf,
    ],
    [`um ${QUARTER}${HOUR}:(?<minute>\\d\\d)${DAYTIME}`, timeOf],
    [`um ${QUARTER}${HOUR}(?:\\.(?<minute>\\d\\d))?${DAYTIME}${AT_END}`, timeOf],
    [`${AFTER_DAY}um ${QUARTER}${HOUR}(?:\\.(?<minute>\\d\\d))?${DAYTIME}`, timeOf],
    // Ten in the morning, in English; here mostly `chapter 10 on …`.
    ['\\d{1,2} am(?= \\p{L})', () => null],
    ...NUMERALS,
  ],
};

function nearOf(match: RegExpExecArray): string {
  return { heute: 'today', morgen: 'tomorrow', übermorgen: 'in 2 days' }[
    group(match, 'near').toLowerCase()
  ] as string;
}

function dateOf(match: RegExpExecArray, month: number): string | null {
  const year = group(match, 'year');
  return date(Number(group(match, 'date')), month, year === '' ? undefined : Number(year));
}
