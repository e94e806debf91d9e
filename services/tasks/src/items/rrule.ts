import { Problem } from '@spacedly/kit';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

const FREQUENCIES = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const WEEKDAY = '(?:MO|TU|WE|TH|FR|SA|SU)';
const MAX_INTERVAL = 1_000;
const MAX_COUNT = 10_000;

/** A rule whose dates lie this many periods apart is taken to have none: bounds the time one rule can cost. */
const MAX_PERIODS = 500;
const MAX_CANDIDATES = 50_000;

/** A checked rule of RFC 5545, section 3.3.10, by its parts. */
export type RuleParts = ReadonlyMap<string, string>;

function invalid(message: string): Problem {
  return new Problem('RECURRENCE_INVALID', { errors: [{ path: 'body.recurrence.rrule', message }] });
}

/** A list of whole numbers from `min` to `max`; with `signed` also the same counted from the end. */
const numbers = (min: number, max: number, signed: boolean) => (value: string) =>
  value.split(',').every((item) => {
    if (!(signed ? /^[+-]?\d{1,3}$/ : /^\d{1,5}$/).test(item)) return false;
    const size = Math.abs(Number(item));
    return size >= min && size <= max;
  });

function isUntil(value: string): boolean {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(value);
  if (match === null) return false;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  try {
    Temporal.PlainDateTime.from({ year, month, day, hour, minute, second } as never, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

const isByDay = (value: string) =>
  new RegExp(`^([+-]?\\d{1,2})?${WEEKDAY}(,([+-]?\\d{1,2})?${WEEKDAY})*$`).test(value) &&
  [...value.matchAll(/\d+/g)].every(([digits]) => Number(digits) >= 1 && Number(digits) <= 53);

const CHECKS: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => FREQUENCIES.includes(value),
  INTERVAL: numbers(1, MAX_INTERVAL, false),
  COUNT: numbers(1, MAX_COUNT, false),
  UNTIL: isUntil,
  WKST: (value) => new RegExp(`^${WEEKDAY}$`).test(value),
  BYMINUTE: numbers(0, 59, false),
  BYHOUR: numbers(0, 23, false),
  BYDAY: isByDay,
  BYMONTHDAY: numbers(1, 31, true),
  BYYEARDAY: numbers(1, 366, true),
  BYWEEKNO: numbers(1, 53, true),
  BYMONTH: numbers(1, 12, false),
  BYSETPOS: numbers(1, 366, true),
};

const SINGLE = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST']);

function splitRule(rrule: string): RuleParts {
  const parts = new Map<string, string>();
  for (const part of rrule.split(';')) {
    const [name = '', value = ''] = part.split('=');
    const check = CHECKS[name];
    if (check === undefined) throw invalid(`${name} is not a part that is known here`);
    if (parts.has(name)) throw invalid(`${name} is given twice`);
    if (!check(value) || (SINGLE.has(name) && value.includes(',')))
      throw invalid(`${name} has a value that is not possible or not supported`);
    parts.set(name, value);
  }
  if (!parts.has('FREQ')) throw invalid('FREQ is missing');
  if (parts.has('COUNT') && parts.has('UNTIL')) throw invalid('Give COUNT or UNTIL, not both');
  return parts;
}

const join = (parts: Iterable<[string, string]>) =>
  [...parts].map(([name, value]) => `${name}=${value}`).join(';');

/** What the tables of RFC 5545 forbid together, in the words of the library that knows them. */
function assertParts(parts: RuleParts): void {
  const dtstart = Temporal.ZonedDateTime.from('2026-01-01T00:00[UTC]');
  const rruleString = join([...parts].filter(([name]) => name !== 'UNTIL'));
  try {
    new RRuleTemporal({ rruleString, dtstart, strict: true });
  } catch (error) {
    const { message } = error as Error;
    throw invalid(message.includes('MUST') ? message : 'These parts do not go together');
  }
}

/**
 * Reads a rule. The library takes whatever it does not know, so every part is checked here first.
 * @throws Problem RECURRENCE_INVALID
 */
export function parseRule(rrule: string): RuleParts {
  const parts = splitRule(rrule);
  assertParts(parts);
  return parts;
}

export const isHourly = (parts: RuleParts) => parts.get('FREQ') === 'HOURLY';

/** Whether the rule itself says at what time of the day. */
export const hasTime = (parts: RuleParts) => isHourly(parts) || parts.has('BYHOUR') || parts.has('BYMINUTE');

/** COUNT is left out, as occurrences are counted where they happen; UNTIL of an all-day series is a day. */
function evaluatedRule(parts: RuleParts, isAllDay: boolean): string {
  const kept = [...parts].filter(([name]) => name !== 'COUNT');
  return join(
    kept.map(
      ([name, value]) => [name, name === 'UNTIL' && isAllDay ? value.slice(0, 8) : value] as const,
    ) as [string, string][],
  );
}

/**
 * The first date of a rule after an instant, or at it; null when UNTIL leaves none. Times are those on the wall of
 * `start`'s zone; one that the clocks skip is no date (RFC 5545, section 3.3.10).
 * @param start DTSTART; an all-day series is counted in UTC, where every day has its midnight
 * @throws Problem RECURRENCE_IMPOSSIBLE when the rule has no date within reach
 */
export function nextDate(
  parts: RuleParts,
  start: Temporal.ZonedDateTime,
  after: Temporal.ZonedDateTime,
  { isAllDay, isInclusive = false }: { isAllDay: boolean; isInclusive?: boolean },
): Temporal.ZonedDateTime | null {
  const rule = new RRuleTemporal({
    rruleString: evaluatedRule(parts, isAllDay),
    dtstart: start,
    temporal: Temporal,
    maxIterations: MAX_PERIODS,
    maxCandidateEvaluations: MAX_CANDIDATES,
    cache: false,
  });
  try {
    return rule.next(after, isInclusive) as Temporal.ZonedDateTime | null;
  } catch (cause) {
    throw new Problem('RECURRENCE_IMPOSSIBLE', { detail: 'This rule never has a date', cause });
  }
}
