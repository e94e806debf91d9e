import { Temporal } from 'temporal-polyfill';
import type { RecipientRow } from '../preferences/store.ts';

/** Sunday evening: the week is over, and there is time to look at the next one. */
const WEEKLY_WEEKDAY = 7;
const WEEKLY_HOUR = 18;
/** A digest that could not go out on time still helps for this long; later it is left out. */
const LATE_HOURS = 4;

export type Schedule = Pick<
  RecipientRow,
  'timeZone' | 'isDigestOn' | 'digestHour' | 'isWeeklyOn' | 'digestDay' | 'weeklyDay'
>;

function here(now: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
}

function isInWindow(at: Temporal.ZonedDateTime, hour: number): boolean {
  return at.hour >= hour && at.hour < hour + LATE_HOURS;
}

/** What is due for somebody now: each at most once on a day of theirs, within its hours. */
export function dueNow(
  schedule: Schedule,
  now: Date,
): { day: string; isMorning: boolean; isWeekly: boolean } {
  const at = here(now, schedule.timeZone);
  const day = at.toPlainDate().toString();
  const isNew = (last: string | null) => last === null || last < day;
  return {
    day,
    isMorning: schedule.isDigestOn && isNew(schedule.digestDay) && isInWindow(at, schedule.digestHour),
    isWeekly:
      schedule.isWeeklyOn &&
      isNew(schedule.weeklyDay) &&
      at.dayOfWeek === WEEKLY_WEEKDAY &&
      isInWindow(at, WEEKLY_HOUR),
  };
}

const LONG_MS = 7 * 86_400_000;

/** The next instant at which something may be due. An hour that the clocks skip counts as the one after it. */
export function nextCheck(schedule: Schedule, now: Date): Date {
  const at = here(now, schedule.timeZone);
  const hours = (date: Temporal.PlainDate, hour: number) =>
    date.toZonedDateTime({ timeZone: schedule.timeZone, plainTime: Temporal.PlainTime.from({ hour }) });
  const candidates: number[] = [now.getTime() + LONG_MS];
  for (let days = 0; days <= 7; days++) {
    const date = at.toPlainDate().add({ days });
    if (schedule.isDigestOn) candidates.push(hours(date, schedule.digestHour).epochMilliseconds);
    if (schedule.isWeeklyOn && date.dayOfWeek === WEEKLY_WEEKDAY) {
      candidates.push(hours(date, WEEKLY_HOUR).epochMilliseconds);
    }
  }
  return new Date(Math.min(...candidates.filter((candidate) => candidate > now.getTime())));
}
