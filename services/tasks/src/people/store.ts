import type { Db, ExportSection } from '@spacedly/kit';
import { eq } from 'drizzle-orm';
import { lockSums } from '../analytics/store-fold.ts';
import * as tables from '../schema.ts';
import { lockSearch } from '../search/store.ts';

const { attachments, calendarFeeds, dayBudgets, exams, reminders, reminderSettings } = tables;
const { reviewLogs, reviewNotices, reviews, reviewSettings, taskChanges, taskShares, tasks } = tables;

/** What this service tells people about themselves; the bin included. */
export const sections: readonly ExportSection[] = [
  { name: 'tasks', table: tasks, owner: tasks.userId, key: tasks.id },
  {
    name: 'attachments',
    table: attachments,
    owner: attachments.userId,
    key: attachments.id,
    omit: ['storageKey', 'thumbKey'],
    filesOf: ({ id, name, storageKey }) => [{ key: String(storageKey), name: `${id}-${name}` }],
  },
  {
    name: 'task-shares',
    table: taskShares,
    owner: taskShares.createdBy,
    key: taskShares.id,
    omit: ['userId', 'openedAt'],
  },
  { name: 'reminders', table: reminders, owner: reminders.userId, key: reminders.id },
  {
    name: 'reminder-settings',
    table: reminderSettings,
    owner: reminderSettings.userId,
    key: reminderSettings.userId,
  },
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

/** Every table that knows whose a row is. Rows that hang on these go with them. */
export const OWNED = [
  taskShares,
  attachments,
  taskChanges,
  reminders,
  reminderSettings,
  reviewLogs,
  reviews,
  reviewSettings,
  reviewNotices,
  tasks,
  exams,
  dayBudgets,
  calendarFeeds,
  tables.idempotencyKeys,
  tables.taskCounts,
  tables.reminderCounts,
  tables.dayCounts,
  tables.countedPeople,
  tables.searchBlocks,
  tables.searchChanges,
  // Last, as deleting the others adds to them.
  tables.countChanges,
  tables.listChanges,
] as const;

/** Keys of every stored file of a person. */
export async function findFiles(db: Db, userId: string): Promise<string[]> {
  const rows = await db
    .select({ file: attachments.storageKey, thumb: attachments.thumbKey })
    .from(attachments)
    .where(eq(attachments.userId, userId));
  return rows.flatMap(({ file, thumb }) => (thumb === null ? [file] : [file, thumb]));
}

/** Removes every row of a person. */
export async function deletePerson(tx: Db, userId: string): Promise<void> {
  await lockSums(tx, [userId]);
  await lockSearch(tx, userId);
  for (const table of OWNED) await tx.delete(table).where(eq(table.userId, userId));
}
