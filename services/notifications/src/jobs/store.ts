import type { JobState, JobView } from '@spacedly/contracts';
import { type Db, decodeCursor, toPage } from '@spacedly/kit';
import { type SQL, sql } from 'drizzle-orm';
import { deliveries } from '../schema.ts';

interface JobRow {
  [column: string]: unknown;
  id: string;
  name: string;
  state: Exclude<JobState, 'dead'>;
  type: string | null;
  subject_id: string | null;
  output: unknown;
  retry_count: number;
  created_on: Date | string;
  start_after: Date | string;
  completed_on: Date | string | null;
}

const DEAD = '.dead';
const isDead = sql`j.name LIKE ${`%${DEAD}`}`;
const iso = (value: Date | string) => new Date(value).toISOString();
/** An event has its name in it, a delivery its channel in its own row. Never more: the rest may be secret. */
const typeOf = sql`coalesce(j.data->>'name', d.channel::text)`;

function reasonOf(output: unknown): string | null {
  const { message } = (output ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : null;
}

function present(row: JobRow): JobView {
  const dead = row.name.endsWith(DEAD);
  return {
    id: row.id,
    queue: dead ? row.name.slice(0, -DEAD.length) : row.name,
    state: dead ? 'dead' : row.state,
    type: row.type,
    subjectId: row.subject_id,
    reason: reasonOf(row.output),
    tries: row.retry_count,
    createdAt: iso(row.created_on),
    startAfter: iso(row.start_after),
    finishedAt: row.completed_on === null ? null : iso(row.completed_on),
  };
}

const isUuid = sql.raw(`'^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'`);
const subject = sql`coalesce(j.data->>'deliveryId', j.data->>'id')`;
const FROM = sql`
  FROM jobs.job j
  LEFT JOIN ${deliveries} d ON d.id = CASE WHEN j.data->>'deliveryId' ~ ${isUuid}
    THEN (j.data->>'deliveryId')::uuid END`;

/** Waiting in a dead letter queue; what was taken from there is over. */
const isWaiting = sql`(${isDead} AND j.state IN ('created', 'retry'))`;

function stateIs(state: JobState | undefined): SQL {
  if (state === 'dead') return isWaiting;
  // What went to the dead letters failed on its own queue as well: shown once.
  if (state === undefined) return sql`(${isWaiting} OR NOT ${isDead})`;
  return sql`(NOT ${isDead} AND j.state = ${state})`;
}

/** One page of jobs, latest first. */
export async function listJobs(
  db: Db,
  {
    state,
    queue,
    limit,
    cursor,
  }: {
    state?: JobState | undefined;
    queue?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  },
) {
  const [before, beforeId] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'uuid']);
  const { rows } = await db.execute<JobRow>(sql`
    SELECT j.id, j.name, j.state::text, ${typeOf} AS type,
      CASE WHEN ${subject} ~ ${isUuid} THEN ${subject} END AS subject_id,
      coalesce(j.source_output, j.output) AS output,
      coalesce(j.source_retry_count, j.retry_count) AS retry_count,
      date_trunc('milliseconds', j.created_on) AS created_on, j.start_after, j.completed_on
    ${FROM}
    WHERE ${stateIs(state)}
      AND ${queue === undefined ? sql`true` : sql`j.name IN (${queue}, ${queue + DEAD})`}
      AND ${before === undefined ? sql`true` : sql`(date_trunc('milliseconds', j.created_on), j.id) < (${before}::timestamptz, ${beforeId}::uuid)`}
    ORDER BY date_trunc('milliseconds', j.created_on) DESC, j.id DESC
    LIMIT ${limit + 1}`);
  return toPage(rows.map(present), limit, ({ createdAt, id }) => [createdAt, id]);
}

export interface DeadLetter {
  [column: string]: unknown;
  id: string;
  /** The dead letter queue it lies in. */
  name: string;
}

/** Dead letters that wait, oldest first. */
export async function findDeadLetters(
  db: Db,
  {
    id,
    queue,
    type,
    limit,
  }: { id?: string; queue?: string | undefined; type?: string | undefined; limit: number },
): Promise<DeadLetter[]> {
  const { rows } = await db.execute<DeadLetter>(sql`
    SELECT j.id, j.name ${FROM}
    WHERE ${isWaiting}
      AND ${id === undefined ? sql`true` : sql`j.id = ${id}`}
      AND ${queue === undefined ? sql`true` : sql`j.name = ${queue + DEAD}`}
      AND ${type === undefined ? sql`true` : sql`${typeOf} = ${type}`}
    ORDER BY j.created_on LIMIT ${limit}`);
  return rows;
}
