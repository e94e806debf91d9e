import { writeDay } from '../../shared/format.ts';
import { texts } from '../../shared/texts.ts';
import { type Clock, clockTime } from '../../shared/time.ts';
import { dayOf, daysBetween } from '../../shared/zone.ts';

const MINUTE = 60_000;
const NEAR_DAYS = 300;

/** When a grade would bring an item back, short enough for a button: "10 min", "tomorrow", "4 Dec", "Mar 2028". */
export function nextWords(instant: string, clock: Clock, now: Date): string {
  const minutes = Math.max(1, Math.round((Date.parse(instant) - now.getTime()) / MINUTE));
  if (minutes < 60) return texts.reviews.inMinutes(minutes);
  const day = dayOf(instant, clock.zone);
  const days = daysBetween(dayOf(now, clock.zone), day);
  if (days <= 0) return clockTime(instant, clock);
  if (days === 1) return texts.time.tomorrow;
  return days < NEAR_DAYS
    ? writeDay(day, clock, { day: 'numeric', month: 'short' })
    : writeDay(day, clock, { month: 'short', year: 'numeric' });
}
