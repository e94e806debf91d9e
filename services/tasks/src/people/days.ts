import { WEEKDAYS, type Weekday } from '@spacedly/contracts';
import { Temporal } from 'temporal-polyfill';

export const DAY_MS = 86_400_000;

/** The first instant of a day where the person lives: midnight, or later where the clocks skip it. */
export function startOfDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds);
}

/** An instant of a day where the person lives, at a time of day such as `08:00`. */
export function instantOn(day: string, time: string, timeZone: string): Date {
  return new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds);
}

/** `YYYY-MM-DD` some days later, or earlier for a negative count. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7] as Weekday;
}

/** The Monday on or before a day. */
export function mondayOf(day: string): string {
  return addDays(day, -WEEKDAYS.indexOf(weekdayOf(day)));
}

/** Exact, but dear: tens of microseconds. */
function exactOffsetMs(timeMs: number, timeZone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(timeZone);
  return zoned.offsetNanoseconds / 1e6;
}

/** Some years of days in a few hundred zones; then it begins anew. */
const MAX_KNOWN_DAYS = 200_000;
/** For a zone and a day in UTC its offset all day long, or null where clocks change on it. */
const knownOffsets = new Map<string, number | null>();

function offsetOfDay(day: number, timeZone: string): number | null {
  const key = `${day} ${timeZone}`;
  const known = knownOffsets.get(key);
  if (known !== undefined) return known;
  if (knownOffsets.size >= MAX_KNOWN_DAYS) knownOffsets.clear();
  const begin = exactOffsetMs(day * DAY_MS, timeZone);
  const offset = begin === exactOffsetMs((day + 1) * DAY_MS - 1, timeZone) ? begin : null;
  knownOffsets.set(key, offset);
  return offset;
}

/**
 * What the clock on the person's wall shows, as if it were UTC. Libraries that count days in UTC then count the
 * person's own days.
 */
export function toWall(at: Date, timeZone: string): Date {
  const timeMs = at.getTime();
  const offsetMs = offsetOfDay(Math.floor(timeMs / DAY_MS), timeZone) ?? exactOffsetMs(timeMs, timeZone);
  return new Date(timeMs + offsetMs);
}

/** The instant at which the clock on the wall shows this; an hour that is skipped counts as the one after it. */
export function fromWall(wall: Date, timeZone: string): Date {
  const day = Math.floor(wall.getTime() / DAY_MS);
  const offsets = [day - 1, day, day + 1].map((near) => offsetOfDay(near, timeZone));
  const [offsetMs] = offsets;
  if (offsetMs != null && offsets.every((other) => other === offsetMs)) {
    return new Date(wall.getTime() - offsetMs);
  }
  const shown = Temporal.PlainDateTime.from(wall.toISOString().slice(0, -1));
  return new Date(shown.toZonedDateTime(timeZone).epochMilliseconds);
}
