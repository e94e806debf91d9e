import type { Analytics } from '@spacedly/contracts';
import { addDays, mondayOf } from '../people/days.ts';
import type { Overview } from './store-overview.ts';

const DAYS = 7;
const WEEKS = 4;
const STATUSES = ['todo', 'in-progress', 'completed'] as const;
const UNCATEGORIZED = 'Uncategorized';

/** The first day the analytics look at: the Monday three weeks before this week's. */
export function firstDay(today: string): string {
  return addDays(mondayOf(today), -7 * (WEEKS - 1));
}

/** A share in percent with one decimal; of nothing it is 0. */
function percentOf(count: number, total: number): number {
  return total === 0 ? 0 : Math.round((count / total) * 1_000) / 10;
}

function sumBy<T>(items: readonly T[], keyOf: (item: T) => string, countOf: (item: T) => number) {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + countOf(item));
  return sums;
}

function weeksOf(days: Overview['days'], today: string): Analytics['weeklyData'] {
  const thisWeek = mondayOf(today);
  return Array.from({ length: WEEKS }, (_, index) => {
    const week = addDays(thisWeek, -7 * (WEEKS - 1 - index));
    const ofWeek = days.filter(({ date }) => mondayOf(date) === week);
    const sum = (field: 'completed' | 'reviewed') => ofWeek.reduce((total, day) => total + day[field], 0);
    return { week, completed: sum('completed'), reviewed: sum('reviewed') };
  });
}

function lastDays(days: Overview['days'], today: string): Analytics['dailyData'] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  return Array.from({ length: DAYS }, (_, index) => {
    const date = addDays(today, index + 1 - DAYS);
    return byDate.get(date) ?? { date, completed: 0, reviewed: 0 };
  });
}

/** The numbers as they are shown, from the sums the database made. */
export function presentAnalytics(
  overview: Overview,
  { today, timeZone }: { today: string; timeZone: string },
): Analytics {
  const countOf = ({ count }: { count: number }) => count;
  const byStatus = sumBy(overview.tasks, ({ status }) => status, countOf);
  const byCategory = sumBy(overview.tasks, ({ category }) => category ?? UNCATEGORIZED, countOf);
  const totalTasks = [...byStatus.values()].reduce((sum, count) => sum + count, 0);
  const { reviews, remembered } = overview.retention;
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
    reviewRetention: { reviews, remembered, retention: reviews === 0 ? null : remembered / reviews },
  };
}
