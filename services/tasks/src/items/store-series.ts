import type { Db } from '@spacedly/kit';
import { and, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm';
import { attachments, reminders, reviews, tasks } from '../schema.ts';
import type { TaskRow } from './rules.ts';

/** What belongs to the series rather than to one occurrence goes along to the open one. */
export async function moveParts(tx: Db, from: string, to: string): Promise<void> {
  await tx.update(attachments).set({ taskId: to }).where(eq(attachments.taskId, from));
  await tx.update(reviews).set({ taskId: to }).where(eq(reviews.taskId, from));
}

/** Subtasks still to do go along too. */
export async function moveOpenSubtasks(tx: Db, from: string, to: string, now: Date): Promise<void> {
  await tx
    .update(tasks)
    .set({ parentId: to, updatedAt: now, version: sql`${tasks.version} + 1` })
    .where(and(eq(tasks.parentId, from), ne(tasks.status, 'completed'), isNull(tasks.deletedAt)));
}

/** Takes all subtasks of a task over, but for some. */
export async function moveOtherSubtasks(
  tx: Db,
  from: string,
  to: string,
  excepted: readonly string[],
): Promise<void> {
  const others = excepted.length === 0 ? undefined : notInArray(tasks.id, [...excepted]);
  await tx
    .update(tasks)
    .set({ parentId: to })
    .where(and(eq(tasks.parentId, from), others));
}

export async function findCompletedSubtasks(tx: Db, parentId: string): Promise<TaskRow[]> {
  return tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.parentId, parentId), eq(tasks.status, 'completed'), isNull(tasks.deletedAt)))
    .orderBy(tasks.position, tasks.id);
}

export async function findRemindersOf(tx: Db, taskId: string) {
  return tx.select().from(reminders).where(eq(reminders.taskId, taskId));
}

export async function deleteTasks(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(tasks).where(inArray(tasks.id, [...ids]));
}
