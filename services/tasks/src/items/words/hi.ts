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

/** The dot below (nukta) is often left out in writing, and nasals are written with either sign. */
const DAYS = [
  'सोमवार',
  'मंगलवार',
  'बुधवार',
  '(?:गुर[ुू]वार|बृहस्पतिवार|वीरवार)',
  'शुक्रवार',
  'शनिवार',
  '(?:रविवार|इतवार)',
];
const MONTHS = [
  'जनवरी',
  '(?:फ़?रवरी|फरवरी)',
  'मार्च',
  'अप्रैल',
  'मई',
  'जून',
  'जुलाई',
  'अगस्त',
  '(?:सितंबर|सितम्बर)',
  '(?:अक्टूबर|अक्तूबर)',
  '(?:नवंबर|नवम्बर)',
  '(?:दिसंबर|दिसम्बर)',
];
const NUMBERS = [
  'एक',
  'दो',
  'तीन',
  'चार',
  '(?:पाँच|पांच)',
  '(?:छह|छः|छ:)',
  'सात',
  'आठ',
  'नौ',
  'दस',
  'ग्यारह',
  'बारह',
];
const UNITS = [
  'मिनट',
  'घंट(?:े|ा|ों)',
  '(?:दिन|दिनों|रोज़?)',
  '(?:हफ़?्त(?:े|ा|ों)|सप्ताह)',
  '(?:महीन(?:े|ा|ों)|माह)',
  '(?:साल|सालों|वर्ष)',
];
const ENGLISH_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const ORDINALS = ['पहल[ेी]', 'दूसर[ेी]', 'तीसर[ेी]', 'चौथ[ेी]', '(?:आख़?िरी|अंतिम)'];
const ENGLISH_ORDINALS = ['first', 'second', 'third', 'fourth', 'last'] as const;

const DAY = anyOf(DAYS);
const UNIT = anyOf(UNITS.slice(1));
const DIGITS = '[\\d०-९]';
const NUMBER = `(?:${DIGITS}{1,3}|${anyOf(NUMBERS)})`;
const NEXT = '(?:अगले|अगली|आने वाले)';
const NEAR = '(?:आज|कल|परसों)';
const SOME_DAY = `(?:${NEAR}|(?:${NEXT} )?${DAY}|${NEXT} (?:हफ़?्ते|सप्ताह|महीने|माह|साल))`;
const EVERY = '(?:हर|प्रत्येक)(?<bang>!?)';
/** The word that says on what day, or until when. */
const ON = '(?: (?:को|तक))?';
const AT_END = `(?=[\\s,.;!?।]*(?:$|(?:${NEAR}|${DAY}|सुबह|शाम|रात|दोपहर|${DIGITS}+)(?![\\p{L}\\p{M}])))`;

const PARTS: Readonly<Record<string, string>> = {
  सुबह: 'morning',
  सवेरे: 'morning',
  दोपहर: 'at 12:00',
  शाम: 'evening',
  रात: 'night',
};
const PART = anyOf(Object.keys(PARTS));
const partOf = (match: RegExpExecArray) => PARTS[group(match, 'part')] ?? '';
/** Not where the part of the day belongs to an hour. */
const NO_HOUR = `(?! (?:साढ़े|सवा|पौने|${NUMBER}))`;

const QUARTERS: Readonly<Record<string, number>> = { साढ़े: 30, सवा: 15, पौने: -15 };
/** The hours that a part of the day has on the clock, and how much later they are on that of 24 hours. */
const HOURS: Readonly<Record<string, (hour: number) => number | null>> = {
  सुबह: (hour) => (hour < 12 ? hour : null),
  सवेरे: (hour) => (hour < 12 ? hour : null),
  दोपहर: (hour) => (hour === 12 ? 12 : hour < 5 ? hour + 12 : null),
  शाम: (hour) => (hour >= 4 && hour < 12 ? hour + 12 : null),
  // Twelve and what follows is the night of two days.
  रात: (hour) => (hour >= 7 && hour < 12 ? hour + 12 : null),
};

function timeOf(match: RegExpExecArray): string | null {
  const said = numberOf(group(match, 'hour'), NUMBERS);
  const part = group(match, 'part');
  const hour = said > 12 || part === '' ? said : (HOURS[part]?.(said) ?? null);
  const minute = group(match, 'minute');
  return hour === null
    ? null
    : clock(hour, minute === '' ? 0 : numberOf(minute, NUMBERS), QUARTERS[group(match, 'quarter')]);
}

const dayOf = (match: RegExpExecArray) => WEEKDAYS[placeOf(group(match, 'day'), DAYS)];
const unitOf = (match: RegExpExecArray) => ENGLISH_UNITS[placeOf(group(match, 'unit'), UNITS)] as string;
/** `कल` is yesterday too, but nothing is planned for it. */
const nearOf = (match: RegExpExecArray) =>
  ({ आज: 'today', कल: 'tomorrow', परसों: 'in 2 days' })[group(match, 'near')] as string;

function dateOf(match: RegExpExecArray): string | null {
  const [day, year] = ['date', 'year'].map((name) => numberOf(group(match, name), NUMBERS));
  return date(
    day as number,
    placeOf(group(match, 'month'), MONTHS) + 1,
    group(match, 'year') === '' ? undefined : year,
  );
}

