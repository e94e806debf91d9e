import { authService } from '@spacedly/auth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene, type Scene } from './fixtures/person.ts';
import { tasksService } from './index.ts';
import { makeFilters } from './search/jobs.ts';

/**
 * A person of many years among many others. What they ask for all day must find its rows by an index: a plan that reads
 * a whole table gets slower with every other person.
 */
let scene: Scene;

/** The clock of the database is behind the one of this test. */
const SETTLED_MS = -20 * 365 * 86_400_000;

const SUMS = ['day_counts', 'reminder_counts', 'task_counts', 'count_changes'];
const BIG = ['tasks', 'reminders', 'reviews', 'review_logs', ...SUMS];
const NOW = '2027-03-03T10:00:00.000Z';

/** The first rows are those of the heavy person, the rest of 500 others. */
async function fill(userId: string): Promise<void> {
  const client = await scene.t.platform.database.pool.connect();
  // Only the speed of the test depends on these: foreign keys are not checked row by row, and no statement is cut off.
  await client.query(`SET session_replication_role = replica; SET statement_timeout = 0`);
  const owner = (count: number) =>
    `CASE WHEN n <= ${count} THEN '${userId}'::uuid ELSE md5((n % 500)::text)::uuid END`;
  await client.query(`
    INSERT INTO tasks.tasks (id, user_id, title, status, category, due_date, due_day, completed_at, created_at, updated_at)
    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${owner(10_000)}, 'Task ' || n,
      (CASE n % 3 WHEN 0 THEN 'completed' ELSE 'todo' END)::tasks.task_status,
      CASE n % 5 WHEN 0 THEN NULL ELSE 'Category ' || n % 5 END,
      CASE WHEN n % 2 = 0 THEN '${NOW}'::timestamptz + (n % 2000 - 1000) * interval '1 day' END,
      CASE WHEN n % 4 = 1 THEN '2027-03-03'::date + (n % 2000 - 1000) END,
      CASE n % 3 WHEN 0 THEN '${NOW}'::timestamptz - (n % 1000) * interval '1 day' END,
      '${NOW}'::timestamptz - n * interval '1 minute', '${NOW}'
    FROM generate_series(1, 120000) AS n`);
  await client.query(`
    INSERT INTO tasks.reminders (id, user_id, task_id, scheduled_at, type, status, completed_at, created_at, updated_at)
    SELECT ('00000000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, ${owner(100_000)}, ('00000000-0000-7000-8000-' || lpad(to_hex(CASE WHEN n <= 100000 THEN n % 10000 + 1 ELSE 10001 + (n - 100001) % 110000 END), 12, '0'))::uuid,
      '${NOW}'::timestamptz + (n % 2000 - 1000) * interval '1 day', 'email',
      (CASE n % 3 WHEN 0 THEN 'completed' ELSE 'pending' END)::tasks.reminder_status,
      CASE n % 3 WHEN 0 THEN '${NOW}'::timestamptz - (n % 1000) * interval '1 day' END, '${NOW}', '${NOW}'
    FROM generate_series(1, 500000) AS n`);
  await client.query(`
    INSERT INTO tasks.reviews (id, user_id, task_id, desired_retention, prompts, state, stability_days, difficulty, reps,
      last_reviewed_at, scheduled_at, due_at, created_at, updated_at)
    SELECT ('00000000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, ${owner(10_000)}, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 0.9, '[]', 'review', 10 + n % 90, 5, 10,
      '${NOW}'::timestamptz - (n % 60) * interval '1 day', d.due, d.due, '${NOW}'::timestamptz - n * interval '1 minute',
      '${NOW}'
    FROM generate_series(1, 120000) AS n,
      LATERAL (SELECT '${NOW}'::timestamptz + (n % 400 - 20) * interval '1 day' AS due) AS d`);
  await client.query(`
    INSERT INTO tasks.review_logs (id, user_id, review_id, grade, reviewed_at, duration_ms, algorithm, desired_retention,
      state_before, before, after)
    SELECT ('00000000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid, ${owner(200_000)}, ('00000000-0000-7000-8002-' || lpad(to_hex(n % 10000 + 1), 12, '0'))::uuid,
      (CASE n % 10 WHEN 0 THEN 'again' ELSE 'good' END)::tasks.review_grade,
      '${NOW}'::timestamptz - (n % 2000) * interval '1 day' - (n % 600) * interval '1 minute', n % 20000, 'test', 0.9,
      'review', '{}', '{}'
    FROM generate_series(1, 300000) AS n`);
  // The sums of the others; the heavy person's are not there yet.
  const other = (count: number) =>
    `SELECT md5((n % 500)::text)::uuid AS user_id, n / 500 AS k FROM generate_series(1, ${count}) AS n`;
  await client.query(`
    INSERT INTO tasks.day_counts (user_id, day, completed, reviewed, recalls, remembered)
    SELECT user_id, '2020-01-01'::date + k, 1, 1, 1, 1 FROM (${other(200_000)}) AS n`);
  await client.query(`
    INSERT INTO tasks.reminder_counts (user_id, day, pending, open)
    SELECT user_id, '2020-01-01'::date + k, 1, 1 FROM (${other(200_000)}) AS n`);
  await client.query(`
    INSERT INTO tasks.task_counts (user_id, status, category, tasks)
    SELECT user_id, 'todo', 'Category ' || k, 1 FROM (${other(50_000)}) AS n`);
  await client.query(`
    INSERT INTO tasks.count_changes (user_id, status, tasks)
    SELECT user_id, 'todo', 1 FROM (${other(50_000)}) AS n`);
  for (const table of BIG) await client.query(`VACUUM ANALYZE tasks.${table}`);
  client.release(true);
}

