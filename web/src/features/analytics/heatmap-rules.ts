import { addDays, daysBetween } from '../../shared/zone.ts';

export interface YearDay {
  date: string;
  count: number;
  /** 0 for nothing, then quarters of the busiest day. */
  level: number;
  /** Its place: weeks from left to right, Monday on top; both begin with 1. */
  column: number;
  row: number;
}

const A_WEEK = 7;
const STEPS = 4;

/** Every day of a year with what was done on it and its place among the squares. */
export function yearOf(year: number, active: readonly { date: string; count: number }[]): YearDay[] {
  const first = `${year}-01-01`;
  const length = daysBetween(first, `${year + 1}-01-01`);
  const offset = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % A_WEEK;
  const counts = new Map(active.map(({ date, count }) => [date, count]));
  const most = Math.max(1, ...active.map(({ count }) => count));
  return Array.from({ length }, (_, index) => {
    const date = addDays(first, index);
    const count = counts.get(date) ?? 0;
    const place = index + offset;
    return {
      date,
      count,
      level: Math.ceil((count / most) * STEPS),
      column: Math.floor(place / A_WEEK) + 1,
      row: (place % A_WEEK) + 1,
    };
  });
}

/** The months of a year, as a table tells them. */
export function monthsOf(days: readonly YearDay[]): { month: string; activeDays: number; done: number }[] {
  const months = new Map<string, { month: string; activeDays: number; done: number }>();
  for (const { date, count } of days) {
    const month = date.slice(0, 7);
    const sum = months.get(month) ?? { month, activeDays: 0, done: 0 };
    months.set(month, { month, activeDays: sum.activeDays + (count > 0 ? 1 : 0), done: sum.done + count });
  }
  return [...months.values()];
}
