import { setTimeout as delay } from 'node:timers/promises';
import type { World } from './world.ts';

/** People with an address, a task each, and no password: nobody signs in as them. */
export async function givePeople({ sql }: World, count: number): Promise<void> {
  await sql.query(
    `INSERT INTO auth.users (id, email, name, email_verified_at)
     SELECT gen_random_uuid(), 'due-' || n || '@example.com', 'Person ' || n, now() FROM generate_series(1, $1::int) AS n`,
    [count],
  );
  await sql.query(
    `INSERT INTO tasks.tasks (id, user_id, title, created_at, updated_at)
     SELECT gen_random_uuid(), id, 'Practise chapter 7', now(), now() FROM auth.users WHERE email LIKE 'due-%'`,
  );
}

export interface DueReminders {
  count: number;
  type: 'in-app' | 'email';
  /** Seconds from now until the first is due. */
  inSeconds: number;
  /** Seconds over which they are spread evenly; 0 for all at one instant. */
  overSeconds: number;
}

/** Reminders that wait, the same number for each person of `givePeople`. */
export async function giveDue({ sql }: World, due: DueReminders): Promise<void> {
  const { count, type, inSeconds, overSeconds } = due;
  const made = await sql.query(
    `WITH mine AS (
       SELECT array_agg(id) AS ids, array_agg(user_id) AS people FROM tasks.tasks WHERE title = 'Practise chapter 7'
     ), made AS (
       INSERT INTO tasks.reminders (id, user_id, task_id, scheduled_at, type, created_at, updated_at)
       SELECT gen_random_uuid(), people[1 + n % cardinality(people)], ids[1 + n % cardinality(ids)],
         now() + $3 * interval '1 second' + n * ($4::float8 / $1) * interval '1 second', $2::tasks.reminder_type, now(), now()
       FROM mine, generate_series(0, $1::int - 1) AS n
       RETURNING scheduled_at
     )
     SELECT min(scheduled_at) AS first FROM made`,
    [count, type, inSeconds, overSeconds],
  );
  // As the planner says it itself with each reminder that it writes down.
  await sql.query("SELECT pg_notify('spacedly_reminders', $1)", [made.rows[0].first.toISOString()]);
  await sql.query('VACUUM ANALYZE tasks.reminders');
}

/** When each reminder was due, was handed over by the planner, and was there: in the inbox, or taken by the mail server. */
const ARRIVED = {
  'in-app': `SELECT r.scheduled_at, r.sent_at, i.created_at AS arrived
     FROM tasks.reminders AS r JOIN notifications.inbox_items AS i ON i.reminder_id = r.id
     WHERE r.type = 'in-app' AND r.status = 'sent'`,
  email: `SELECT r.scheduled_at, r.sent_at, d.sent_at AS arrived
     FROM tasks.reminders AS r JOIN notifications.deliveries AS d ON d.reminder_id = r.id
     WHERE r.type = 'email' AND r.status = 'sent' AND d.status = 'sent'`,
} as const;

/** The same, merely counted: cheap enough to be asked for while it is measured. */
const COUNTED = {
  'in-app': 'SELECT count(*)::int AS n FROM notifications.inbox_items',
  email: "SELECT count(*)::int AS n FROM notifications.deliveries WHERE status = 'sent'",
} as const;

/** Upper bounds of the histogram, seconds. */
export const BOUNDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300] as const;

export interface Lateness {
  arrived: number;
  /** Seconds from when they were due; medians, 99th percentiles, largest. */
  handedOver: { p50: number; p99: number; max: number };
  there: { p50: number; p99: number; max: number };
  /** How many were there no later than each of `BOUNDS`. */
  within: number[];
}

export async function lateness({ sql }: World, type: DueReminders['type']): Promise<Lateness> {
  const spread = (late: string) =>
    `percentile_cont(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (ORDER BY extract(epoch FROM ${late} - scheduled_at))`;
  const within = BOUNDS.map(
    (bound) => `count(*) FILTER (WHERE arrived <= scheduled_at + interval '${bound} s')::int`,
  );
  // The tables were empty a moment ago, and the planner would join them row by row.
  for (const table of ['tasks.reminders', 'notifications.inbox_items', 'notifications.deliveries'])
    await sql.query(`ANALYZE ${table}`);
  const { rows } = await sql.query(
    `SELECT count(*)::int AS arrived, ${spread('sent_at')} AS handed, ${spread('arrived')} AS there, ARRAY[${within}] AS within
     FROM (${ARRIVED[type]}) AS told`,
  );
  const [row] = rows;
  const named = ([p50, p99, max]: number[]) => ({ p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0 });
  return { arrived: row.arrived, handedOver: named(row.handed), there: named(row.there), within: row.within };
}

/** Waits until so many are there. @throws Error when nothing more arrives for a minute */
export async function untilArrived(
  { sql }: World,
  { type, count, inSeconds, overSeconds }: DueReminders,
): Promise<void> {
  let seen = 0;
  let patience = performance.now() + (inSeconds + overSeconds + 60) * 1_000;
  while (seen < count) {
    await delay(1_000);
    const { rows } = await sql.query(COUNTED[type]);
    const now = rows[0].n as number;
    if (now > seen) patience = Math.max(patience, performance.now() + 60_000);
    seen = now;
    if (performance.now() > patience) throw new Error(`only ${seen} of ${count} arrived`);
  }
}

/** Everything told so far is forgotten, so that the next run counts its own alone. */
export async function clearTold({ sql }: World): Promise<void> {
  await sql.query('TRUNCATE notifications.inbox_items, notifications.deliveries CASCADE');
  await sql.query('DELETE FROM tasks.reminders');
  for (const table of ['tasks.reminders', 'auth.users', 'tasks.tasks'])
    await sql.query(`VACUUM ANALYZE ${table}`);
}
