import type { Db } from '@spacedly/kit';
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { attachments, tasks } from '../schema.ts';
import type { TaskRow } from './rules.ts';
import type { TaskKey } from './store.ts';

/** @returns the ids of the task and of the subtasks that went along */
export async function putInBin(tx: Db, { userId, id }: TaskKey, now: Date): Promise<string[]> {
  const rows = await tx
    .update(tasks)
    .set({ deletedAt: now, updatedAt: now, version: sql`${tasks.version} + 1` })
    .where(
      and(eq(tasks.userId, userId), or(eq(tasks.id, id), eq(tasks.parentId, id)), isNull(tasks.deletedAt)),
    )
    .returning({ id: tasks.id });
  return rows.map((row) => row.id);
}

/** @returns the ids of the task and of the subtasks that were deleted together with it */
export async function takeFromBin(
  tx: Db,
  { userId, id, deletedAt }: TaskRow,
  { parentId, now }: { parentId: string | null; now: Date },
): Promise<string[]> {
  const back = { deletedAt: null, updatedAt: now, version: sql`${tasks.version} + 1` };
  await tx
    .update(tasks)
    .set({ ...back, parentId })
    .where(eq(tasks.id, id));
  const subtasks = await tx
    .update(tasks)
    .set(back)
    .where(and(eq(tasks.userId, userId), eq(tasks.parentId, id), eq(tasks.deletedAt, deletedAt as Date)))
    .returning({ id: tasks.id });
  return [id, ...subtasks.map((row) => row.id)];
}

/** Up to `limit` tasks that lie in the bin since before an instant; those another instance holds are skipped. */
export async function lockExpired(tx: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(lt(tasks.deletedAt, before))
    .orderBy(tasks.deletedAt)
    .limit(limit)
    .for('update', { skipLocked: true });
  return rows.map((row) => row.id);
}

/** Storage keys of the files of some tasks. */
export async function fileKeysOf(tx: Db, taskIds: readonly string[]): Promise<string[]> {
  if (taskIds.length === 0) return [];
  const rows = await tx
    .select({ storageKey: attachments.storageKey, thumbKey: attachments.thumbKey })
    .from(attachments)
    .where(inArray(attachments.taskId, [...taskIds]));
  return rows.flatMap(({ storageKey, thumbKey }) =>
    thumbKey === null ? [storageKey] : [storageKey, thumbKey],
  );
}
