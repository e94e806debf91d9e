import { authService } from '@spacedly/auth';
import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasksService } from '../index.ts';
import { foldListChanges } from './store-stamp.ts';

let t: TestApp;
let ada: SignedUp;
beforeAll(async () => {
  t = await testApp([authService, tasksService], { background: false });
  ada = await signUp(t);
});
afterAll(() => t.close());

const list = (query = '', headers: Record<string, string> = ada.headers) =>
  t.app.inject({ url: `/v1/tasks${query}`, headers });
const tag = async () => (await list()).headers.etag as string;
const send = async (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload?: object) => {
  const answer = await t.app.inject({ method, url, headers: ada.headers, ...(payload && { payload }) });
  expect(answer.statusCode, `${method} ${url} ${answer.body}`).toBeLessThan(300);
  return answer.body === '' ? null : answer.json();
};

test('who has the list is told so, in no more than that', async () => {
  await send('POST', '/v1/tasks', { title: 'First' });
  const etag = await tag();
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
    const answer = await list('', { ...ada.headers, 'if-none-match': known });
    expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, '', etag]);
    expect(answer.headers['cache-control']).toBe('private, no-cache');
  }
  for (const unknown of ['"other"', 'W/""', etag.toLowerCase()])
    expect((await list('', { ...ada.headers, 'if-none-match': unknown })).statusCode).toBe(200);
});

test('what time alone changes has no tag', async () => {
  for (const query of [
    '?overdue=1',
    '?dueBefore=2030-01-01T00:00:00.000Z',
    '?dueAfter=2030-01-01T00:00:00.000Z',
  ])
    expect((await list(query)).headers).not.toHaveProperty('etag');
});

test('another person has another one', async () => {
  const [bob, eve] = [await signUp(t), await signUp(t)];
  const tags = await Promise.all(
    [bob, eve].map(async ({ headers }) => (await list('', headers)).headers.etag),
  );
  expect(tags[0]).not.toBe(tags[1]);
  const before = tags[0];
  await send('POST', '/v1/tasks', { title: 'Of Ada' });
  expect((await list('', bob.headers)).headers.etag).toBe(before);
});

test('every change that a list shows changes it', async () => {
  const dueDate = new Date(Date.now() + 86_400_000).toISOString();
  const task = await send('POST', '/v1/tasks', { title: 'Watched' });
  const other = await send('POST', '/v1/tasks', { title: 'Other', dueDate });
  let reminder: { id: string };
  const steps: [string, () => Promise<unknown>][] = [
    ['create', () => send('POST', '/v1/tasks', { title: 'New' })],
    ['change', () => send('PATCH', `/v1/tasks/${task.id}`, { title: 'Changed' })],
    ['complete', () => send('POST', `/v1/tasks/${task.id}/complete`)],
    ['reopen', () => send('POST', `/v1/tasks/${task.id}/reopen`)],
    ['delete', () => send('DELETE', `/v1/tasks/${task.id}`)],
    ['restore', () => send('POST', `/v1/tasks/${task.id}/restore`)],
    [
      'remind',
      async () => {
        reminder = await send('POST', '/v1/reminders', { taskId: task.id, scheduledAt: dueDate });
      },
    ],
    ['change a reminder', () => send('PATCH', `/v1/reminders/${reminder.id}`, { message: 'Now' })],
    ['skip a reminder', () => send('POST', `/v1/reminders/${reminder.id}/skip`)],
    ['delete a reminder', () => send('DELETE', `/v1/reminders/${reminder.id}`)],
    ['move a due date, with its reminder', () => send('PATCH', `/v1/tasks/${other.id}`, { dueDate: null })],
    [
      'attach',
      () =>
        t.platform.database.pool.query(
          `INSERT INTO tasks.attachments (id, user_id, task_id, name, mime_type, storage_key, original_size_bytes, size_bytes, created_at)
       VALUES (gen_random_uuid(), $1, $2, 'a', 'text/plain', 'k', 1, 1, now())`,
          [ada.user.id, task.id],
        ),
    ],
    [
      'detach',
      () => t.platform.database.pool.query('DELETE FROM tasks.attachments WHERE user_id = $1', [ada.user.id]),
    ],
    [
      'what the dispatcher does',
      () =>
        t.platform.database.pool.query(`UPDATE tasks.reminders SET status = 'sent' WHERE user_id = $1`, [
          ada.user.id,
        ]),
    ],
  ];
  let last = await tag();
  for (const [name, change] of steps) {
    await change();
    const next = await tag();
    expect(next, name).not.toBe(last);
    last = next;
  }
  const answer = await list('', { ...ada.headers, 'if-none-match': last });
  expect(answer.statusCode).toBe(304);
});

test('adding the changes up changes no tag, whoever writes meanwhile', async () => {
  const before = await tag();
  await foldListChanges(t.platform.database.db);
  expect(await tag()).toBe(before);
  const rows = () =>
    t.platform.database.pool.query(
      'SELECT count(*)::int AS rows, sum(changes)::int AS sum FROM tasks.list_changes WHERE user_id = $1',
      [ada.user.id],
    );
  expect((await rows()).rows[0].rows).toBe(1);
  const { sum } = (await rows()).rows[0];
  const writing = Array.from({ length: 50 }, (_, n) => send('POST', '/v1/tasks', { title: `Parallel ${n}` }));
  const folding = Array.from({ length: 10 }, () => foldListChanges(t.platform.database.db));
  await Promise.all([...writing, ...folding]);
  expect((await rows()).rows[0].sum).toBe(sum + 50);
});
