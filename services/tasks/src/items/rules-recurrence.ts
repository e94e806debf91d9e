import type { RecurrenceInput } from '@spacedly/contracts';
import { Problem } from '@spacedly/kit';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../people/zone-needed.ts';
import type { Series } from '../schema.ts';
import { hasTime, isHourly, nextDate, parseRule, type RuleParts } from './rrule.ts';

/** When a task is due: at an instant, or on a day. */
export interface Due {
  dueDate: Date | null;
  dueDay: string | null;
}

const UTC = 'UTC';

function impossible(detail: string): Problem {
  return new Problem('RECURRENCE_IMPOSSIBLE', { detail });
}

const zonedAt = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);

const toDate = (zoned: Temporal.ZonedDateTime) => new Date(zoned.epochMilliseconds);

/** `2026-03-01T09:00:00`: what the clock on the wall shows. */
const wallOf = (zoned: Temporal.ZonedDateTime) =>
  zoned.toPlainDateTime().toString({ smallestUnit: 'second' });

const isDay = (slot: string) => !slot.includes('T');

/** Days are counted in UTC, where none is short of its midnight. */
const dayAt = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(UTC);

const wallAt = (wall: string, timeZone: string) =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone);

function assertFits(parts: RuleParts, { dueDay }: Due): void {
  if (dueDay === null) return;
  if (isHourly(parts)) throw impossible('A rule by the hour needs a due date with a time');
  if (hasTime(parts)) throw impossible('A rule with a time of day needs a due date with a time');
}

/** The first date of a rule from now on, for a task that has none. */
function firstDue(parts: RuleParts, { now, timeZone }: Clock): Due {
  if (isHourly(parts)) throw impossible('A rule by the hour needs a due date to start from');
  const here = zonedAt(now, timeZone());
  const today = here.toPlainDate();
  const isAllDay = !hasTime(parts);
  const start = isAllDay ? today.toZonedDateTime(UTC) : today.toZonedDateTime(timeZone());
  const found = nextDate(parts, start, isAllDay ? start : here, { isAllDay, isInclusive: true });
  if (found === null)
    throw impossible('This rule has no date from today on; give a due date or change UNTIL');
  return isAllDay
    ? { dueDate: null, dueDay: found.toPlainDate().toString() }
    : { dueDate: toDate(found), dueDay: null };
}

/**
 * A new series: where it starts, and the due date of its first occurrence, which is derived where there is none.
 * @throws Problem RECURRENCE_INVALID; RECURRENCE_IMPOSSIBLE where rule and due date do not go together
 */
export function startSeries(
  { rrule, anchor }: RecurrenceInput,
  due: Due,
  clock: Clock,
): { series: Series; due: Due } {
  const parts = parseRule(rrule);
  assertFits(parts, due);
  const first = due.dueDate === null && due.dueDay === null ? firstDue(parts, clock) : due;
  const slot = first.dueDay ?? wallOf(zonedAt(first.dueDate as Date, clock.timeZone()));
  const series = { rrule, anchor, start: slot, slot, index: 1 };
  // Refuses a rule that never has a date now, not at the first completion.
  nextOccurrence(series, first, clock);
  return { series, due: first };
}

const latest = (...instants: Temporal.ZonedDateTime[]) =>
  instants.reduce((a, b) => (Temporal.ZonedDateTime.compare(a, b) >= 0 ? a : b));

/** The next day of an all-day series. */
function nextDay({ anchor, start, slot }: Series, parts: RuleParts, due: Due, clock: Clock) {
  const today = zonedAt(clock.now, clock.timeZone()).toPlainDate().toString();
  const from = anchor === 'completion' ? today : start;
  const moved = due.dueDay ?? slot;
  const after = anchor === 'completion' ? dayAt(today) : latest(dayAt(slot), dayAt(moved));
  const found = nextDate(parts, dayAt(from), after, { isAllDay: true });
  return found === null ? null : found.toPlainDate().toString();
}

/** The next instant of a series with a time of day. */
function nextInstant({ anchor, start, slot }: Series, parts: RuleParts, due: Due, clock: Clock) {
  const timeZone = clock.timeZone();
  const here = zonedAt(clock.now, timeZone);
  const moved = due.dueDate === null ? here : zonedAt(due.dueDate, timeZone);
  if (anchor === 'due') {
    // By the hour the wall shows one time twice when clocks go back, so only the instant tells where we are.
    const after = isHourly(parts) ? moved : latest(wallAt(slot, timeZone), moved);
    return nextDate(parts, wallAt(start, timeZone), after, { isAllDay: false });
  }
  if (isHourly(parts)) {
    const base = here.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    return nextDate(parts, base, base, { isAllDay: false });
  }
  const base = here.toPlainDate().toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(start) });
  return nextDate(parts, base, latest(base, here), { isAllDay: false });
}

/**
 * The occurrence after the one that is completed now, or null when COUNT or UNTIL ends the series. Anchored at `due` it
 * is the first date of the schedule after this one, and after the due date where that was moved later; anchored at
 * `completion` the rule starts anew on the day of completion, at the time of day of the series.
 */
export function nextOccurrence(series: Series, due: Due, clock: Clock): { series: Series; due: Due } | null {
  const parts = parseRule(series.rrule);
  const count = parts.get('COUNT');
  if (count !== undefined && series.index >= Number(count)) return null;
  const index = series.index + 1;
  const startOf = (slot: string) => (series.anchor === 'completion' ? slot : series.start);
  if (isDay(series.start)) {
    const dueDay = nextDay(series, parts, due, clock);
    if (dueDay === null) return null;
    return {
      series: { ...series, start: startOf(dueDay), slot: dueDay, index },
      due: { dueDate: null, dueDay },
    };
  }
  const at = nextInstant(series, parts, due, clock);
  if (at === null) return null;
  const slot = wallOf(at);
  return {
    series: { ...series, start: startOf(slot), slot, index },
    due: { dueDate: toDate(at), dueDay: null },
  };
}