beforeAll(async () => {
  // Numbers that are kept would be answered without the statements that are looked at here.
  const config = { NUMBERS_KEPT_MB: 0 };
  scene = await openScene([authService, tasksService], Date.parse(NOW), { config });
  await fill(scene.person.user.id);
  // The first question counts the rows of the person; it is the ones after it that are asked all day.
  expect((await get('/v1/analytics')).statusCode).toBe(200);
}, 120_000);
afterAll(() => scene.t.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

function wholeTables(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(wholeTables);
  const table = plan['Relation Name'];
  const isWhole = plan['Node Type'] === 'Seq Scan' && table !== undefined && BIG.includes(table);
  return isWhole ? [table, ...below] : below;
}

/** Rows of tasks that were looked at. */
function tasksRead(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, child) => sum + tasksRead(child), 0);
  if (plan['Relation Name'] !== 'tasks') return below;
  const each = (plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0);
  return below + each * (plan['Actual Loops'] ?? 0);
}

/** The statements a request makes, with their plans. */
async function explain(request: () => Promise<{ statusCode: number; body: string }>, how = '') {
  const { pool } = scene.t.platform.database;
  const statements: { text: string; values: unknown[] }[] = [];
  const original = pool.query.bind(pool);
  pool.query = ((query: { text?: string } | string, values?: unknown[], ...rest: unknown[]) => {
    const text = typeof query === 'string' ? query : (query.text ?? '');
    if (text.includes('"tasks".')) statements.push({ text, values: values ?? [] });
    return (original as (...args: unknown[]) => unknown)(query, values, ...rest);
  }) as typeof pool.query;
  const answer = await request();
  pool.query = original;
  const plans = [];
  for (const { text, values } of statements) {
    const { rows } = await pool.query(`EXPLAIN (${how} FORMAT JSON) ${text}`, values);
    const plan: Plan = rows[0]['QUERY PLAN'][0].Plan;
    plans.push({ text, whole: wholeTables(plan), tasksRead: tasksRead(plan) });
  }
  return { answer, plans };
}

const get = (url: string) => scene.ask('GET', url);

test.each([
  ['/v1/tasks/today', 3],
  ['/v1/reviews', 1],
  ['/v1/reviews/due', 3],
  ['/v1/reviews/forecast', 3],
  ['/v1/analytics', 1],
  ['/v1/analytics/streaks', 1],
  ['/v1/analytics/heatmap?year=2026', 1],
  ['/v1/calendar?from=2027-03-01&to=2027-03-31', 1],
])('%s reads no whole table', async (url, atLeast) => {
  const { answer, plans } = await explain(() => get(url));
  expect(answer.statusCode).toBe(200);
  expect(plans.length).toBeGreaterThanOrEqual(atLeast);
  for (const { text, whole } of plans) expect({ text, whole }).toEqual({ text, whole: [] });
});

test('neither does a history, nor a feed', async () => {
  const [review] = (await get('/v1/reviews?limit=1')).json().items;
  const { url } = (await scene.ask('POST', '/v1/calendar/feed')).json();
  for (const path of [
    `/v1/reviews/${review.id}`,
    `/v1/reviews/${review.id}/history`,
    new URL(url).pathname,
  ]) {
    const { answer, plans } = await explain(() => get(path));
    expect(answer.statusCode).toBe(200);
    expect(plans.length).toBeGreaterThan(0);
    for (const { text, whole } of plans) expect({ text, whole }).toEqual({ text, whole: [] });
  }
});

test('words that few or none say, and words that all say, cost a search no more than some of the tasks', async () => {
  await makeFilters(scene.t.platform.database.db, { userId: scene.person.user.id }, SETTLED_MS);
  await scene.t.platform.database.pool.query('VACUUM ANALYZE tasks.search_blocks');
  for (const [query, items] of [
    ['q=task%209876', 1],
    ['q=9876&sort=due', 1],
    ['q=nobody%20says%20this', 0],
    ['q=z', 0],
    ['q=task', 50],
    ['q=task&sort=due', 50],
    ['q=77&order=asc', 50],
  ] as const) {
    const { answer, plans } = await explain(() => get(`/v1/tasks?${query}`), 'ANALYZE,');
    expect(JSON.parse(answer.body).items, query).toHaveLength(items);
    const read = plans.reduce((sum, plan) => sum + plan.tasksRead, 0);
    expect({ query, isFew: read < 2_000, read }).toMatchObject({ query, isFew: true });
  }
});

test('the numbers are right all the same', async () => {
  const analytics = (await get('/v1/analytics')).json();
  expect(analytics).toMatchObject({ totalTasks: 10_000, completedTasks: 3_333, completedReminders: 33_333 });
  expect(analytics.dailyData.at(-1)).toMatchObject({ date: '2027-03-03' });
  expect((await get('/v1/analytics/streaks')).json()).toMatchObject({ active: 2_000, longest: 2_000 });
  const due = (await get('/v1/reviews/due')).json();
  expect(due.items).toHaveLength(50);
  // 200 a day, of which 100 are done today.
  expect(due.counts).toMatchObject({ reviews: 100 });
});
