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

const DAYS = ['lunes', 'martes', 'mi[ée]rcoles', 'jueves', 'viernes', 's[áa]bados?', 'domingos?'];
const MONTHS = [
  '(?:enero|ene\\.?)',
  '(?:febrero|feb\\.?)',
  '(?:marzo|mar\\.?)',
  '(?:abril|abr\\.?)',
  '(?:mayo|may\\.?)',
  '(?:junio|jun\\.?)',
  '(?:julio|jul\\.?)',
  '(?:agosto|ago\\.?)',
  '(?:sep?tiembre|sept?\\.?)',
  '(?:octubre|oct\\.?)',
  '(?:noviembre|nov\\.?)',
  '(?:diciembre|dic\\.?)',
];
const NUMBERS = [
  'una?o?',
  'dos',
  'tres',
  'cuatro',
  'cinco',
  'seis',
  'siete',
  'ocho',
  'nueve',
  'diez',
  'once',
  'doce',
];
const UNITS = ['minutos?', 'horas?', 'd[íi]as?', 'semanas?', 'mes(?:es)?', 'años?'];
const ENGLISH_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const ORDINALS = ['primer', 'segundo', 'tercer', 'cuarto', '[úu]ltimo'];
const ENGLISH_ORDINALS = ['first', 'second', 'third', 'fourth', 'last'] as const;

const DAY = anyOf(DAYS);
const MONTH = anyOf(MONTHS);
const NUMBER = anyOf(['\\d{1,3}', ...NUMBERS]);
const UNIT = anyOf(UNITS.slice(1));
const MAÑANA = 'ma[ñn]ana';
const NEXT = '(?:pr[óo]xim[oa])';
const SOME_DAY = `(?:hoy|(?:pasado )?${MAÑANA}|(?:el |la )?(?:${NEXT} )?(?:${DAY}|semana|mes))`;
const EVERY = 'cada(?<bang>!?)';

/** What may follow a bare number for it to be the hour, or go before it. */
const AT_END = `(?=[\\s,.;!?]*(?:$|(?:hoy|(?:pasado )?${MAÑANA}|(?:el|este|los) |${DAY}|cada!?|todos|todas|en|dentro)(?![\\p{L}\\p{M}])))`;
const AFTER_DAY = `(?<=(?:hoy|${MAÑANA}|${DAY})[\\s,]+)`;

const PARTS: Readonly<Record<string, string>> = {
  mañana: 'morning',
  manana: 'morning',
  tarde: 'afternoon',
  noche: 'evening',
};
const PART = '(?:mañana|manana|tarde|noche)';
const partOf = (match: RegExpExecArray) => PARTS[group(match, 'part').toLowerCase()] ?? '';

const HOUR = `(?<hour>\\d{1,2}|${anyOf(NUMBERS)})`;
const QUARTER = '(?: (?<quarter>y media|y cuarto|menos cuarto))';
const OF_DAY = '(?: (?:de|por) la (?<part>mañana|manana|madrugada|tarde|noche)| ?(?<half>[ap]\\.? ?m\\.?))';
const QUARTERS: Readonly<Record<string, number>> = { 'y media': 30, 'y cuarto': 15, 'menos cuarto': -15 };

/** The hour with its quarter, and what part of the day it is said to be in. */
function timeOf(match: RegExpExecArray): string | null {
  const said = numberOf(group(match, 'hour'), NUMBERS);
  const part = group(match, 'part').toLowerCase();
  const half = group(match, 'half')[0]?.toLowerCase();
  if (said > 12 && half !== undefined) return null;
  // Twelve at night belongs to two days, and nobody says which twelve is in the morning.
  if (said === 12 && part !== '' && part !== 'tarde') return null;
  const isLate = part === 'tarde' || part === 'noche' || half === 'p';
  const hour = half === 'a' && said === 12 ? 0 : isLate && said < 12 ? said + 12 : said;
  const shift = QUARTERS[group(match, 'quarter').toLowerCase().replace(/\s+/, ' ')] ?? 0;
  return clock(hour, Number(group(match, 'minute')), shift);
}

const dayOf = (match: RegExpExecArray) => WEEKDAYS[placeOf(group(match, 'day'), DAYS)];
const unitOf = (match: RegExpExecArray) => ENGLISH_UNITS[placeOf(group(match, 'unit'), UNITS)] as string;

function dateOf(match: RegExpExecArray): string | null {
  const year = group(match, 'year');
  const month = placeOf(group(match, 'month'), MONTHS) + 1;
  return date(Number(group(match, 'date')), month, year === '' ? undefined : Number(year));
}

/** `Plácido Domingo` is a person: days of the week are written small, but where a line begins. */
function bareDay(match: RegExpExecArray): string | null {
  const isName = match.index > 0 && /^\p{Lu}/u.test(match[0]);
  return isName ? null : `on ${dayOf(match)}`;
}

