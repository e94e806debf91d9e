import type { ShareAccess } from '@spacedly/contracts';
import { type Db, newId } from '@spacedly/kit';
import { and, eq } from 'drizzle-orm';
import { isLive, type TaskKey } from '../items/store.ts';
import { attachments, taskShares, tasks } from '../schema.ts';

/** What somebody may do with a task of another person's. */
export interface Shared {
  ownerId: string;
  access: ShareAccess;
}

/** How a task is shared with somebody; null where it is not, or lies in the bin. */
export async function findShared(db: Db, { userId, id }: TaskKey): Promise<Shared | null> {
  const [row] = await db
    .select({ ownerId: tasks.userId, access: taskShares.access })
    .from(taskShares)
    .innerJoin(tasks, eq(tasks.id, taskShares.taskId))
    .where(and(eq(taskShares.taskId, id), eq(taskShares.userId, userId), isLive));
  return row ?? null;
}

/** The same for the task that a file belongs to. */
export async function findSharedFile(db: Db, { userId, id }: TaskKey): Promise<Shared | null> {
  const [row] = await db
    .select({ ownerId: tasks.userId, access: taskShares.access })
    .from(attachments)
    .innerJoin(taskShares, eq(taskShares.taskId, attachments.taskId))
    .innerJoin(tasks, eq(tasks.id, attachments.taskId))
    .where(and(eq(attachments.id, id), eq(taskShares.userId, userId), isLive));
  return row ?? null;
}

/** Whoever sees one occurrence sees the next; the one that is over stays visible to them. */
export async function copyShares(tx: Db, from: string, to: string): Promise<void> {
  const rows = await tx.select().from(taskShares).where(eq(taskShares.taskId, from));
  if (rows.length === 0) return;
  await tx.insert(taskShares).values(rows.map((row) => ({ ...row, id: newId(), taskId: to })));
}
