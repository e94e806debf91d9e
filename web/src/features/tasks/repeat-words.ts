import { dateFormat } from '../../shared/date-format.ts';
import { texts } from '../../shared/texts.ts';
import { type Clock, dayWords } from '../../shared/time.ts';
import { parseRepeat, type RepeatParts, WEEKDAYS } from './repeat-rule.ts';

const t = texts.repeat;
const WORKDAYS = 'MO,TU,WE,TH,FR';
/** A Monday, to name weekdays by. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

export function weekdayName(code: string, locale: string, width: 'long' | 'short'): string {
  const index = (WEEKDAYS as readonly string[]).indexOf(code);
  return dateFormat(locale, { weekday: width, timeZone: 'UTC' }).format(MONDAY + index * DAY_MS);
}

function dayName(byDay: string, isOnly: boolean, locale: string): string {
  const [, which, code = ''] = /^([+-]?\d+)?([A-Z]{2})$/.exec(byDay) ?? [];
  const name = weekdayName(code, locale, isOnly ? 'long' : 'short');
  return which === undefined ? name : t.nth(Number(which), name);
}

function onWords({ byDay, byMonthDay }: RepeatParts, locale: string): string {
  if (byMonthDay !== null) return t.onMonthDay(byMonthDay);
  if (byDay.length === 0) return '';
  return t.on(t.list(byDay.map((day) => dayName(day, byDay.length === 1, locale))));
}

/** A rule in words: "every 2 weeks on Monday, 5 times". A rule too special for words says so. */
export function repeatWords(rrule: string, clock: Clock): string {
  const parts = parseRepeat(rrule);
  if (parts === null) return t.other;
  const isWorkdays = parts.freq === 'WEEKLY' && parts.interval === 1 && parts.byDay.join() === WORKDAYS;
  const often = isWorkdays ? t.weekdays : t.every(parts.freq, parts.interval) + onWords(parts, clock.locale);
  if (parts.count !== null) return often + t.times(parts.count);
  return parts.until === null ? often : often + t.until(dayWords(parts.until, clock, new Date()));
}
