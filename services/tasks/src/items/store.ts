import type { Db } from '@spacedly/kit';
import { and, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { AttachmentJson } from '../attachments/present.ts';
import type { ReminderJson } from '../reminders/rules.ts';
import { attachments, reminders, tasks } from '../schema.ts';
import type { TaskChanges, TaskRow, TaskWithParts } from './rules.ts';

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

const attachmentsJson = sql<AttachmentJson[]>`(
  SELECT coalesce(json_agg(a ORDER BY a.id), '[]')
  FROM ${attachments} AS a WHERE a.task_id = ${tasks}.id)`;

export const taskColumns = {
  ...getTableColumns(tasks),
  reminders: remindersJson,
  attachments: attachmentsJson,
};

export async function findTask(db: Db, key: TaskKey): Promise<TaskWithParts | null> {
  const [row] = await db.select(taskColumns).from(tasks).where(isMine(key));
  return row ?? null;
}

/** The bare task, locked until the transaction ends. */
export async function lockTask(tx: Db, key: TaskKey): Promise<TaskRow | null> {
  const [row] = await tx.select().from(tasks).where(isMine(key)).for('update');
  return row ?? null;
}

/** Several tasks as a list would show them, in the order of `ids`; those that are not there are left out. */
export async function findTasksByIds(
  db: Db,
  userId: string,
  ids: readonly string[],
): Promise<TaskWithParts[]> {
  const rows = await db
    .select(taskColumns)
    .from(tasks)
    .where(and(eq(tasks.userId, userId), inArray(tasks.id, [...ids]), isLive));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The bare tasks, locked in the order of their ids, so that two such calls cannot wait for each other. */
export async function lockTasks(tx: Db, userId: string, ids: readonly string[]): Promise<TaskRow[]> {
  return tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.userId, userId), inArray(tasks.id, [...ids]), isLive))
    .orderBy(tasks.id)
    .for('update');
}

/** The bare task, be it in the bin, locked until the transaction ends. */
export async function lockAnyTask(tx: Db, { userId, id }: TaskKey): Promise<TaskRow | null> {
  const [row] = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, id), eq(tasks.userId, userId)))
    .for('update');
  return row ?? null;
}

/** One change at a time of what spans several tasks of a person: their order, and who is whose subtask. */
export async function lockOrder(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`tasks:${userId}`}, 0))`);
}

export async function hasSubtasks(tx: Db, taskId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.parentId, taskId), isLive))
    .limit(1);
  return row !== undefined;
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