export const hi: Words = {
  priorities: {
    उच्च: 'high',
    ज़रूरी: 'high',
    जरूरी: 'high',
    मध्यम: 'medium',
    निम्न: 'low',
    कम: 'low',
  },
  phrases: [
    // From … to, and what speaks of a day instead of setting one.
    [`${SOME_DAY} से ${SOME_DAY}${ON}`, () => null],
    [`${NUMBER} (?:से|-|–) ${NUMBER} बजे(?: तक)?`, () => null],
    [`${SOME_DAY} (?:का|की|के|से|वाला|वाली|वाले|जैसा|जैसी)`, () => null],
    [`बीते? ${SOME_DAY}`, () => null],
    // Repeats.
    [
      `${EVERY} (?:महीने|माह) (?:के |की )?(?<which>${anyOf(ORDINALS)}) (?<day>${DAY}|दिन)(?: को)?`,
      (match) =>
        `every${group(match, 'bang')} ${ENGLISH_ORDINALS[placeOf(group(match, 'which'), ORDINALS)]} ${dayOf(match) ?? 'day'}`,
    ],
    [
      `${EVERY} (?:महीने|माह) (?:की |के )?(?<date>${DIGITS}{1,2}) तारीख़?(?: को)?`,
      (match) => everyDate(numberOf(group(match, 'date'), NUMBERS), group(match, 'bang')),
    ],
    [
      `${EVERY} दूसर[ेी] (?:(?<day>${DAY})|(?<unit>${UNIT}))(?: (?:को|में))?`,
      (match) => `every${group(match, 'bang')} other ${dayOf(match) ?? unitOf(match)}`,
    ],
    [
      `${EVERY} (?<count>${NUMBER}) (?<unit>${UNIT})(?: में)?`,
      (match) => everyUnit(numberOf(group(match, 'count'), NUMBERS), unitOf(match), group(match, 'bang')),
    ],
    [
      `${EVERY} (?<list>${DAY}(?:(?: ?, ?| और ?)(?:हर )?${DAY})*)(?: को)?`,
      (match) => everyWeekday(group(match, 'list'), DAYS, group(match, 'bang')),
    ],
    [`${EVERY} (?:कार्यदिवस|कामकाजी दिन)(?: को)?`, (match) => `every${group(match, 'bang')} weekday`],
    [`${EVERY} (?:सप्ताहांत|वीकेंड)(?: को| पर)?`, (match) => `every${group(match, 'bang')} weekend`],
    [`${EVERY} (?<unit>${UNIT})(?: में)?`, (match) => everyUnit(1, unitOf(match), group(match, 'bang'))],
    [`(?:रोज़?|रोज़?ाना|प्रतिदिन)${AT_END}`, () => 'every day'],
    // Dates.
    [
      `(?:${DAY},? )?(?<date>${DIGITS}{1,2}) (?<month>${anyOf(MONTHS)})(?:,? (?<year>${DIGITS}{4}))?${ON}`,
      dateOf,
    ],
    // Days.
    [`${SOME_DAY} (?:या|और) ${SOME_DAY}`, () => null],
    [`आज (?:सुबह|सवेरे)${NO_HOUR}`, () => null],
    [`आज (?<part>शाम)${NO_HOUR}${ON}`, () => 'this evening'],
    [`आज रात${NO_HOUR}${ON}`, () => 'tonight'],
    [`आज दोपहर${NO_HOUR}${ON}`, () => 'today at 12:00'],
    [`(?<near>कल|परसों) (?<part>${PART})${NO_HOUR}${ON}`, (match) => `${nearOf(match)} ${partOf(match)}`],
    [`(?<near>${NEAR})${ON}`, nearOf],
    [`${NEXT} (?:हफ़?्ते|सप्ताह) (?<day>${DAY})${ON}`, (match) => `${dayOf(match)} next week`],
    [
      `(?<day>${DAY})(?: की)? (?<part>${PART})${NO_HOUR}${ON}`,
      (match) => `on ${dayOf(match)} ${partOf(match)}`,
    ],
    [`${NEXT} (?<day>${DAY})${ON}`, (match) => `next ${dayOf(match)}`],
    [`(?:इस )?(?<day>${DAY})${ON}`, (match) => `on ${dayOf(match)}`],
    [`${NEXT} (?<unit>${UNIT})${ON}`, (match) => `next ${unitOf(match)}`],
    [`आधे घंटे (?:में|बाद|के बाद)`, () => 'in 30 minutes'],
    [`डेढ़ घंटे (?:में|बाद|के बाद)`, () => 'in 90 minutes'],
    [
      `(?<count>${NUMBER}) (?<unit>${anyOf(UNITS)}) (?:में|बाद|के बाद)`,
      (match) => `in ${numberOf(group(match, 'count'), NUMBERS)} ${unitOf(match)}s`,
    ],
    // Times.
    [
      `(?:${PART} )?${NUMBER}(?:[:.]${DIGITS}{2})? बजे (?:से|का|की|के|वाली|वाला)|${NUMBER} बजकर ${NUMBER} मिनट`,
      () => null,
    ],
    [
      `(?:(?<part>${PART})(?: के)? )?(?:(?<quarter>साढ़े|सवा|पौने) )?(?<hour>${DIGITS}{1,2}|${anyOf(NUMBERS)})(?:[:.](?<minute>${DIGITS}{2}))? ?बजे${ON}`,
      timeOf,
    ],
    ...NUMERALS,
  ],
};

function everyDate(day: number, bang: string): string | null {
  return day >= 1 && day <= 31 ? `every${bang} ${day}th` : null;
}
