import { giveOthers, giveTasks } from './people.ts';
import type { World } from './world.ts';

/** Notifications of a person, none of them read; ids in the order of their times. */
export async function giveNotifications({ sql }: World, userId: string, count: number): Promise<void> {
  await sql.query(
    `INSERT INTO notifications.inbox_items (id, user_id, event_id, type, title, body, created_at)
     SELECT ('00000000-0000-7000-8000' || substr(gen_random_uuid()::text, 24))::uuid, $1, gen_random_uuid(), 'reminder',
       'Practise chapter ' || n, 'It is time', now() - n * interval '1 minute'
     FROM generate_series(1, $2::int) AS n`,
    [userId, count],
  );
}

/** Sessions of a person that ended, each with the refresh tokens of a week of use. */
export async function givePastSessions({ sql }: World, userId: string, count: number): Promise<void> {
  await sql.query(
    `WITH opened AS (
       INSERT INTO auth.sessions (id, user_id, user_agent, ip, is_remembered, amr, created_at, last_seen_at, ends_at, ended_at)
       SELECT gen_random_uuid(), $1, 'Mozilla/5.0', '192.0.2.1', true, ARRAY['pwd'], now() - interval '30 days',
         now() - interval '20 days', now() + interval '60 days', now() - interval '20 days'
       FROM generate_series(1, $2::int) RETURNING id
     )
     INSERT INTO auth.refresh_tokens (token_hash, session_id, created_at, expires_at, rotated_at)
     SELECT md5(id::text || n), id, now() - interval '30 days', now() + interval '1 day', now() - interval '25 days'
     FROM opened, generate_series(1, 7) AS n`,
    [userId, count],
  );
}

/** Everything a person has, `count` of each. */
export async function giveAll(world: World, userId: string, count: number): Promise<void> {
  await giveTasks(world, userId, count);
  await giveNotifications(world, userId, count);
  await givePastSessions(world, userId, count / 10);
}

/** Others who have 100 of everything each, and one session that lives. */
export async function giveCrowd(world: World, people: number): Promise<void> {
  const { sql } = world;
  await giveOthers(world, people, 100);
  await sql.query(
    `INSERT INTO auth.users (id, email, name, email_verified_at)
     SELECT md5(n::text)::uuid, 'crowd-' || n || '@example.com', 'Person ' || n, now() FROM generate_series(0, $1::int - 1) AS n`,
    [people],
  );
  await sql.query(
    `INSERT INTO auth.sessions (id, user_id, user_agent, ip, is_remembered, amr, created_at, last_seen_at, ends_at)
     SELECT gen_random_uuid(), id, 'Mozilla/5.0', '192.0.2.1', true, ARRAY['pwd'], now(), now(), now() + interval '60 days'
     FROM auth.users, generate_series(1, 10) WHERE email LIKE 'crowd-%'`,
  );
  await sql.query(
    `INSERT INTO auth.refresh_tokens (token_hash, session_id, created_at, expires_at)
     SELECT md5(id::text || n), id, now(), now() + interval '30 days' FROM auth.sessions, generate_series(1, 3) AS n`,
  );
  await sql.query(
    `INSERT INTO tasks.reminders (id, user_id, task_id, scheduled_at, type, created_at, updated_at)
     SELECT gen_random_uuid(), user_id, id, now() + interval '90 days', 'email', now(), now()
     FROM tasks.tasks WHERE title = 'Somebody else''s task'`,
  );
  await sql.query(
    `INSERT INTO notifications.inbox_items (id, user_id, event_id, type, title, body, created_at)
     SELECT gen_random_uuid(), user_id, gen_random_uuid(), 'reminder', 'Somebody else''s', 'It is time', now()
     FROM tasks.tasks WHERE title = 'Somebody else''s task'`,
  );
}

/** What autovacuum would come to within minutes. */
export async function settle({ sql }: World): Promise<void> {
  const tables = ['tasks.tasks', 'tasks.reminders', 'tasks.attachments', 'notifications.inbox_items'];
  for (const table of [...tables, 'auth.users', 'auth.sessions', 'auth.refresh_tokens'])
    await sql.query(`VACUUM ANALYZE ${table}`);
}
