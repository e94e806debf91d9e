/** Between them it is day somewhere at every hour of UTC, and in none of them do the clocks change by day. */
const ZONES = ['Europe/Berlin', 'America/Los_Angeles', 'Asia/Tokyo'] as const;
const FIRST_HOUR = 6;
const LAST_HOUR = 16;
const DAY_MS = 86_400_000;

function hourIn(timeZone: string, now: number): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now));
}

/**
 * A zone where it is day at a moment (milliseconds since the epoch): what is due in an hour is due today there, and no
 * test that takes minutes begins on one day and ends on another.
 */
export function zoneOfDay(now: number): string {
  const isDay = (zone: string) => hourIn(zone, now) >= FIRST_HOUR && hourIn(zone, now) <= LAST_HOUR;
  return ZONES.find(isDay) ?? ZONES[0];
}

/** Where the people of these tests live, who keep the zone of their browser. */
export const ZONE = zoneOfDay(Date.now());

/** An instant so many days from now. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

/** Their calendar day so many days from today, as YYYY-MM-DD. */
export function dayIn(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(Date.parse(inDays(days)));
}
