import { addDays, daysBetween } from '../people/days.ts';

export interface Streaks {
  active: number;
  longest: number;
  freezesLeft: number;
}

/** Active days within one calendar month that earn a freeze each: the 7th and the 14th. */
const EARNING_DAYS: readonly number[] = [7, 14];
const MAX_HELD = 2;

/**
 * Streaks with freezes.
 *
 * - A day is active when at least one task, reminder or review was completed on it, in the person's own zone.
 * - A streak is a run of active days; its length is the number of active days in it.
 * - A freeze is earned on the 7th and on the 14th active day of a calendar month: at most 2 a month. At most 2 are
 *   held at a time; what is earned beyond that is lost. Unused ones stay from month to month.
 * - A day without activity that is over is missed. During a streak each missed day uses up one held freeze, from the
 *   earliest missed day on; with none left the streak ends. A bridged day adds nothing to the length. With no streak
 *   running nothing is used.
 * - Today is not over: it is never missed. So the active streak is the one that reaches today or yesterday, bridged
 *   days included.
 *
 * @param days active days up to today, ascending, each once
 */
export function countStreaks(days: readonly string[], today: string): Streaks {
  let held = 0;
  let run = 0;
  let longest = 0;
  let month = '';
  let activeInMonth = 0;
  let previous: string | null = null;

  const bridge = (missed: number) => {
    if (run === 0 || missed <= 0) return;
    if (missed > held) run = 0;
    held = Math.max(0, held - missed);
  };

  for (const day of days) {
    if (previous !== null) bridge(daysBetween(previous, day) - 1);
    previous = day;
    run += 1;
    longest = Math.max(longest, run);
    activeInMonth = day.startsWith(month) && month !== '' ? activeInMonth + 1 : 1;
    month = day.slice(0, 7);
    if (EARNING_DAYS.includes(activeInMonth)) held = Math.min(MAX_HELD, held + 1);
  }
  if (previous !== null) bridge(daysBetween(previous, addDays(today, -1)));
  return { active: run, longest, freezesLeft: held };
}
