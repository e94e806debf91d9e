import type { Db } from '@spacedly/kit';
import { and, eq, min, sql } from 'drizzle-orm';
import { reminders, tasks } from '../schema.ts';
import type { ReminderRow } from './rules.ts';

export interface ClaimedReminder {
  id: string;
  userId: string;
  taskId: string;
  scheduledAt: string;
  type: ReminderRow['type'];
  message: string | null;
  status: 'sent' | 'missed';
  title: string;
  dueDate: string | null;
  dueDay: string | null;
}

/**
 * Claims up to `limit` due reminders, the latest first: after an outage that is what still matters. Rows another
 * worker holds are skipped, so any number of workers share the load and none is claimed twice.
 */
export async function claimDueReminders(
  tx: Db,
  { now, missedBefore, limit }: { now: Date; missedBefore: Date; limit: number },
): Promise<ClaimedReminder[]> {
  const result = await tx.execute<{ [K in keyof ClaimedReminder]: ClaimedReminder[K] }>(sql`
    WITH due AS MATERIALIZED (
      SELECT id FROM ${reminders}
      WHERE status = 'pending' AND NOT is_held AND scheduled_at <= ${now}
      ORDER BY scheduled_at DESC
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE ${reminders} AS r
    SET status = (CASE WHEN r.scheduled_at < ${missedBefore} THEN 'missed' ELSE 'sent' END)::tasks.reminder_status,
        sent_at = CASE WHEN r.scheduled_at < ${missedBefore} THEN NULL ELSE ${now}::timestamptz END,
        updated_at = ${now}, version = r.version + 1
    FROM due, ${tasks} AS t
    WHERE r.id = due.id AND t.id = r.task_id
    RETURNING r.id, r.user_id AS "userId", r.task_id AS "taskId", r.scheduled_at AS "scheduledAt", r.type,
              r.message, r.status, t.title, t.due_date AS "dueDate", t.due_day::text AS "dueDay"`);
  return result.rows;
}

/** When the next reminder is due, or null when none waits. */
export async function findNextDue(db: Db): Promise<Date | null> {
  const [row] = await db
    .select({ next: min(reminders.scheduledAt) })
    .from(reminders)
    .where(and(eq(reminders.status, 'pending'), eq(reminders.isHeld, false)));
  return row?.next ?? null;
}
