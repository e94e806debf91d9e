import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import { isLive } from '../items/store.ts';
import { reminders, tasks } from '../schema.ts';
import type { ReminderChanges, ReminderRow } from './rules.ts';

export interface ReminderKey {
  userId: string;
  id: string;
}

/** Dispatchers plan their sleep by this; the payload is the new time of a reminder. */
export const REMINDERS_CHANNEL = 'spacedly_reminders';

const columns = getTableColumns(reminders);
const isMine = ({ userId, id }: ReminderKey) => and(eq(reminders.id, id), eq(reminders.userId, userId));

export async function findReminder(db: Db, key: ReminderKey): Promise<ReminderRow | null> {
  const [row] = await db
    .select(columns)
    .from(reminders)
    .innerJoin(tasks, eq(tasks.id, reminders.taskId))
    .where(and(isMine(key), isLive));
  return row ?? null;
}

/** A reminder, locked until the transaction ends, and what of its task decides about it. */
export async function lockReminder(tx: Db, key: ReminderKey) {
  const [reminder] = await tx.select().from(reminders).where(isMine(key)).for('update');
  if (reminder === undefined) return null;
  const [task] = await tx
    .select({ status: tasks.status, dueDate: tasks.dueDate, dueDay: tasks.dueDay })
    .from(tasks)
    .where(and(eq(tasks.id, reminder.taskId), isLive));
  return task === undefined ? null : { reminder, task };
}

export async function updateReminder(
  tx: Db,
  key: ReminderKey,
  changes: ReminderChanges,
): Promise<ReminderRow> {
  const [row] = await tx
    .update(reminders)
    .set({ ...changes, version: sql`${reminders.version} + 1` })
    .where(isMine(key))
    .returning();
  return row as ReminderRow;
}

export async function deleteReminder(tx: Db, key: ReminderKey): Promise<void> {
  await tx.delete(reminders).where(isMine(key));
}

/** Completing a task ends what would still remind of it. */
export async function skipPendingReminders(tx: Db, taskId: string, now: Date): Promise<void> {
  await tx
    .update(reminders)
    .set({ status: 'skipped', updatedAt: now, version: sql`${reminders.version} + 1` })
    .where(and(eq(reminders.taskId, taskId), eq(reminders.status, 'pending')));
}

/** Writes several reminders and wakes the dispatchers for the earliest that waits. */
export async function insertReminders(
  tx: Db,
  values: readonly (typeof reminders.$inferInsert)[],
): Promise<ReminderRow[]> {
  if (values.length === 0) return [];
  const rows = await tx
    .insert(reminders)
    .values([...values])
    .returning();
  const waiting = rows.filter(({ status }) => status === 'pending').map((row) => row.scheduledAt.getTime());
  if (waiting.length > 0) await tellDispatchers(tx, new Date(Math.min(...waiting)));
  return rows;
}

/** Wakes every dispatcher when this transaction commits. */
export async function tellDispatchers(tx: Db, scheduledAt: Date): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${REMINDERS_CHANNEL}, ${scheduledAt.toISOString()})`);
}

export interface RemindersWhere {
  userId: string;
  taskId?: string;
  status?: ReminderRow['status'] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** One page of reminders, soonest first. */
export async function listReminders(
  db: Db,
  where: RemindersWhere,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const { userId, taskId, status, from, to } = where;
  const [after, afterId] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'uuid']);
  const rows = await db
    .select(columns)
    .from(reminders)
    .innerJoin(tasks, eq(tasks.id, reminders.taskId))
    .where(
      and(
        eq(reminders.userId, userId),
        isLive,
        taskId === undefined ? undefined : eq(reminders.taskId, taskId),
        status === undefined ? undefined : eq(reminders.status, status),
        from === undefined ? undefined : sql`${reminders.scheduledAt} >= ${from}::timestamptz`,
        to === undefined ? undefined : sql`${reminders.scheduledAt} < ${to}::timestamptz`,
        after === undefined
          ? undefined
          : sql`(${reminders.scheduledAt}, ${reminders.id}) > (${after}::timestamptz, ${afterId}::uuid)`,
      ),
    )
    .orderBy(asc(reminders.scheduledAt), asc(reminders.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.scheduledAt.toISOString(), row.id]);
}
