import type { CalendarItem, CalendarKind, MoveItemBody } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { addDays, DAY_MS, fromWall, startOfDay, toWall } from '../people/days.ts';

/** A row of the calendar as the database gives it. */
export interface CalendarRow {
  kind: CalendarKind;
  id: string;
  title: string;
  allDay: boolean;
  start: string;
  day: string;
  status: string;
  taskId: string | null;
  minutes: number | null;
  recurring: boolean;
  projected: boolean;
  version: number;
  updatedAt: string;
}

export function presentItem({ updatedAt: _, ...row }: CalendarRow): CalendarItem {
  return { ...row, start: new Date(row.start).toISOString() };
}

/** The order of a calendar: by time, and by id where that is the same. */
export function isBefore(
  one: Pick<CalendarItem, 'start' | 'id'>,
  other: Pick<CalendarItem, 'start' | 'id'>,
): boolean {
  return one.start < other.start || (one.start === other.start && one.id < other.id);
}

const MAX_WINDOW_DAYS = 366;
/** One hour more, because a window of whole days may hold one where clocks go back. */
const MAX_WINDOW_MS = MAX_WINDOW_DAYS * DAY_MS + 3_600_000;
const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

const refuse = (path: string, message: string) =>
  new Problem('VALIDATION_FAILED', { errors: [{ path, message }] });

/**
 * The window a caller asks for. Days are the person's own and the last one is included.
 * @throws Problem VALIDATION_FAILED
 */
export function windowOf(
  { from, to }: { from: string; to: string },
  timeZone: string,
): { from: Date; to: Date } {
  const isDay = (edge: string) => DAY_PATTERN.test(edge);
  if (to === '9999-12-31') throw refuse('query.to', 'Must be earlier');
  const begin = isDay(from) ? startOfDay(from, timeZone) : new Date(from);
  const end = isDay(to) ? startOfDay(addDays(to, 1), timeZone) : new Date(to);
  if (end <= begin) throw refuse('query.to', 'Must be after from');
  if (end.getTime() - begin.getTime() > MAX_WINDOW_MS) {
    throw refuse('query.to', `Must be at most ${MAX_WINDOW_DAYS} days after from`);
  }
  return { from: begin, to: end };
}

/** The instant something moves to. Moved to a day, it keeps the time of day it had on the person's clock. */
export function movedTo(
  { start, day }: Pick<MoveItemBody, 'start' | 'day'>,
  current: Date,
  timeZone: string,
): Date {
  if (start !== undefined) return new Date(start);
  const timeOfDay = toWall(current, timeZone).toISOString().slice(10);
  return fromWall(new Date(`${day}${timeOfDay}`), timeZone);
}
