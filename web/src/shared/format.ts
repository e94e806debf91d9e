import { dateFormat } from './date-format.ts';
import type { Clock } from './time.ts';
import { addDays } from './zone.ts';

/** The names the API has for the days of a week, Monday first. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const A_MONDAY = '2024-01-01';

/** A calendar day written with the given parts, in the words of the person. */
export function writeDay(day: string, clock: Clock, options: Intl.DateTimeFormatOptions): string {
  const format = dateFormat(clock.locale, { timeZone: 'UTC', ...options });
  return format.format(new Date(`${day}T12:00:00Z`));
}

/** "Monday" or "Mon". */
export function weekdayName(weekday: Weekday, clock: Clock, width: 'long' | 'short'): string {
  return writeDay(addDays(A_MONDAY, WEEKDAYS.indexOf(weekday)), clock, { weekday: width });
}

/** 0.876 → "88 %", as the person's language writes it. */
export function percent(share: number, clock: Clock): string {
  return new Intl.NumberFormat(clock.locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** 1234 → "1,234". */
export function number(value: number, clock: Clock): string {
  return new Intl.NumberFormat(clock.locale).format(value);
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** 1,480,000 → "1.5 MB". */
export function bytes(count: number, clock: Clock): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  return new Intl.NumberFormat(clock.locale, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: count >= 10 * 1_000 ** power ? 0 : 1,
  }).format(count / 1_000 ** power);
}

/** Words of a person within ours: written from right to left, they leave the order of what follows alone (UAX #9). */
export function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}
