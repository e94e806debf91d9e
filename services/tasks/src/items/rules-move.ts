import type { UpdateTaskBody } from '@spacedly/contracts';
import { toWall } from '../people/days.ts';
import type { Clock } from '../people/zone-needed.ts';
import type { Series } from '../schema.ts';
import { isHourly, parseRule } from './rrule.ts';

const CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

const codeOf = (day: string) => CODES[new Date(day).getUTCDay()] as string;
const dateOf = (day: string) => Number(day.slice(8));
const monthOf = (day: string) => Number(day.slice(5, 7));

/** Days of the month from this one to its last. */
function daysLeft(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), monthOf(day), 0)).getUTCDate() - dateOf(day);
}

/** One entry of a list becomes another; the only one does so whatever it was. */
function replaced(list: string, from: string, to: string): string {
  const items = list.split(',');
  const moved = items.length === 1 ? [to] : items.map((item) => (item === from ? to : item));
  return [...new Set(moved)].join(',');
}

/** `2TU`, or `-1TU` where the rule counted from the end and the new day is in the last week. */
function ordinalDay(list: string, day: string): string {
  const isLast = list.startsWith('-1') && daysLeft(day) < 7;
  return `${isLast ? -1 : Math.ceil(dateOf(day) / 7)}${codeOf(day)}`;
}

function movedByDay(list: string, from: string, to: string): string {
  if (!/\d/.test(list)) return replaced(list, codeOf(from), codeOf(to));
  return list.includes(',') ? list : ordinalDay(list, to);
}

function movedByMonthDay(list: string, from: string, to: string): string {
  const isLast = list === '-1' && daysLeft(to) === 0;
  return isLast ? list : replaced(list, String(dateOf(from)), String(dateOf(to)));
}

type Mover = (value: string, from: string, to: string) => string;

/** How each part that names a day follows when an occurrence moves from one day to another. */
const MOVERS: Readonly<Record<string, Mover>> = {
  BYDAY: movedByDay,
  BYMONTHDAY: movedByMonthDay,
  BYMONTH: (list, from, to) => replaced(list, String(monthOf(from)), String(monthOf(to))),
};

/**
 * The rule of a series whose present occurrence moves: a weekday, a day of the month, a month or a time of day that the
 * occurrence had becomes that of the new date. COUNT becomes what is left. Parts that place days by other ways stay.
 */
export function movedRule(
  series: Series,
  { dueDate, dueDay }: Pick<UpdateTaskBody, 'dueDate' | 'dueDay'>,
  clock: Clock,
): string {
  const parts = new Map(parseRule(series.rrule));
  const wall = dueDate == null ? null : toWall(new Date(dueDate), clock.timeZone()).toISOString();
  const from = series.slot.slice(0, 10);
  const to = dueDay ?? (wall as string).slice(0, 10);
  const isPlaced = parts.has('BYSETPOS') || parts.has('BYYEARDAY') || parts.has('BYWEEKNO');
  if (from !== to && !isPlaced) {
    for (const [name, move] of Object.entries(MOVERS)) {
      const value = parts.get(name);
      if (value !== undefined) parts.set(name, move(value, from, to));
    }
  }
  const count = parts.get('COUNT');
  if (count !== undefined) parts.set('COUNT', String(Math.max(1, Number(count) - series.index + 1)));
  if (!isHourly(parts)) moveTime(parts, wall);
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';');
}

/** The due date says the time of day; a rule that says it too follows, and one for whole days says none. */
function moveTime(parts: Map<string, string>, wall: string | null): void {
  const times = { BYHOUR: wall?.slice(11, 13), BYMINUTE: wall?.slice(14, 16) };
  for (const [name, value] of Object.entries(times)) {
    if (value === undefined) parts.delete(name);
    else if (parts.has(name)) parts.set(name, replaced(parts.get(name) as string, '', String(Number(value))));
  }
}
