import type { Db } from '@spacedly/kit';
import { and, asc, count, eq, inArray, or, sql } from 'drizzle-orm';
import { isLive, type TaskKey } from '../items/store.ts';
import { attachments, tasks } from '../schema.ts';
import type { AttachmentRow } from './present.ts';

export interface AttachmentKey {
  userId: string;
  id: string;
}

/** Bytes of all files of a person, those of tasks in the bin included: they are still kept. */
export async function sumBytes(db: Db, userId: string): Promise<number> {
  const total = sql<string>`coalesce(sum(${attachments.sizeBytes} + coalesce(${attachments.thumbSizeBytes}, 0)), 0)`;
  const [row] = await db.select({ total }).from(attachments).where(eq(attachments.userId, userId));
  return Number(row?.total ?? 0);
}

/** One upload of a person at a time decides about their room. */
export async function lockRoom(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`files:${userId}`}, 0))`);
}

export async function countOfTask(tx: Db, taskId: string): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(attachments).where(eq(attachments.taskId, taskId));
  return row?.count ?? 0;
}

export async function insertAttachments(
  tx: Db,
  values: readonly (typeof attachments.$inferInsert)[],
): Promise<AttachmentRow[]> {
  return tx
    .insert(attachments)
    .values([...values])
    .returning();
}

/** Its files are part of a task: whoever keeps a copy has to see that it changed. */
export async function touchTask(tx: Db, taskId: string, now: Date): Promise<void> {
  await tx
    .update(tasks)
    .set({ updatedAt: now, version: sql`${tasks.version} + 1` })
    .where(eq(tasks.id, taskId));
}

/** A file of a task that is not in the bin. */
export async function findAttachment(db: Db, { userId, id }: AttachmentKey): Promise<AttachmentRow | null> {
  const [row] = await db
    .select({ attachment: attachments })
    .from(attachments)
    .innerJoin(tasks, eq(tasks.id, attachments.taskId))
    .where(and(eq(attachments.id, id), eq(attachments.userId, userId), eq(tasks.userId, userId), isLive));
  return row?.attachment ?? null;
}

export async function listOfTask(db: Db, { userId, id }: TaskKey): Promise<AttachmentRow[]> {
  return db
    .select()
    .from(attachments)
    .where(and(eq(attachments.userId, userId), eq(attachments.taskId, id)))
    .orderBy(asc(attachments.id));
}

/** Null when it was gone already. */
export async function deleteAttachment(tx: Db, { userId, id }: AttachmentKey): Promise<AttachmentRow | null> {
  const [row] = await tx
    .delete(attachments)
    .where(and(eq(attachments.id, id), eq(attachments.userId, userId)))
    .returning();
  return row ?? null;
}

/** Which of some storage keys belong to a row. */
export async function findKnownKeys(db: Db, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const list = [...keys];
  const rows = await db
    .select({ storageKey: attachments.storageKey, thumbKey: attachments.thumbKey })
    .from(attachments)
    .where(or(inArray(attachments.storageKey, list), inArray(attachments.thumbKey, list)));
  return new Set(
    rows.flatMap(({ storageKey, thumbKey }) => (thumbKey === null ? [storageKey] : [storageKey, thumbKey])),
  );
}
