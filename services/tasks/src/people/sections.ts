import type { ExportSection } from '@spacedly/kit';
import * as tables from '../schema.ts';

const { calendarFeeds, dayBudgets, exams, reminders, reviewLogs, reviews, reviewSettings, tasks } = tables;

/** What this service tells people about themselves; the bin included. */
export const sections: readonly ExportSection[] = [
  { name: 'tasks', table: tasks, owner: tasks.userId, key: tasks.id },
  { name: 'reminders', table: reminders, owner: reminders.userId, key: reminders.id },
  { name: 'reviews', table: reviews, owner: reviews.userId, key: reviews.id },
  { name: 'review-log', table: reviewLogs, owner: reviewLogs.userId, key: reviewLogs.id },
  {
    name: 'review-settings',
    table: reviewSettings,
    owner: reviewSettings.userId,
    key: reviewSettings.userId,
  },
  { name: 'exams', table: exams, owner: exams.userId, key: exams.id },
  { name: 'day-budgets', table: dayBudgets, owner: dayBudgets.userId, key: dayBudgets.userId },
  {
    name: 'calendar-feed',
    table: calendarFeeds,
    owner: calendarFeeds.userId,
    key: calendarFeeds.userId,
    omit: ['tokenHash', 'sealedToken'],
  },
];
