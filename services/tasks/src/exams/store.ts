import type { Db } from '@spacedly/kit';
import { and, asc, count, eq, getTableColumns, gte, isNull, sql } from 'drizzle-orm';
import { isLive } from '../items/store.ts';
import type { ReviewWithTask } from '../reviews/rules.ts';
import { exams, reviews, tasks } from '../schema.ts';
import type { ExamRow } from './rules.ts';

export interface ExamKey {
  userId: string;
  id: string;
}

const isMine = ({ userId, id }: ExamKey) => and(eq(exams.id, id), eq(exams.userId, userId));

export async function findExam(db: Db, key: ExamKey): Promise<ExamRow | null> {
  const [row] = await db.select().from(exams).where(isMine(key));
  return row ?? null;
}

export async function lockExam(tx: Db, key: ExamKey): Promise<ExamRow | null> {
  const [row] = await tx.select().from(exams).where(isMine(key)).for('update');
  return row ?? null;
}

export async function lockExamByName(tx: Db, userId: string, name: string): Promise<ExamRow | null> {
  const [row] = await tx
    .select()
    .from(exams)
    .where(and(eq(exams.userId, userId), eq(exams.name, name)))
    .for('update');
  return row ?? null;
}

export async function countExams(tx: Db, userId: string): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(exams).where(eq(exams.userId, userId));
  return row?.count ?? 0;
}

/** Null when an exam of that name was made in the meantime. */
export async function insertExam(tx: Db, values: typeof exams.$inferInsert): Promise<ExamRow | null> {
  const [row] = await tx.insert(exams).values(values).onConflictDoNothing().returning();
  return row ?? null;
}

export async function updateExam(
  tx: Db,
  key: ExamKey,
  changes: Partial<typeof exams.$inferInsert>,
): Promise<ExamRow> {
  const [row] = await tx
    .update(exams)
    .set({ ...changes, version: sql`${exams.version} + 1` })
    .where(isMine(key))
    .returning();
  return row as ExamRow;
}

export async function deleteExam(tx: Db, key: ExamKey): Promise<void> {
  await tx.delete(exams).where(isMine(key));
}

export async function listExams(db: Db, userId: string): Promise<ExamRow[]> {
  return db.select().from(exams).where(eq(exams.userId, userId)).orderBy(asc(exams.day), asc(exams.name));
}

/** The exams still to come, today's included. */
export async function findComingExams(db: Db, userId: string, today: string): Promise<ExamRow[]> {
  return db
    .select()
    .from(exams)
    .where(and(eq(exams.userId, userId), gte(exams.day, today)));
}

/** All reviews that may belong to an exam: what is neither suspended nor in the bin. */
export async function findActiveReviews(db: Db, userId: string): Promise<ReviewWithTask[]> {
  return db
    .select({
      ...getTableColumns(reviews),
      title: tasks.title,
      category: tasks.category,
      labels: tasks.labels,
    })
    .from(reviews)
    .innerJoin(tasks, and(eq(tasks.id, reviews.taskId), eq(tasks.userId, userId)))
    .where(and(eq(reviews.userId, userId), isNull(reviews.suspendedAt), isLive));
}

export interface NewDates {
  id: string;
  version: number;
  examAt: Date | null;
}

/**
 * Gives many reviews their exam dates in one statement. A review that changed since it was read is left alone: its
 * own change worked out its date. @returns the earliest date any of them is due now
 */
export async function setExamDates(tx: Db, userId: string, dates: readonly NewDates[]): Promise<Date | null> {
  const rows = JSON.stringify(dates);
  const result = await tx.execute<{ due_at: string | null }>(sql`
    WITH changed AS (
      UPDATE ${reviews} AS r
      SET exam_at = d."examAt", due_at = least(r.scheduled_at, d."examAt"), version = r.version + 1
      FROM json_to_recordset(${rows}::json) AS d(id uuid, version int, "examAt" timestamptz)
      WHERE r.id = d.id AND r.user_id = ${userId} AND r.version = d.version
        AND r.exam_at IS DISTINCT FROM d."examAt"
      RETURNING r.due_at
    )
    SELECT min(due_at) AS due_at FROM changed`);
  const dueAt = result.rows[0]?.due_at ?? null;
  return dueAt === null ? null : new Date(dueAt);
}
