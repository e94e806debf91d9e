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

/**
 * What the clock on the person's wall shows, as if it were UTC. Libraries that count days in UTC then count the
 * person's own days.
 */
export function toWall(at: Date, timeZone: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(at.getTime() + zoned.offsetNanoseconds / 1e6);
}

/** The instant at which the clock on the wall shows this; an hour that is skipped counts as the one after it. */
export function fromWall(wall: Date, timeZone: string): Date {
  const shown = Temporal.PlainDateTime.from(wall.toISOString().slice(0, -1));
  return new Date(shown.toZonedDateTime(timeZone).epochMilliseconds);
}
