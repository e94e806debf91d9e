import { type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { countChanges, countedPeople, dayCounts, listChanges } from '../schema.ts';

/**
 * The values of a question, as a row beside the person's. The planner cannot look through OFFSET 0, so a plan for
 * certain values is never better than one for any, and PostgreSQL makes one for each connection and keeps it. Before
 * this it planned each question anew, which took four fifths of it.
 * @param columns name in SQL, with the expression that makes it of placeholders
 */
export function asked(columns: Readonly<Record<string, SQL>>): SQL {
  const list = Object.entries(columns).map(([name, value]) => sql`${value} AS ${sql.identifier(name)}`);
  return sql`(SELECT ${sql.join(list, sql`, `)} OFFSET 0) AS asked`;
}

/** What stands for a value that is given with each question. */
export const given = (name: string, type: 'date' | 'timestamptz'): SQL =>
  sql`${sql.placeholder(name)}::${sql.raw(type)}`;

export interface Window extends Record<string, string> {
  /** `YYYY-MM-DD` or `-infinity`. */
  from: string;
  /** `YYYY-MM-DD` or `infinity`, included. */
  to: string;
}

/** Both ends: of a range that is open the planner believes that a third of all days are in it. */
export const askedWindow = { from_day: given('from', 'date'), to_day: given('to', 'date') };

export interface Question<T> {
  /** The name of the prepared statement. */
  name: string;
  /** Made by {@link asked}. */
  asked: SQL;
  value: SQL<T>;
}

export interface Answer<T> {
  /** In which days are counted; another than the person's when they moved since. */
  timeZone: string;
  /** Of what the value was made of: another one after every change. */
  version: string;
  value: T;
}

/**
 * The sum that moves with every statement that changes a task, a reminder or a review, and when the person is counted
 * anew (`items/store-stamp.ts`). Read in one statement with a value, it tells what the value was made of.
 */
const version = sql<string>`(SELECT coalesce(sum(changes), 0)::text FROM ${listChanges}
  WHERE user_id = counted_people.user_id)`;

const isOfPerson = sql`counted_people.user_id = ${sql.placeholder('userId')}`;

/**
 * A statement about one person's sums, prepared by name.
 * @returns the answer, or undefined for a person who was never counted
 */
export function askSums<T, Values extends Record<string, string>>(
  db: Pick<NodePgDatabase, 'select'>,
  { name, asked, value }: Question<T>,
): (userId: string, values: Values) => Promise<Answer<T> | undefined> {
  const statement = db
    .select({ timeZone: countedPeople.timeZone, version, value })
    .from(countedPeople)
    .innerJoin(asked, sql`true`)
    .where(isOfPerson)
    .prepare(name);
  return async (userId, values) => (await statement.execute({ ...values, userId }))[0];
}

/** Reads the version alone: two short index reads, whatever would be asked. */
export function createFindVersion(
  db: Pick<NodePgDatabase, 'select'>,
): (person: { userId: string; timeZone: string }) => Promise<string | undefined> {
  const statement = db
    .select({ timeZone: countedPeople.timeZone, version })
    .from(countedPeople)
    .where(isOfPerson)
    .prepare('sums_version');
  return async ({ userId, timeZone }) => {
    const [row] = await statement.execute({ userId });
    return row?.timeZone === timeZone ? row.version : undefined;
  };
}

/** What was done on the days of the window, one row for each day; what is not added to the sums yet included. */
const daysDone = sql`
  SELECT day, sum(done) AS done FROM (
    SELECT day, completed + reviewed AS done FROM ${dayCounts}
    WHERE user_id = counted_people.user_id AND day BETWEEN asked.from_day AND asked.to_day
    UNION ALL
    SELECT (at AT TIME ZONE counted_people.time_zone)::date, coalesce(completed, 0) + coalesce(reviewed, 0)
    FROM ${countChanges}
    WHERE user_id = counted_people.user_id
      AND (at AT TIME ZONE counted_people.time_zone)::date BETWEEN asked.from_day AND asked.to_day
  ) AS done GROUP BY day HAVING sum(done) > 0`;

/** The days of a window with something done, ascending: one index range, a row for each day. */
export const activeDays: Question<string[]> = {
  name: 'sums_active_days',
  asked: asked(askedWindow),
  value: sql`(SELECT coalesce(json_agg(day ORDER BY day), '[]') FROM (${daysDone}) AS days)`,
};

/** How much was done on each of them. */
export const countsByDay: Question<{ date: string; count: number }[]> = {
  name: 'sums_by_day',
  asked: asked(askedWindow),
  value: sql`(SELECT coalesce(json_agg(json_build_object('date', day, 'count', done) ORDER BY day), '[]')
    FROM (${daysDone}) AS days)`,
};
