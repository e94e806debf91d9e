import type { Db } from '@spacedly/kit';
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { reminders } from '../schema.ts';

const earliest = (rows: readonly { status: string; scheduledAt: Date }[]): Date | null => {
  const times = rows.filter(({ status }) => status === 'pending').map((row) => row.scheduledAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
};

const shown = { status: reminders.status, scheduledAt: reminders.scheduledAt };

/** Whether a task has reminders that count from its due date and are not over. */
export async function hasRelativeReminders(tx: Db, taskId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: reminders.id })
    .from(reminders)
    .where(
      and(
        eq(reminders.taskId, taskId),
        isNotNull(reminders.offsetMinutes),
        inArray(reminders.status, ['pending', 'sent', 'missed']),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/**
 * Moves the reminders that count from the due date along with it. One whose new time lies ahead waits for it, even if it
 * was sent for the old one; one whose new time is over waits no more.
 * @param due null when the task has none any more
 * @returns the earliest that waits, or null
 */
export async function moveRelativeReminders(
  tx: Db,
  taskId: string,
  { due, now }: { due: Date | null; now: Date },
): Promise<Date | null> {
  const scheduledAt = sql`${due}::timestamptz - ${reminders.offsetMinutes} * interval '1 minute'`;
  const isAhead = sql`coalesce(${scheduledAt} > ${now}, false)`;
  const rows = await tx
    .update(reminders)
    .set({
      scheduledAt: sql`coalesce(${scheduledAt}, ${reminders.scheduledAt})`,
      status: sql`(CASE WHEN ${isAhead} THEN 'pending' WHEN ${reminders.status} = 'pending' THEN 'skipped'
        ELSE ${reminders.status}::text END)::tasks.reminder_status`,
      sentAt: sql`CASE WHEN ${isAhead} THEN NULL ELSE ${reminders.sentAt} END`,
      updatedAt: now,
      version: sql`${reminders.version} + 1`,
    })
    .where(
      and(
        eq(reminders.taskId, taskId),
        isNotNull(reminders.offsetMinutes),
        inArray(reminders.status, ['pending', 'sent', 'missed']),
      ),
    )
    .returning(shown);
  return earliest(rows);
}

/** Reminders of tasks in the bin wait there: they keep their time but are not handed over. */
export async function holdReminders(tx: Db, taskIds: readonly string[], now: Date): Promise<void> {
  if (taskIds.length === 0) return;
  await tx
    .update(reminders)
    .set({ isHeld: true, updatedAt: now, version: sql`${reminders.version} + 1` })
    .where(and(inArray(reminders.taskId, [...taskIds]), eq(reminders.status, 'pending')));
}

/** Lets them wait for their time again; one whose time has passed is skipped. @returns the earliest, or null */
export async function releaseReminders(tx: Db, taskIds: readonly string[], now: Date): Promise<Date | null> {
  const rows = await tx
    .update(reminders)
    .set({
      isHeld: false,
      status: sql`(CASE WHEN ${reminders.scheduledAt} > ${now} THEN 'pending' ELSE 'skipped' END)::tasks.reminder_status`,
      updatedAt: now,
      version: sql`${reminders.version} + 1`,
    })
    .where(and(inArray(reminders.taskId, [...taskIds]), eq(reminders.isHeld, true)))
    .returning(shown);
  return earliest(rows);
}
