/** A recurrence rule (RFC 5545) by the parts the form has fields for. */
export interface RepeatParts {
  freq: 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  /** `MO`, or with a place in the month `-1FR`. */
  byDay: string[];
  byMonthDay: number | null;
  count: number | null;
  /** The last day, `YYYY-MM-DD`. */
  until: string | null;
}

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const FREQUENCIES = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const KNOWN = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL', 'WKST']);

function number(value: string | undefined): number | null {
  return value !== undefined && /^[+-]?\d+$/.test(value) ? Number(value) : null;
}

/** Reads a rule; null where it has parts that the fields cannot show, and is to be shown as it is written. */
export function parseRepeat(rrule: string): RepeatParts | null {
  const parts = new Map(rrule.split(';').map((part) => part.split('=') as [string, string]));
  const freq = FREQUENCIES.find((known) => known === parts.get('FREQ'));
  if (freq === undefined || [...parts.keys()].some((name) => !KNOWN.has(name))) return null;
  const byMonthDay = number(parts.get('BYMONTHDAY'));
  if (parts.has('BYMONTHDAY') && byMonthDay === null) return null;
  const until = parts.get('UNTIL');
  return {
    freq,
    interval: number(parts.get('INTERVAL')) ?? 1,
    byDay: parts.get('BYDAY')?.split(',') ?? [],
    byMonthDay,
    count: number(parts.get('COUNT')),
    until: until ? until.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3') : null,
  };
}

/** The weekday of a calendar day. */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MO';
}

/** The rules most people want, for a task that is due on a day. */
export function commonRules(day: string): string[] {
  return [
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    `FREQ=WEEKLY;BYDAY=${weekdayOf(day)}`,
    `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekdayOf(day)}`,
    `FREQ=MONTHLY;BYMONTHDAY=${Number(day.slice(8))}`,
    'FREQ=YEARLY',
  ];
}
