import type { Due } from './messages.ts';

/** The zone itself where this runtime knows it, else UTC: a message with a UTC time beats none. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

const DAY = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const;

/** An instant in the reader's own zone and words, with the zone named: `Wednesday, 9 December 2026 at 10:00 CET`. */
export function formatInstant(instant: string, locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...DAY,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: knownZone(timeZone),
  });
  return format.format(new Date(instant));
}

/** The calendar day of an instant in the reader's own zone, `YYYY-MM-DD`. */
export function dayOf(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: knownZone(timeZone) }).format(new Date(instant));
}

/** A calendar day, which is the same in every zone. */
export function formatDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { ...DAY, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** When something is due, or null when it has no date. */
export function formatDue(due: Due, locale: string, timeZone: string): string | null {
  if (due.dueDate !== null) return formatInstant(due.dueDate, locale, timeZone);
  if (due.dueDay !== null) return formatDay(due.dueDay, locale);
  return null;
}

/** Whole minutes from now until the instant, at least one. */
export function minutesUntil(instant: string, now: Date): number {
  return Math.max(1, Math.round((Date.parse(instant) - now.getTime()) / 60_000));
}