export const es: Words = {
  priorities: { alta: 'high', alto: 'high', media: 'medium', medio: 'medium', baja: 'low', bajo: 'low' },
  phrases: [
    // From … to, and what speaks of a day instead of setting one.
    [`(?:de |del |desde )?${SOME_DAY} (?:a|al|hasta|-|–) ${SOME_DAY}`, () => null],
    [
      `(?:de|desde|entre)(?: las?)? \\d{1,2}(?:[:.]\\d\\d)? (?:a|y|hasta)(?: las?)? \\d{1,2}(?:[:.]\\d\\d)?(?: ?h)?`,
      () => null,
    ],
    [`(?:de|del|desde|hasta|sobre|como|antes de|antes del|después de|después del) ${SOME_DAY}`, () => null],
    [`(?:desde|hasta|antes de|después de) las? \\d{1,2}(?:[:.]\\d\\d)?(?: ?h)?`, () => null],
    [`(?:las?|cada|esta|de|una|buena|toda la|por la) ${MAÑANA}s?`, () => null],
    // Repeats.
    [
      `${EVERY} (?<count>\\d{1,3}|${anyOf(NUMBERS.slice(1))}) (?<unit>${UNIT})`,
      (match) => everyUnit(numberOf(group(match, 'count'), NUMBERS), unitOf(match), group(match, 'bang')),
    ],
    [
      `(?:${EVERY}|todos los|el) (?<which>${anyOf(ORDINALS)}) (?<day>${DAY}|d[íi]a) (?:del mes|de cada mes|de todos los meses)`,
      (match) =>
        `every${group(match, 'bang')} ${ENGLISH_ORDINALS[placeOf(group(match, 'which'), ORDINALS)]} ${dayOf(match) ?? 'day'}`,
    ],
    [
      `(?:el |cada )?(?:día )?(?<date>[1-9]|[12]\\d|3[01]) (?:de cada|de todos los) mes(?:es)?`,
      (match) => `every ${group(match, 'date')}th`,
    ],
    [
      `(?:${EVERY}|todos los|los) (?<list>${DAY}(?:(?: ?, ?| y )(?:los )?${DAY})*)`,
      (match) => everyWeekday(group(match, 'list'), DAYS, group(match, 'bang')),
    ],
    [
      `(?:${EVERY}|todos los) (?:d[íi]as? laborables?|d[íi]as? h[áa]bil(?:es)?)`,
      (match) => `every${group(match, 'bang')} weekday`,
    ],
    [`(?:${EVERY} fin|todos los fines) de semana`, (match) => `every${group(match, 'bang')} weekend`],
    [
      `(?:${EVERY}|todos los|todas las) (?<unit>${UNIT})`,
      (match) => everyUnit(1, unitOf(match), group(match, 'bang')),
    ],
    [
      `(?:diariamente|semanalmente|mensualmente|anualmente)(?:${AT_END}|(?= a las? ))`,
      ([said]) =>
        ({ d: 'every day', s: 'every week', m: 'every month', a: 'every year' })[
          said[0]?.toLowerCase() as 'd'
        ] ?? null,
    ],
    // Dates.
    [
      `(?:(?:para )?el )?(?:${DAY},? )?(?<date>\\d{1,2}) de (?<month>${MONTH})(?: (?:de |del )?(?<year>\\d{4}))?`,
      dateOf,
    ],
    // Days.
    [`${SOME_DAY} (?:o|y) ${SOME_DAY}`, () => null],
    [
      `(?:para )?pasado ${MAÑANA}(?: por la (?<part>${PART}))?`,
      (match) => `in 2 days ${partOf(match)}`.trim(),
    ],
    [`(?:para )?${MAÑANA}(?: por la (?<part>${PART}))?`, (match) => `tomorrow ${partOf(match)}`.trim()],
    ['esta tarde|hoy por la tarde', () => 'this afternoon'],
    ['esta noche|hoy por la noche', () => 'tonight'],
    ['(?:para )?hoy', () => 'today'],
    [
      `(?:para )?(?:el )?(?<day>${DAY}) (?:de la semana que viene|de la pr[óo]xima semana)`,
      (match) => `${dayOf(match)} next week`,
    ],
    [
      `(?:para )?(?:(?:el|este) )?(?<day>${DAY}) por la (?<part>${PART})`,
      (match) => `on ${dayOf(match)} ${partOf(match)}`,
    ],
    [
      `(?:para )?(?:el )?${NEXT} (?<day>${DAY})|(?:para )?el (?<coming>${DAY}) (?:que viene|${NEXT})`,
      (match) => `next ${dayOf(match) ?? WEEKDAYS[placeOf(group(match, 'coming'), DAYS)]}`,
    ],
    [`(?:para )?(?:el|este) (?<day>${DAY})`, (match) => `on ${dayOf(match)}`],
    [`(?<day>${DAY})`, bareDay],
    [`(?:para )?(?:la )?(?:${NEXT} semana|semana que viene)`, () => 'next week'],
    [`(?:para )?(?:el )?(?:${NEXT} mes|mes que viene)`, () => 'next month'],
    [`(?:para )?(?:el )?(?:${NEXT} año|año que viene)`, () => 'next year'],
    ['(?:en|dentro de) media hora', () => 'in 30 minutes'],
    ['(?:en|dentro de) (?:una )?hora y media', () => 'in 90 minutes'],
    ['(?:en|dentro de) (?:un )?cuarto de hora', () => 'in 15 minutes'],
    [
      `(?:en|dentro de) (?<count>${NUMBER}) (?<unit>${anyOf(UNITS)})`,
      (match) => `in ${numberOf(group(match, 'count'), NUMBERS)} ${unitOf(match)}s`,
    ],
    // Times.
    [`a las? ${HOUR}(?:(?:[:.](?<minute>\\d\\d))|${QUARTER})?${OF_DAY}`, timeOf],
    [`a las? ${HOUR}(?::(?<minute>\\d\\d)|${QUARTER})(?: ?h(?:oras)?)?`, timeOf],
    [`a las? ${HOUR}(?:[:.](?<minute>\\d\\d))? ?(?:h|hs|horas|en punto)`, timeOf],
    [`a las? ${HOUR}(?:\\.(?<minute>\\d\\d))?${AT_END}`, timeOf],
    [`${AFTER_DAY}a las? ${HOUR}(?:\\.(?<minute>\\d\\d))?`, timeOf],
    ['al mediod[íi]a', () => 'at 12:00'],
    // `from 2 to 3`, where English would read `2 a` as an hour.
    ['\\d{1,4} [ap](?= )', () => null],
    ...NUMERALS,
  ],
};
