import { type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { countChanges, countedPeople, dayCounts } from '../schema.ts';

const given = (name: string) => sql.placeholder(name);

/** Every statement about sums begins so: what is not added to them yet is read along with them. */
export const withChanges = sql`WITH changes AS (
  SELECT * FROM ${countChanges} WHERE user_id = counted_people.user_id)`;

/** What was done on the days of the person from `from` to `to`, one row for each day on which something was. */
export const daysDone = sql`
  SELECT day, sum(completed) AS completed, sum(reviewed) AS reviewed, sum(recalls) AS recalls,
    sum(remembered) AS remembered
  FROM (
    SELECT day, completed, reviewed, recalls, remembered FROM ${dayCounts}
    WHERE user_id = counted_people.user_id
    UNION ALL
    SELECT (at AT TIME ZONE counted_people.time_zone)::date, coalesce(completed, 0), coalesce(reviewed, 0),
      coalesce(recalls, 0), coalesce(remembered, 0)
    FROM changes WHERE at IS NOT NULL
  ) AS done
  WHERE day BETWEEN ${given('from')}::date AND ${given('to')}::date
  GROUP BY day`;

export interface Answer<T> {
  /** In which days are counted; another than the person's when they moved since. */
  timeZone: string;
  value: T;
}

/**
 * A statement about one person's sums, prepared by name.
 * @returns the answer, or undefined for a person who was never counted
 */
export function askSums<T, Values extends Record<string, string>>(
  db: Pick<NodePgDatabase, 'select'>,
  name: string,
  value: SQL<T>,
): (userId: string, values: Values) => Promise<Answer<T> | undefined> {
  const statement = db
    .select({ timeZone: countedPeople.timeZone, value })
    .from(countedPeople)
    .where(sql`counted_people.user_id = ${given('userId')}`)
    .prepare(name);
  return async (userId, values) => (await statement.execute({ ...values, userId }))[0];
}

export interface Window extends Record<string, string> {
  /** `YYYY-MM-DD` or `-infinity`. */
  from: string;
  /** `YYYY-MM-DD`, included. */
  to: string;
}

/** The days of a window with something done, ascending: one index range, a row for each day. */
export const activeDays = sql<string[]>`(${withChanges}
  SELECT coalesce(json_agg(day ORDER BY day), '[]') FROM (${daysDone}) AS days WHERE completed + reviewed > 0)`;

/** How much was done on each of them. */
export const countsByDay = sql<{ date: string; count: number }[]>`(${withChanges}
  SELECT coalesce(json_agg(json_build_object('date', day, 'count', completed + reviewed) ORDER BY day), '[]')
  FROM (${daysDone}) AS days WHERE completed + reviewed > 0)`;
