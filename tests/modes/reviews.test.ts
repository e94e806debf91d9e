import { beforeAll, expect, inject, test } from 'vitest';
import { createClient, type Person } from '../harness/client.ts';

const url = inject('systemUrl');
const client = createClient(url);
let person: Person;
beforeAll(async () => {
  person = await client.signUp();
});

const ask = <T = Record<string, unknown>>(path: string, method = 'GET', json?: unknown) =>
  client.send<T>(path, { method, headers: person.headers, ...(json !== undefined && { json }) });

test('a task is reviewed, graded, counted and taken back', async () => {
  const task = await ask<{ id: string }>('/v1/tasks', 'POST', { title: 'Graphs', category: 'Maths' });
  const made = await ask<{ id: string }>('/v1/reviews', 'POST', { taskId: task.body.id });
  expect(made.status).toBe(201);
  const at = `/v1/reviews/${made.body.id}`;
  expect(made.headers.get('location')).toBe(at);
  expect((await ask('/v1/reviews/due')).body.items).toHaveLength(1);
  expect((await ask(`${at}/grade`, 'POST', { grade: 'easy' })).body).toMatchObject({ state: 'review' });
  expect((await ask('/v1/analytics/streaks')).body).toMatchObject({ active: 1 });
  expect((await ask(`${at}/undo`, 'POST')).body).toMatchObject({ state: 'new' });
  expect((await ask('/v1/analytics/streaks')).body).toMatchObject({ active: 0 });
  const exam = await ask('/v1/exams', 'PUT', { name: 'Finals', day: '2099-01-01', category: 'Maths' });
  expect([exam.status, exam.body]).toMatchObject([201, { forecast: { items: 1, itemsBelowTarget: 0 } }]);
});

test('the calendar feed needs its address and nothing else', async () => {
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await ask('/v1/tasks', 'POST', { title: 'Essay', dueDay: day });
  const feed = await ask<{ url: string }>('/v1/calendar/feed', 'POST');
  const path = new URL(feed.body.url).pathname;
  const read = await client.send<string>(path);
  expect([read.status, read.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(read.body).toMatch(/^BEGIN:VCALENDAR\r\n.*SUMMARY:Essay\r\n.*END:VCALENDAR\r\n$/s);
  const etag = read.headers.get('etag') as string;
  expect((await client.send(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await client.send(`/v1/calendar?from=${day}&to=${day}`)).status).toBe(401);
  expect((await client.send('/v1/calendar/feed')).status).toBe(401);
  expect((await ask('/v1/calendar/feed', 'DELETE')).status).toBe(204);
  expect((await client.send(path)).status).toBe(404);
});
