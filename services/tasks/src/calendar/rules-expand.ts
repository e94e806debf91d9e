import type { CalendarItem } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { dueInstant } from '../items/rules-next.ts';
import { type Due, nextOccurrence } from '../items/rules-recurrence.ts';
import { addDays, toWall } from '../people/days.ts';
import type { Clock } from '../people/zone-needed.ts';
import type { Series } from '../schema.ts';
import { type CalendarRow, isBefore, presentItem } from './rules.ts';

/** An open recurring task as the calendar shows it, and its place in the series. */
export interface Recurring {
  row: CalendarRow;
  series: Series;
}

interface Step {
  row: CalendarRow;
  series: Series;
  due: Due;
  item: CalendarItem;
}

/** Dates worked out for one page: each costs up to half a millisecond. COUNT further away than this is not shown. */
const MAX_STEPS = 400;

const dayIn = (at: Date, clock: Clock) => toWall(at, clock.timeZone()).toISOString().slice(0, 10);

function stepTo({ row }: Recurring, { series, due }: { series: Series; due: Due }, clock: Clock): Step {
  const start = dueInstant(due, clock) as Date;
  const day = due.dueDay ?? dayIn(start, clock);
  const at = { start: start.toISOString(), day, allDay: due.dueDate === null };
  const item = presentItem({ ...row, ...at, status: 'planned', projected: true });
  return { row, series, due, item };
}

function next(recurring: Recurring, due: Due, clock: Clock): Step | null {
  try {
    const found = nextOccurrence(recurring.series, due, clock);
    return found === null ? null : stepTo(recurring, found, clock);
  } catch (error) {
    // A rule that has run out of dates ends its series; reading a calendar is no place to refuse it.
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Where to look from: the due date, or the window's beginning unless COUNT has to see each date before it. */
function firstDue({ row, series }: Recurring, from: Date, clock: Clock): Due {
  const mayJump = !/(^|;)COUNT=/.test(series.rrule) && new Date(row.start) < from;
  if (row.allDay) {
    const dueDay = mayJump ? addDays(dayIn(from, clock), -1) : row.day;
    return { dueDate: null, dueDay };
  }
  return { dueDate: mayJump ? new Date(from.getTime() - 1) : new Date(row.start), dueDay: null };
}

/**
 * The occurrences to come of recurring tasks within a window, soonest first: as many as are asked for, or as a page may
 * cost. `end` is the last one where more may follow, and null where all are there.
 */
export function expand(
  recurring: readonly Recurring[],
  window: { from: Date; to: Date },
  { after, limit, clock }: { after: Pick<CalendarItem, 'start' | 'id'> | null; limit: number; clock: Clock },
): { items: CalendarItem[]; end: CalendarItem | null } {
  const from = after === null ? window.from : new Date(after.start);
  const to = window.to.toISOString();
  const isWithin = (step: Step | null): step is Step => step !== null && step.item.start < to;
  const queue = recurring.map((one) => next(one, firstDue(one, from, clock), clock)).filter(isWithin);
  const items: CalendarItem[] = [];
  for (let steps = 0; queue.length > 0; steps++) {
    queue.sort((a, b) => (isBefore(a.item, b.item) ? 1 : -1));
    const step = queue.pop() as Step;
    const { item } = step;
    const isNew = item.start >= window.from.toISOString() && (after === null || isBefore(after, item));
    if (isNew) items.push(item);
    if (items.length >= limit || steps >= MAX_STEPS) return { items, end: items.at(-1) ?? null };
    const following = next(step, step.due, clock);
    if (isWithin(following)) queue.push(following);
  }
  return { items, end: null };
}
