import { type Budget, type BudgetBody, WEEKDAYS } from '@spacedly/contracts';
import { weekdayOf } from '../people/days.ts';

/** What holds for a person who set nothing. */
export const NO_BUDGET: Budget = {
  ...(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, null])) as BudgetBody),
  version: 0,
};

/** Whether a day holds more than it has free minutes; a day nobody limited never overflows. */
export function judgeDay(
  budget: Budget,
  day: string,
  plannedMinutes: number,
): { freeMinutes: number | null; overflows: boolean } {
  const freeMinutes = budget[weekdayOf(day)];
  return { freeMinutes, overflows: freeMinutes !== null && plannedMinutes > freeMinutes };
}
