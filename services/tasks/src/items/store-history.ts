import type { Db } from '@spacedly/kit';
import { and, eq, getTableColumns, gt, lt, sql } from 'drizzle-orm';
import { type BeforeImage, reminders, taskChanges, tasks } from '../schema.ts';
import type { TaskKey } from './store.ts';

/**
 * Keeps how a task and its reminders are right now, before they are changed; with its subtasks where they go along.
 * One statement, as every change pays for it.
 */
export async function recordBefore(
  tx: Db,
  { userId, id }: TaskKey,
  { at, withSubtasks }: { at: Date; withSubtasks: boolean },
): Promise<void> {
  const orSubtasks = withSubtasks ? sql`OR (t.parent_id = ${id} AND t.deleted_at IS NULL)` : sql``;
  await tx.execute(sql`
    WITH involved AS (SELECT t.* FROM ${tasks} AS t WHERE t.id = ${id} ${orSubtasks})
    INSERT INTO ${taskChanges} (task_id, user_id, before, changed_at)
    SELECT ${id}, ${userId}, jsonb_build_object(
      'tasks', (SELECT jsonb_agg(to_jsonb(i)) FROM involved AS i),
      'reminders', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM ${reminders} AS r
                    WHERE r.task_id IN (SELECT i.id FROM involved AS i)),
      'created', NULL), ${at}
    ON CONFLICT (task_id) DO UPDATE SET before = excluded.before, changed_at = excluded.changed_at`);
}

/** Adds to the record what the change made anew, so that taking it back removes that. */
export async function recordCreated(
  tx: Db,
  taskId: string,
  created: NonNullable<BeforeImage['created']>,
): Promise<void> {
  await tx
    .update(taskChanges)
    .set({ before: sql`jsonb_set(${taskChanges.before}, '{created}', ${JSON.stringify(created)}::jsonb)` })
    .where(eq(taskChanges.taskId, taskId));
}

/** The last change of a task since an instant. */
export async function findChange(tx: Db, { userId, id }: TaskKey, since: Date) {
  const [row] = await tx
    .select()
    .from(taskChanges)
    .where(and(eq(taskChanges.taskId, id), eq(taskChanges.userId, userId), gt(taskChanges.changedAt, since)));
  return row ?? null;
}

export async function deleteChange(tx: Db, taskId: string): Promise<void> {
  await tx.delete(taskChanges).where(eq(taskChanges.taskId, taskId));
}

/** Positions kept in records mean nothing once the order was numbered anew. */
export async function deleteChangesOf(tx: Db, userId: string): Promise<void> {
  await tx.delete(taskChanges).where(eq(taskChanges.userId, userId));
}

export async function deleteChangesBefore(db: Db, before: Date): Promise<void> {
  await db.delete(taskChanges).where(lt(taskChanges.changedAt, before));
}

/** `a, b` and `old.a, old.b` of every column but those that never go back. */
function assignments(table: typeof tasks | typeof reminders) {
  const kept = new Set(['id', 'user_id', 'version', 'created_at', 'updated_at']);
  const names = Object.values(getTableColumns(table))
    .map(({ name }) => name)
    .filter((name) => !kept.has(name));
  return sql.raw(names.map((name) => `${name} = old.${name}`).join(', '));
}

/**
 * Writes back the rows of an image exactly; only version and `updatedAt` go on. The task itself always, what went along
 * only where nobody changed it since.
 */
export async function restoreTasks(
  tx: Db,
  taskId: string,
  { tasks: rows }: BeforeImage,
  { changedAt, now }: { changedAt: Date; now: Date },
): Promise<void> {
  await tx.execute(sql`
    UPDATE ${tasks} AS t SET ${assignments(tasks)}, version = t.version + 1, updated_at = ${now}
    FROM jsonb_populate_recordset(NULL::tasks.tasks, ${JSON.stringify(rows)}::jsonb) AS old
    WHERE t.id = old.id AND (t.id = ${taskId} OR t.updated_at = ${changedAt})`);
}

/**
 * Writes back the reminders the change touched, and removes those it added.
 * @returns the earliest of those that wait again, or null
 */
export async function restoreReminders(
  tx: Db,
  taskId: string,
  { reminders: rows }: BeforeImage,
  { changedAt, now }: { changedAt: Date; now: Date },
): Promise<Date | null> {
  await tx.delete(reminders).where(and(eq(reminders.taskId, taskId), eq(reminders.createdAt, changedAt)));
  const { rows: restored } = await tx.execute<{ scheduled_at: string; status: string }>(sql`
    UPDATE ${reminders} AS t SET ${assignments(reminders)}, version = t.version + 1, updated_at = ${now}
    FROM jsonb_populate_recordset(NULL::tasks.reminders, ${JSON.stringify(rows)}::jsonb) AS old
    WHERE t.id = old.id AND t.updated_at = ${changedAt}
    RETURNING t.scheduled_at, t.status`);
  const times = restored
    .filter(({ status }) => status === 'pending')
    .map(({ scheduled_at }) => new Date(scheduled_at).getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}
