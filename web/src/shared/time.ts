import { dateFormat } from './date-format.ts';
import { texts } from './texts.ts';
import { dayOf, daysBetween } from './zone.ts';

/** How times are written: the person's zone, and a locale whose words fit the catalogue's language. */
export interface Clock {
  zone: string;
  locale: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Below this a time is told as a distance ("in 20 minutes"), above as a moment ("tomorrow 9:00"). */
const NEAR = 3 * HOUR;

function format(instant: Date, clock: Clock, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(clock.locale, { timeZone: clock.zone, ...options }).format(instant);
}

/** `9:00` or `9:00 AM`. */
export function clockTime(instant: string | Date, clock: Clock): string {
  return format(new Date(instant), clock, { hour: 'numeric', minute: '2-digit' });
}

/** A calendar day in words: "today", "tomorrow", "Fri, 4 Dec", with the year where it is another one. */
export function dayWords(day: string, clock: Clock, now: Date): string {
  const today = dayOf(now, clock.zone);
  const distance = daysBetween(today, day);
  if (distance === 0) return texts.time.today;
  if (distance === 1) return texts.time.tomorrow;
  if (distance === -1) return texts.time.yesterday;
  return format(
    new Date(`${day}T12:00:00Z`),
    { ...clock, zone: 'UTC' },
    {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      ...(day.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    },
  );
}

/** An instant in words: "in 20 minutes", "tomorrow 9:00", "Fri, 4 Dec 9:00". */
export function timeWords(instant: string, clock: Clock, now: Date): string {
  const time = new Date(instant);
  const distance = time.getTime() - now.getTime();
  const size = Math.abs(distance);
  if (size < MINUTE / 2) return texts.time.now;
  if (size < NEAR) {
    const relative = new Intl.RelativeTimeFormat(clock.locale, { numeric: 'always' });
    const sign = distance < 0 ? -1 : 1;
    const minutes = Math.round(size / MINUTE);
    return minutes < 60
      ? relative.format(sign * minutes, 'minute')
      : relative.format(sign * Math.round(size / HOUR), 'hour');
  }
  return momentWords(instant, clock, now);
}

/** An instant as day and clock time: "today 18:00", "tomorrow 9:00". */
export function momentWords(instant: string, clock: Clock, now: Date): string {
  return `${dayWords(dayOf(instant, clock.zone), clock, now)} ${clockTime(instant, clock)}`;
}

/** The full time with its zone, for titles and tooltips. */
export function exactTime(instant: string, clock: Clock): string {
  return format(new Date(instant), clock, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
}

/** "Saturday, 21 November" of a calendar day. */
export function longDay(day: string, clock: Clock): string {
  return format(
    new Date(`${day}T12:00:00Z`),
    { ...clock, zone: 'UTC' },
    {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    },
  );
}

/** 80 → "1 h 20 min". */
export function durationWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return texts.time.minutes(rest);
  if (rest === 0) return texts.time.hours(hours);
  return `${texts.time.hours(hours)} ${texts.time.minutes(rest)}`;
}

/** A greeting for an hour of the day, 0–23. */
export function greeting(hour: number, name: string): string {
  const { morning, afternoon, evening } = texts.time.greeting;
  if (hour >= 4 && hour < 12) return morning(name);
  return hour >= 12 && hour < 18 ? afternoon(name) : evening(name);
}

/** The hour of the day in the person's zone, 0–23. */
export function hourOf(now: Date, clock: Clock): number {
  return Number(format(now, { ...clock, locale: 'en-GB' }, { hour: '2-digit', hourCycle: 'h23' }));
}
