import { dateFormat } from '../../shared/date-format.ts';
import { writeDay } from '../../shared/format.ts';
import type { Clock } from '../../shared/time.ts';
import { addDays } from '../../shared/zone.ts';
import type { CalendarView } from './calendar-search.ts';

const A_WEEK = 7;
const WEEKS_SHOWN = 6;

const monthStart = (day: string) => `${day.slice(0, 7)}-01`;

/** The Monday on or before a day. */
function monday(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % A_WEEK));
}

function shiftMonth(day: string, months: number): string {
  const at = new Date(`${monthStart(day)}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 10);
}

const monthEnd = (day: string) => addDays(shiftMonth(day, 1), -1);

/** The first and last day a view shows around a day. */
export function rangeOf(view: CalendarView, date: string): { from: string; to: string } {
  if (view === 'week') return { from: monday(date), to: addDays(monday(date), A_WEEK - 1) };
  if (view === 'agenda') return { from: monthStart(date), to: monthEnd(date) };
  const from = monday(monthStart(date));
  return { from, to: addDays(from, WEEKS_SHOWN * A_WEEK - 1) };
}

/** A day in the view before (-1) or after (1). */
export function shiftDate(view: CalendarView, date: string, by: -1 | 1): string {
  return view === 'week' ? addDays(date, by * A_WEEK) : shiftMonth(date, by);
}

/** "November 2026", or "23 – 29 November 2026". */
export function rangeTitle(view: CalendarView, date: string, clock: Clock): string {
  if (view !== 'week') return writeDay(date, clock, { month: 'long', year: 'numeric' });
  const { from, to } = rangeOf('week', date);
  const options = { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const format = dateFormat(clock.locale, options);
  return format.formatRange(new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`));
}
