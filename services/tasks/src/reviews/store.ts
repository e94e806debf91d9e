import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { and, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { isLive } from '../items/store.ts';
import { reviewLogs, reviewSettings, reviews, tasks } from '../schema.ts';
import type { ReviewChanges, ReviewRow, ReviewWithTask, SettingsRow } from './rules.ts';

export interface ReviewKey {
  userId: string;
  id: string;
}

const columns = {
  ...getTableColumns(reviews),
  title: tasks.title,
  category: tasks.category,
  labels: tasks.labels,
};
const isMine = ({ userId, id }: ReviewKey) => and(eq(reviews.id, id), eq(reviews.userId, userId));

const selectReviews = (db: Db) =>
  db
    .select(columns)
    .from(reviews)
    .innerJoin(tasks, and(eq(tasks.id, reviews.taskId), eq(tasks.userId, reviews.userId)));

export async function findReview(db: Db, key: ReviewKey): Promise<ReviewWithTask | null> {
  const [row] = await selectReviews(db).where(and(isMine(key), isLive));
  return row ?? null;
}

/** A review, locked until the transaction ends. */
export async function lockReview(tx: Db, key: ReviewKey): Promise<ReviewWithTask | null> {
  const locked = await tx.select({ id: reviews.id }).from(reviews).where(isMine(key)).for('update');
  return locked.length === 0 ? null : findReview(tx, key);
}

/** The review of a task that is not in the bin. */
export async function findReviewOfTask(
  db: Db,
  userId: string,
  taskId: string,
): Promise<ReviewWithTask | null> {
  const [row] = await selectReviews(db).where(and(eq(reviews.userId, userId), eq(reviews.taskId, taskId)));
  return row ?? null;
}

export async function findReviewsByIds(db: Db, userId: string, ids: string[]): Promise<ReviewWithTask[]> {
  if (ids.length === 0) return [];
  const rows = await selectReviews(db).where(and(eq(reviews.userId, userId), inArray(reviews.id, ids)));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Null when the task has a review already. */
export async function insertReview(tx: Db, values: typeof reviews.$inferInsert): Promise<ReviewRow | null> {
  const [row] = await tx.insert(reviews).values(values).onConflictDoNothing().returning();
  return row ?? null;
}

export async function updateReview(tx: Db, key: ReviewKey, changes: ReviewChanges): Promise<ReviewRow> {
  const [row] = await tx
    .update(reviews)
    .set({ ...changes, version: sql`${reviews.version} + 1` })
    .where(isMine(key))
    .returning();
  return row as ReviewRow;
}

export async function deleteReview(tx: Db, key: ReviewKey): Promise<void> {
  await tx.delete(reviews).where(isMine(key));
}

export interface ReviewsWhere {
  userId: string;
  taskId?: string | undefined;
  state?: ReviewRow['state'] | undefined;
}

/** One page of reviews, newest first. */
export async function listReviews(
  db: Db,
  { userId, taskId, state }: ReviewsWhere,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const [before, beforeId] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'uuid']);
  const rows = await selectReviews(db)
    .where(
      and(
        eq(reviews.userId, userId),
        isLive,
        taskId === undefined ? undefined : eq(reviews.taskId, taskId),
        state === undefined ? undefined : eq(reviews.state, state),
        before === undefined
          ? undefined
          : sql`(${reviews.createdAt}, ${reviews.id}) < (${before}::timestamptz, ${beforeId}::uuid)`,
      ),
    )
    .orderBy(desc(reviews.createdAt), desc(reviews.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
}

export async function insertLog(tx: Db, values: typeof reviewLogs.$inferInsert): Promise<void> {
  await tx.insert(reviewLogs).values(values);
}

/** The latest grade of a review. */
export async function findLastLog(tx: Db, reviewId: string) {
  const [row] = await tx
    .select()
    .from(reviewLogs)
    .where(eq(reviewLogs.reviewId, reviewId))
    .orderBy(desc(reviewLogs.reviewedAt), desc(reviewLogs.id))
    .limit(1);
  return row ?? null;
}

export async function deleteLog(tx: Db, id: string): Promise<void> {
  await tx.delete(reviewLogs).where(eq(reviewLogs.id, id));
}

/** One page of the grades of a review, latest first. */
export async function listLogs(
  db: Db,
  reviewId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const [before, beforeId] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'uuid']);
  const rows = await db
    .select()
    .from(reviewLogs)
    .where(
      and(
        eq(reviewLogs.reviewId, reviewId),
        before === undefined
          ? undefined
          : sql`(${reviewLogs.reviewedAt}, ${reviewLogs.id}) < (${before}::timestamptz, ${beforeId}::uuid)`,
      ),
    )
    .orderBy(desc(reviewLogs.reviewedAt), desc(reviewLogs.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.reviewedAt.toISOString(), row.id]);
}

export async function findSettings(db: Db, userId: string): Promise<SettingsRow | null> {
  const [row] = await db.select().from(reviewSettings).where(eq(reviewSettings.userId, userId));
  return row ?? null;
}

/** Null when `ifMatch` no longer fits. Version 0 is that of settings never written. */
export async function upsertSettings(
  tx: Db,
  values: Omit<SettingsRow, 'version'>,
  ifMatch: number | null,
): Promise<SettingsRow | null> {
  const { userId: _, ...changes } = values;
  const isFitting = ifMatch === null ? undefined : eq(reviewSettings.version, ifMatch);
  if (ifMatch !== null && ifMatch > 0) {
    const [row] = await tx
      .update(reviewSettings)
      .set({ ...changes, version: sql`${reviewSettings.version} + 1` })
      .where(and(eq(reviewSettings.userId, values.userId), isFitting))
      .returning();
    return row ?? null;
  }
  const [row] = await tx
    .insert(reviewSettings)
    .values(values)
    .onConflictDoUpdate({
      target: reviewSettings.userId,
      set: { ...changes, version: sql`${reviewSettings.version} + 1` },
      ...(isFitting && { setWhere: isFitting }),
    })
    .returning();
  return row ?? null;
}
