import type { Db } from '@spacedly/kit';
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { ReminderJson } from '../reminders/rules.ts';
import { reminders, tasks } from '../schema.ts';
import type { TaskChanges, TaskRow, TaskWithReminders } from './rules.ts';

export interface TaskKey {
  userId: string;
  id: string;
}

export const isLive = isNull(tasks.deletedAt);
const isMine = ({ userId, id }: TaskKey) => and(eq(tasks.id, id), eq(tasks.userId, userId), isLive);

/** All reminders of a task as JSON in the same row, so that a list of tasks is one statement. */
const remindersJson = sql<ReminderJson[]>`(
  SELECT coalesce(json_agg(r ORDER BY r.scheduled_at, r.id), '[]')
  FROM ${reminders} AS r WHERE r.task_id = ${tasks}.id)`;

export const taskColumns = { ...getTableColumns(tasks), reminders: remindersJson };

export async function findTask(db: Db, key: TaskKey): Promise<TaskWithReminders | null> {
  const [row] = await db.select(taskColumns).from(tasks).where(isMine(key));
  return row ?? null;
}

/** The bare task, locked until the transaction ends. */
export async function lockTask(tx: Db, key: TaskKey): Promise<TaskRow | null> {
  const [row] = await tx.select().from(tasks).where(isMine(key)).for('update');
  return row ?? null;
}

export async function insertTask(
  tx: Db,
  values: TaskChanges & { id: string; userId: string; title: string; createdAt: Date; updatedAt: Date },
): Promise<TaskRow> {
  const [row] = await tx.insert(tasks).values(values).returning();
  return row as TaskRow;
}

export async function updateTask(tx: Db, key: TaskKey, changes: TaskChanges): Promise<void> {
  await tx
    .update(tasks)
    .set({ ...changes, version: sql`${tasks.version} + 1` })
    .where(isMine(key));
}
