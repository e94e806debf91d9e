import type { Db } from '@spacedly/kit';
import { eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import {
  countChanges,
  countedPeople,
  dayCounts,
  listChanges,
  reminderCounts,
  reminders,
  reviewLogs,
  taskCounts,
  tasks,
} from '../schema.ts';

/** People whose changes are added up in one transaction. */
const BATCH = 100;

/**
 * One at a time rewrites the sums of a person, until the transaction ends. Who changes tasks takes no part in it: rows
 * that a statement cannot see yet, and what they add to the sums, are both left for later.
 */
export async function lockSums(tx: Db, userIds: readonly string[]): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('counts:' || id, 0))
    FROM unnest(${sql.param(userIds)}::text[]) AS id`);
}

/**
 * Counts a person, whose sums are locked, from the rows themselves in the days of a zone, whatever the sums were before.
 * It reads all of the person's rows, so it is for those who were never counted, or have moved.
 */
export async function countAnew(tx: Db, userId: string, timeZone: string): Promise<void> {
  // However many they are: cut off, it would be begun anew by each question.
  await tx.execute(sql`SET LOCAL statement_timeout = '2min'`);
  for (const table of [taskCounts, reminderCounts, dayCounts])
    await tx.delete(table).where(eq(table.userId, userId));
  const zone = { timeZone, completedReminders: 0 };
  await tx
    .insert(countedPeople)
    .values({ userId, ...zone })
    .onConflictDoUpdate({ target: countedPeople.userId, set: zone });
  // One statement, so that rows and the changes noted for them are seen at the same moment.
  const dayOf = (column: 'completed_at' | 'reviewed_at') =>
    sql`(${sql.raw(column)} AT TIME ZONE ${timeZone}::text)::date`;
  await tx.execute(sql`
    WITH noted AS (DELETE FROM ${countChanges} WHERE user_id = ${userId}),
    by_kind AS (
      INSERT INTO ${taskCounts} (user_id, status, category, tasks)
      SELECT user_id, status, category, count(*) FROM ${tasks}
      WHERE user_id = ${userId} AND deleted_at IS NULL GROUP BY user_id, status, category),
    planned AS (
      INSERT INTO ${reminderCounts} (user_id, day, pending, open)
      SELECT user_id, (scheduled_at AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE status = 'pending'), count(*)
      FROM ${reminders}
      WHERE user_id = ${userId} AND status IN ('pending', 'sent', 'missed') GROUP BY 1, 2),
    done AS (
      INSERT INTO ${dayCounts} (user_id, day, completed, reviewed, recalls, remembered)
      SELECT ${userId}, day, sum(completed), sum(reviewed), sum(recalls), sum(remembered) FROM (
        SELECT ${dayOf('completed_at')} AS day, count(*) AS completed, 0 AS reviewed, 0 AS recalls, 0 AS remembered
        FROM ${tasks} WHERE user_id = ${userId} AND completed_at IS NOT NULL GROUP BY 1
        UNION ALL
        SELECT ${dayOf('completed_at')}, count(*), 0, 0, 0
        FROM ${reminders} WHERE user_id = ${userId} AND completed_at IS NOT NULL GROUP BY 1
        UNION ALL
        SELECT ${dayOf('reviewed_at')}, 0, count(*), count(*) FILTER (WHERE state_before = 'review'),
          count(*) FILTER (WHERE state_before = 'review' AND grade <> 'again')
        FROM ${reviewLogs} WHERE user_id = ${userId} GROUP BY 1) AS rows
      GROUP BY day)
    UPDATE ${countedPeople} SET completed_reminders = (
      SELECT count(*) FROM ${reminders}
      WHERE user_id = ${userId} AND completed_at IS NOT NULL AND status = 'completed')
    WHERE user_id = ${userId}`);
  // An answer that some process keeps is of what was counted before.
  await tx.insert(listChanges).values({ userId });
}

/** Moves what was noted into the sums. Of people who were never counted it is forgotten: their rows will tell. */
async function fold(tx: Db, userIds: readonly string[]): Promise<void> {
  const ids = sql`${sql.param(userIds)}::uuid[]`;
  await lockSums(tx, userIds);
  await tx.execute(sql`
    WITH gone AS (DELETE FROM ${countChanges} WHERE user_id = ANY(${ids}) RETURNING *),
    noted AS (SELECT gone.*, time_zone FROM gone JOIN ${countedPeople} USING (user_id)),
    by_kind AS (
      INSERT INTO ${taskCounts} AS counted (user_id, status, category, tasks)
      SELECT user_id, status, category, sum(tasks) FROM noted WHERE tasks <> 0 GROUP BY user_id, status, category
      ON CONFLICT (user_id, status, category) DO UPDATE SET tasks = counted.tasks + excluded.tasks),
    planned AS (
      INSERT INTO ${reminderCounts} AS counted (user_id, day, pending, open)
      SELECT user_id, day, sum(pending), sum(open) FROM noted WHERE day IS NOT NULL GROUP BY user_id, day
      ON CONFLICT (user_id, day) DO UPDATE
      SET pending = counted.pending + excluded.pending, open = counted.open + excluded.open),
    done AS (
      INSERT INTO ${dayCounts} AS counted (user_id, day, completed, reviewed, recalls, remembered)
      SELECT user_id, (at AT TIME ZONE time_zone)::date, sum(coalesce(completed, 0)), sum(coalesce(reviewed, 0)),
        sum(coalesce(recalls, 0)), sum(coalesce(remembered, 0))
      FROM noted WHERE at IS NOT NULL GROUP BY 1, 2
      ON CONFLICT (user_id, day) DO UPDATE SET completed = counted.completed + excluded.completed,
        reviewed = counted.reviewed + excluded.reviewed, recalls = counted.recalls + excluded.recalls,
        remembered = counted.remembered + excluded.remembered)
    UPDATE ${countedPeople} AS counted SET completed_reminders = counted.completed_reminders + more.sum
    FROM (SELECT user_id, sum(completed_reminders) AS sum FROM noted GROUP BY user_id) AS more
    WHERE counted.user_id = more.user_id AND more.sum <> 0`);
  await tx.execute(sql`DELETE FROM ${taskCounts} WHERE user_id = ANY(${ids}) AND tasks = 0`);
  await tx.execute(
    sql`DELETE FROM ${reminderCounts} WHERE user_id = ANY(${ids}) AND pending = 0 AND open = 0`,
  );
}

/** Adds up what was noted since the last time, some people at a time. */
export async function foldCounts(db: NodePgDatabase): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const userIds = await db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ user_id: string }>(
        sql`SELECT DISTINCT user_id FROM ${countChanges} WHERE user_id > ${last} ORDER BY user_id LIMIT ${BATCH}`,
      );
      const ids = rows.map(({ user_id }) => user_id);
      if (ids.length > 0) await fold(tx, ids);
      return ids;
    });
    last = userIds.at(-1) ?? last;
    if (userIds.length < BATCH) return;
  }
}
