import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, type Database, migrateDatabase, openDatabase } from '@spacedly/kit';
import { createTestDatabase, type TestDatabase, testConfig, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSumsRight } from '../fixtures/recount.ts';
import { tasksService } from '../index.ts';
import { foldCounts } from './store-fold.ts';

const { schema, folder } = tasksService.migrations;
const before = mkdtempSync(join(tmpdir(), 'spacedly-migrations-'));
const config = testConfig();
const log = createLogger(config, 'test');
let empty: TestDatabase;
let database: Database;
beforeAll(async () => {
  cpSync(folder, before, { recursive: true });
  const file = join(before, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8'));
  const entries = journal.entries.filter(({ tag }: { tag: string }) => tag < '0004');
  writeFileSync(file, JSON.stringify({ ...journal, entries }));
  empty = await createTestDatabase({ isEmpty: true });
  await migrateDatabase(empty.url, [{ schema, folder: before }], log);
  database = openDatabase(empty.url, config, log);
});
afterAll(async () => {
  await database.close();
  await empty.drop();
  rmSync(before, { recursive: true });
});

const asked = {
  userId: '00000000-0000-7000-8000-000000000001',
  timeZone: 'Asia/Kathmandu',
  now: new Date('2027-03-03T10:00:00.000Z'),
};
const INSERT = `INSERT INTO tasks.tasks (id, user_id, title, status, category, completed_at, deleted_at, created_at, updated_at)
  SELECT gen_random_uuid(), '${asked.userId}', 'x', (CASE n % 3 WHEN 0 THEN 'completed' ELSE 'todo' END)::tasks.task_status,
    CASE n % 5 WHEN 0 THEN NULL ELSE 'Category ' || n % 5 END,
    CASE n % 3 WHEN 0 THEN '2027-03-03T10:00:00Z'::timestamptz - n * interval '3 hours' END,
    CASE n % 7 WHEN 0 THEN now() END, now(), now() FROM generate_series(1, 300) AS n`;
const REMIND = `INSERT INTO tasks.reminders (id, user_id, task_id, scheduled_at, type, status, completed_at, created_at, updated_at)
  SELECT gen_random_uuid(), user_id, id, at, 'email', status::tasks.reminder_status,
    CASE status WHEN 'completed' THEN at END, now(), now()
  FROM (SELECT id, user_id, '2027-03-03T10:00:00Z'::timestamptz + (hashtext(id::text) % 400) * interval '1 hour' AS at,
    (ARRAY['pending', 'sent', 'missed', 'completed'])[1 + abs(hashtext(title || id::text)) % 4] AS status
    FROM tasks.tasks) AS planned`;

test('what was there before the upgrade counts, and what is being written during it', async () => {
  const { pool, db } = database;
  await pool.query(INSERT);
  await pool.query(REMIND);
  const writer = await pool.connect();
  await writer.query('BEGIN');
  await writer.query(INSERT);
  const upgrade = migrateDatabase(empty.url, [tasksService.migrations], log);
  const waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'tasks.tasks'::regclass";
  await waitFor(async () => (await pool.query(waiting)).rowCount);
  // Reading goes on meanwhile.
  expect((await pool.query('SELECT count(*)::int AS count FROM tasks.tasks')).rows).toEqual([{ count: 300 }]);
  await writer.query('COMMIT');
  writer.release();
  await upgrade;
  await expectSumsRight(database, asked);
  await pool.query(INSERT);
  await pool.query(
    "UPDATE tasks.reminders SET status = 'completed', completed_at = now() WHERE status = 'sent'",
  );
  await pool.query('DELETE FROM tasks.tasks WHERE deleted_at IS NOT NULL');
  await expectSumsRight(database, asked);
  await foldCounts(db);
  await expectSumsRight(database, asked);
});
