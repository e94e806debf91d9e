import type { Db } from '@spacedly/kit';
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { reviewNotices, reviews, tasks } from '../schema.ts';
import { noticeFor } from './rules-notice.ts';
import type { Moment } from './scheduler.ts';

export type NoticeRow = typeof reviewNotices.$inferSelect;

/** Sees to it that the person is told on the day a review becomes due; an earlier notice stays. */
export async function scheduleNotice(tx: Db, userId: string, dueAt: Date, moment: Moment): Promise<void> {
  const noticeAt = noticeFor(dueAt, moment);
  await tx
    .insert(reviewNotices)
    .values({ userId, noticeAt })
    .onConflictDoUpdate({
      target: reviewNotices.userId,
      set: { noticeAt: sql`least(${reviewNotices.noticeAt}, excluded.notice_at)` },
      // Most grades change nothing here, and what changes nothing needs no write.
      setWhere: sql`${reviewNotices.noticeAt} > excluded.notice_at`,
    });
}

/** People to tell now, the longest waiting first. */
export async function findDueNotices(db: Db, now: Date, limit: number): Promise<NoticeRow[]> {
  return db
    .select()
    .from(reviewNotices)
    .where(lte(reviewNotices.noticeAt, now))
    .orderBy(asc(reviewNotices.noticeAt))
    .limit(limit);
}

/** The notice, locked, if it is still to be given and no other worker is at it. */
export async function claimNotice(tx: Db, userId: string, now: Date): Promise<NoticeRow | null> {
  const [row] = await tx
    .select()
    .from(reviewNotices)
    .where(and(eq(reviewNotices.userId, userId), lte(reviewNotices.noticeAt, now)))
    .for('update', { skipLocked: true });
  return row ?? null;
}

/** How many reviews are due before an instant, and when the next one after it is. */
export async function countDueBefore(
  tx: Db,
  userId: string,
  before: Date,
): Promise<{ count: number; next: Date | null }> {
  const { rows } = await tx.execute<{ count: number; next: string | null }>(sql`
    SELECT count(*) FILTER (WHERE r.due_at < ${before})::int AS count,
           min(r.due_at) FILTER (WHERE r.due_at >= ${before}) AS next
    FROM ${reviews} AS r JOIN ${tasks} AS t ON t.id = r.task_id AND t.user_id = ${userId} AND t.deleted_at IS NULL
    WHERE r.user_id = ${userId} AND r.suspended_at IS NULL`);
  const [row] = rows;
  return { count: row?.count ?? 0, next: row?.next == null ? null : new Date(row.next) };
}

export async function moveNotice(
  tx: Db,
  userId: string,
  { noticeAt, lastDay }: Pick<NoticeRow, 'lastDay'> & { noticeAt: Date | null },
): Promise<void> {
  if (noticeAt === null) await tx.delete(reviewNotices).where(eq(reviewNotices.userId, userId));
  else await tx.update(reviewNotices).set({ noticeAt, lastDay }).where(eq(reviewNotices.userId, userId));
}
