import type { Db } from '@spacedly/kit';
import { and, eq, sql } from 'drizzle-orm';
import { isLive } from '../items/store.ts';
import { reviewLogs, reviews, tasks } from '../schema.ts';
import type { ReviewRow } from './rules.ts';
import type { Capacity } from './rules-load.ts';

// The owner stands on both sides of each join: so that the tasks are found by their owner too, not all tasks read.

interface DayWindow {
  userId: string;
  now: Date;
  /** First instant of today and of tomorrow where the person lives. */
  dayStart: Date;
  dayEnd: Date;
}

/** New items and reviews graded today: what counts against the daily limits. */
export async function countDone(db: Db, { userId, dayStart }: DayWindow): Promise<Capacity> {
  const { rows } = await db.execute<{ new: number; reviews: number }>(sql`
    SELECT count(*) FILTER (WHERE state_before = 'new')::int AS new,
           count(*) FILTER (WHERE state_before = 'review')::int AS reviews
    FROM ${reviewLogs} WHERE user_id = ${userId} AND reviewed_at >= ${dayStart}`);
  return rows[0] as Capacity;
}

export interface DueQueue {
  ids: string[];
  new: number;
  reviews: number;
  postponed: number;
}

/**
 * The queue of today within what still fits. The order by elapsed time over stability is the order by falling recall:
 * the forgetting curve depends on that quotient alone.
 */
export async function findDueQueue(
  db: Db,
  { userId, now, dayEnd }: DayWindow,
  capacity: Capacity,
  limit: number,
): Promise<DueQueue> {
  const { rows } = await db.execute<{ ids: string[]; new: number; reviews: number; postponed: number }>(sql`
    WITH due AS (
      SELECT r.id, r.state, r.due_at,
        CASE WHEN r.state IN ('learning', 'relearning') THEN 1 WHEN r.exam_at < ${dayEnd} THEN 2
             WHEN r.state = 'review' THEN 3 ELSE 4 END AS class,
        CASE WHEN r.state IN ('learning', 'relearning') THEN extract(epoch FROM r.due_at)
             WHEN r.state = 'new' THEN extract(epoch FROM r.created_at)
             ELSE extract(epoch FROM ${now}::timestamptz - r.last_reviewed_at) / r.stability_days END AS key
      FROM ${reviews} AS r JOIN ${tasks} AS t ON t.id = r.task_id AND t.user_id = ${userId} AND t.deleted_at IS NULL
      WHERE r.user_id = ${userId} AND r.suspended_at IS NULL AND r.due_at < ${dayEnd}
        AND (r.state IN ('new', 'review') OR r.due_at <= ${now})
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY class ORDER BY key, id) AS place FROM due
    ), fitting AS (
      SELECT *, class < 3 OR place <= CASE class WHEN 3 THEN ${capacity.reviews}::int ELSE ${capacity.new}::int END AS fits
      FROM ranked
    ), page AS (
      SELECT id, class, place FROM fitting WHERE fits ORDER BY class, place LIMIT ${limit}
    )
    SELECT (SELECT coalesce(array_agg(id ORDER BY class, place), '{}') FROM page) AS ids,
      count(*) FILTER (WHERE fits AND state = 'new')::int AS new,
      count(*) FILTER (WHERE fits AND state <> 'new')::int AS reviews,
      count(*) FILTER (WHERE NOT fits)::int AS postponed
    FROM fitting`);
  return rows[0] as DueQueue;
}

export type ForecastRow = Pick<ReviewRow, 'state' | 'stabilityDays' | 'lastReviewedAt' | 'dueAt' | 'examAt'>;

/** All reviews that come up before an instant, oldest first. */
export async function findComing(db: Db, userId: string, before: Date): Promise<ForecastRow[]> {
  return db
    .select({
      state: reviews.state,
      stabilityDays: reviews.stabilityDays,
      lastReviewedAt: reviews.lastReviewedAt,
      dueAt: reviews.dueAt,
      examAt: reviews.examAt,
    })
    .from(reviews)
    .innerJoin(tasks, and(eq(tasks.id, reviews.taskId), eq(tasks.userId, userId), isLive))
    .where(
      sql`${reviews.userId} = ${userId} AND ${reviews.suspendedAt} IS NULL AND ${reviews.dueAt} < ${before}`,
    )
    .orderBy(reviews.dueAt, reviews.id);
}

/** As many of the latest reviews as say how fast the person is now. */
const RECENT = 200;

/** Median time of the person's latest reviews in milliseconds, or null when none was timed. */
export async function findMedianDuration(db: Db, userId: string): Promise<number | null> {
  const { rows } = await db.execute<{ median: number | null }>(sql`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS median
    FROM (SELECT duration_ms FROM ${reviewLogs} WHERE user_id = ${userId}
          ORDER BY reviewed_at DESC LIMIT ${RECENT}) AS recent`);
  return rows[0]?.median ?? null;
}
