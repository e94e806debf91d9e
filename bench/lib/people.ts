import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { World } from './world.ts';

export interface Person {
  userId: string;
  email: string;
  password: string;
}

/** Requests that wait for their answers together. */
const AT_ONCE = 16;
const PASSWORD = 'a quiet harbour at dawn';

async function post(url: string, body: unknown) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function codeFor(url: string, email: string): Promise<string> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const answer = await fetch(`${url}/dev/mailbox/messages?to=${encodeURIComponent(email)}`);
    const body = (await answer.json()) as { items?: { text: string }[] };
    const code = /\b\d{6}\b/.exec(body.items?.[0]?.text ?? '')?.[0];
    if (code !== undefined) return code;
    await delay(20);
  }
  throw new Error(`no code for ${email}`);
}

/** Signs a new person up, as people do. @param url of a running Spacedly */
export async function newPerson(url: string): Promise<Person> {
  const email = `bench-${randomBytes(6).toString('hex')}@example.com`;
  await post(`${url}/v1/auth/signup`, { email, password: PASSWORD, name: 'Bench Person' });
  const code = await codeFor(url, email);
  const { user } = await post(`${url}/v1/auth/signup/verify`, { email, code });
  return { userId: user.id, email, password: PASSWORD };
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** Opens a session. */
export async function openSession(url: string, { email, password }: Person): Promise<Tokens> {
  const { tokens } = await post(`${url}/v1/auth/login`, { identifier: email, password });
  return tokens;
}

/** An access token; it lives for minutes, so each part takes a new one. */
export async function signIn(url: string, person: Person): Promise<string> {
  return (await openSession(url, person)).accessToken;
}

/** Exchanges a refresh token for the next. */
export async function refreshed(url: string, refreshToken: string): Promise<string> {
  return (await post(`${url}/v1/auth/refresh`, { refreshToken })).refreshToken;
}

export interface Twin {
  userId: string;
  email: string;
  /** Good for one access token. */
  refreshToken: string;
}

/** People with the password of another one and a session each, made by SQL alone. */
export async function giveTwins({ sql }: World, { userId }: Person, count: number): Promise<Twin[]> {
  const { rows } = await sql.query(
    `WITH twins AS (
       INSERT INTO auth.users (id, email, name, email_verified_at, password_hash)
       SELECT gen_random_uuid(), 'twin-' || n || '@example.com', 'Twin ' || n, now(), password_hash
       FROM auth.users, generate_series(1, $2::int) AS n WHERE id = $1
       RETURNING id, email
     ), opened AS (
       INSERT INTO auth.sessions (id, user_id, user_agent, ip, is_remembered, amr, created_at, last_seen_at, ends_at)
       SELECT gen_random_uuid(), id, 'bench', '127.0.0.1', false, '{pwd}', now(), now(), now() + interval '30 days' FROM twins
       RETURNING id, user_id
     ), tokens AS (
       INSERT INTO auth.refresh_tokens (token_hash, session_id, created_at, expires_at)
       SELECT encode(sha256(id::text::bytea), 'hex'), id, now(), now() + interval '1 day' FROM opened
     )
     SELECT twins.id AS "userId", email, opened.id AS "refreshToken" FROM twins JOIN opened ON user_id = twins.id`,
    [userId, count],
  );
  await sql.query('VACUUM ANALYZE auth.users, auth.sessions, auth.refresh_tokens');
  return rows;
}

/** Access tokens of such people, without their passwords: those cost milliseconds each. */
export async function tokensOf(url: string, twins: readonly Twin[]): Promise<string[]> {
  const tokens: string[] = [];
  for (let from = 0; from < twins.length; from += AT_ONCE) {
    const some = twins.slice(from, from + AT_ONCE);
    const answers = some.map(({ refreshToken }) => post(`${url}/v1/auth/refresh`, { refreshToken }));
    for (const { accessToken } of await Promise.all(answers)) tokens.push(accessToken);
  }
  return tokens;
}

/** Tasks with two reminders and two attachments each, made by SQL alone. */
export async function giveTasks({ sql }: World, userId: string, count: number): Promise<void> {
  await sql.query(
    `INSERT INTO tasks.tasks (id, user_id, title, description, status, priority, category, labels, due_date, estimate_minutes,
       position, completed_at, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'Practise chapter ' || n || ' of the book', repeat('What to look at, and why. ', 1 + n % 6),
       (CASE WHEN n % 3 = 0 THEN 'completed' ELSE 'todo' END)::tasks.task_status, 'medium', 'Category ' || n % 5,
       ARRAY['exam', 'maths'], now() + (n % 60) * interval '1 day', 30, n,
       CASE WHEN n % 3 = 0 THEN now() - (n % 700) * interval '1 day' END, now() - n * interval '1 minute', now()
     FROM generate_series(1, $2::int) AS n`,
    [userId, count],
  );
  await sql.query(
    `INSERT INTO tasks.reminders (id, user_id, task_id, scheduled_at, type, message, created_at, updated_at)
     SELECT gen_random_uuid(), $1, t.id, now() + interval '30 days' + n * interval '1 hour', 'email', 'Do not forget', now(), now()
     FROM tasks.tasks AS t, generate_series(1, 2) AS n WHERE t.user_id = $1`,
    [userId],
  );
  await sql.query(
    `INSERT INTO tasks.attachments (id, user_id, task_id, name, mime_type, storage_key, original_size_bytes, size_bytes, width,
       height, created_at)
     SELECT gen_random_uuid(), $1, t.id, 'page ' || n || '.webp', 'image/webp', 'bench/' || t.id || n, 250000, 90000, 1920, 1080, now()
     FROM tasks.tasks AS t, generate_series(1, 2) AS n WHERE t.user_id = $1`,
    [userId],
  );
}

/** Completed reminders over the last `days` days, all of one task. */
export async function giveHistory(
  { sql }: World,
  userId: string,
  reminders: number,
  days: number,
): Promise<void> {
  const { rows } = await sql.query(
    `INSERT INTO tasks.tasks (id, user_id, title, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, 'Years of practice', now() - interval '10 years', now()) RETURNING id`,
    [userId],
  );
  const BATCH = 50_000;
  for (let from = 1; from <= reminders; from += BATCH) {
    await sql.query(
      `INSERT INTO tasks.reminders (id, user_id, task_id, scheduled_at, type, status, sent_at, completed_at, created_at, updated_at)
       SELECT gen_random_uuid(), $1, $2, at, 'in-app', 'completed', at, at, at, at
       FROM (SELECT now() - (n % $5::int) * interval '1 day' - (n % 840) * interval '1 minute' AS at
             FROM generate_series($3::int, $4::int) AS n) AS made`,
      [userId, rows[0].id, from, Math.min(reminders, from + BATCH - 1), days],
    );
  }
}

/** Many others, so that tables and indexes have the size of a real installation's. */
export async function giveOthers({ sql }: World, people: number, tasksEach: number): Promise<void> {
  await sql.query(
    `INSERT INTO tasks.tasks (id, user_id, title, category, due_date, position, created_at, updated_at)
     SELECT gen_random_uuid(), md5((n % $1::int)::text)::uuid, 'Somebody else''s task', 'Study', now() + interval '90 days', n,
       now() - n * interval '1 second', now()
     FROM generate_series(1, $1::int * $2::int) AS n`,
    [people, tasksEach],
  );
  await sql.query('VACUUM ANALYZE tasks.tasks');
  await sql.query('VACUUM ANALYZE tasks.reminders');
  await sql.query('VACUUM ANALYZE tasks.attachments');
}
