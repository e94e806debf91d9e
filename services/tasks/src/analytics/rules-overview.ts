import type { Analytics } from '@spacedly/contracts';
import { addDays, daysBetween, mondayOf } from '../people/days.ts';
import type { DayDone, Overview } from './rules-sums.ts';

const DAYS = 7;
const WEEKS = 4;
const STATUSES = ['todo', 'in-progress', 'completed'] as const;
const UNCATEGORIZED = 'Uncategorized';
const RETENTION_DAYS = 30;

/** The first day the analytics look at: of review retention, which goes back further than the weeks that are shown. */
export const firstDay = (today: string) => addDays(today, 1 - RETENTION_DAYS);

/** A share in percent with one decimal; of nothing it is 0. */
function percentOf(count: number, total: number): number {
  return total === 0 ? 0 : Math.round((count / total) * 1_000) / 10;
}

function sumBy<T>(items: readonly T[], keyOf: (item: T) => string, countOf: (item: T) => number) {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + countOf(item));
  return sums;
}

/** What was done from a day on, so many days long. Days are numbers, counted from the first one. */
function sumDays(days: Overview['days'], from: number, length: number) {
  const sum = { completed: 0, reviewed: 0 };
  for (let day = from; day < from + length; day += 1) {
    const done = days.get(day);
    sum.completed += done?.completed ?? 0;
    sum.reviewed += done?.reviewed ?? 0;
  }
  return sum;
}

function weeksOf(days: Overview['days'], today: string): Analytics['weeklyData'] {
  const thisWeek = mondayOf(today);
  return Array.from({ length: WEEKS }, (_, index) => {
    const week = addDays(thisWeek, -DAYS * (WEEKS - 1 - index));
    return { week, ...sumDays(days, daysBetween(firstDay(today), week), DAYS) };
  });
}

function lastDays(days: Overview['days'], today: string): Analytics['dailyData'] {
  return Array.from({ length: DAYS }, (_, index) => ({
    date: addDays(today, index + 1 - DAYS),
    ...sumDays(days, RETENTION_DAYS - DAYS + index, 1),
  }));
}

function retentionOf(days: Iterable<DayDone>): Analytics['reviewRetention'] {
  let reviews = 0;
  let remembered = 0;
  for (const day of days) {
    reviews += day.recalls;
    remembered += day.remembered;
  }
  return { reviews, remembered, retention: reviews === 0 ? null : remembered / reviews };
}

/** The numbers as they are shown. The days of the overview are counted from {@link firstDay}. */
export function presentAnalytics(
  overview: Overview,
  { today, timeZone }: { today: string; timeZone: string },
): Analytics {
  const countOf = ({ count }: { count: number }) => count;
  const byStatus = sumBy(overview.tasks, ({ status }) => status, countOf);
  const byCategory = sumBy(overview.tasks, ({ category }) => category ?? UNCATEGORIZED, countOf);
  const totalTasks = [...byStatus.values()].reduce((sum, count) => sum + count, 0);
  return {
    timeZone,
    totalTasks,
    completedTasks: byStatus.get('completed') ?? 0,
    completedReminders: overview.completedReminders,
    upcomingReminders: overview.reminders.upcoming,
    overdueReminders: overview.reminders.overdue,
    dailyData: lastDays(overview.days, today),
    weeklyData: weeksOf(overview.days, today),
    categoryData: [...byCategory]
      .map(([category, count]) => ({ category, count, percent: percentOf(count, totalTasks) }))
      .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1)),
    statusData: STATUSES.map((status) => {
      const count = byStatus.get(status) ?? 0;
      return { status, count, percent: percentOf(count, totalTasks) };
    }),
    reviewRetention: retentionOf(overview.days.values()),
  };
}
