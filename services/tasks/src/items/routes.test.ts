import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import { publishedEvents, type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasksService } from '../index.ts';

let t: TestApp;
let person: SignedUp;
let stranger: SignedUp;
const offsetMs = 0;
beforeAll(async () => {
  t = await testApp([authService, tasksService], { now: () => new Date(Date.now() + offsetMs) });
  [person, stranger] = [await signUp(t), await signUp(t)];
});
afterAll(() => t.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const ask = (method: Method, url: string, payload?: unknown, headers: Record<string, string> = {}) =>
  t.app.inject({ method, url, payload: payload as object, headers: { ...person.headers, ...headers } });
const make = async (body: object) => (await ask('POST', '/v1/tasks', { title: 'Graphs', ...body })).json();
const inFuture = (ms: number) => new Date(Date.now() + offsetMs + ms).toISOString();

test('creates a task and finds it at its Location', async () => {
  const full = {
    title: 'Revise graphs 📈 "$100 budget"',
    description: '# Notes\n<script>alert(1)</script>',
    link: 'https://example.com/a?b=c',
    priority: 'high',
    category: 'Study',
    labels: ['exam', 'maths'],
    dueDate: '2026-12-09T10:00:00+01:00',
    estimateMinutes: 45,
  };
  const answer = await ask('POST', '/v1/tasks', full);
  expect(answer.statusCode).toBe(201);
  const task = answer.json();
  expect(task).toMatchObject({ ...full, dueDate: '2026-12-09T09:00:00.000Z', status: 'todo', version: 1 });
  const found = await ask('GET', answer.headers.location as string);
  expect(found.json()).toEqual(task);
  expect(found.headers.etag).toBe('"1"');
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a list', []],
  ['no title', {}],
  ['an empty title', { title: '' }],
  ['a title of spaces', { title: '   ' }],
  ['201 characters', { title: 'x'.repeat(201) }],
  ['a number as title', { title: 7 }],
  ['NUL', { title: 'a\u0000b' }],
  ['a lone surrogate', { title: 'a\udc00b' }],
  ['an unknown field', { title: 'x', owner: 'me' }],
  ['a user id', { title: 'x', userId: randomUUID() }],
  ['a script link', { title: 'x', link: 'javascript:alert(1)' }],
  ['no link at all', { title: 'x', link: 'example' }],
  ['an unknown status', { title: 'x', status: 'done' }],
  ['21 labels', { title: 'x', labels: Array(21).fill('a') }],
  ['a label of 31 characters', { title: 'x', labels: ['y'.repeat(31)] }],
  ['half a minute', { title: 'x', estimateMinutes: 0.5 }],
  ['2^53 minutes', { title: 'x', estimateMinutes: 2 ** 53 }],
  ['30 February', { title: 'x', dueDay: '2026-02-30' }],
  ['29 February of a common year', { title: 'x', dueDay: '2026-02-29' }],
  ['the year 0', { title: 'x', dueDate: '0000-01-01T00:00:00Z' }],
  ['the year 275760', { title: 'x', dueDate: '+275760-09-13T00:00:00Z' }],
  ['a date without zone', { title: 'x', dueDate: '2026-12-09T09:00:00' }],
  ['both due dates', { title: 'x', dueDate: '2026-12-09T09:00:00Z', dueDay: '2026-12-09' }],
])('refuses %s', async (_name, body) => {
  const answer = await ask('POST', '/v1/tasks', body);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors.length).toBeGreaterThan(0);
});

test('titles are counted in characters, not in UTF-16 units', async () => {
  expect((await ask('POST', '/v1/tasks', { title: '🧠'.repeat(200) })).statusCode).toBe(201);
  expect((await ask('POST', '/v1/tasks', { title: '🧠'.repeat(201) })).statusCode).toBe(400);
});

test('PATCH merges; null clears; If-Match guards', async () => {
  const { id } = await make({ category: 'Study', dueDay: '2026-05-01' });
  const changed = await ask(
    'PATCH',
    `/v1/tasks/${id}`,
    { category: null, priority: 'low' },
    { 'if-match': '"1"' },
  );
  expect(changed.json()).toMatchObject({ category: null, priority: 'low', dueDay: '2026-05-01', version: 2 });
  expect(changed.headers.etag).toBe('"2"');
  const stale = await ask('PATCH', `/v1/tasks/${id}`, { title: 'lost' }, { 'if-match': '"1"' });
  expect(stale.statusCode).toBe(412);
  expect((await ask('GET', `/v1/tasks/${id}`)).json().title).toBe('Graphs');
  const dated = await ask('PATCH', `/v1/tasks/${id}`, { dueDate: '2026-05-02T08:00:00Z' });
  expect(dated.json()).toMatchObject({ dueDay: null, dueDate: '2026-05-02T08:00:00.000Z' });
  expect((await ask('PATCH', `/v1/tasks/${id}`, {})).statusCode).toBe(400);
  expect((await ask('PATCH', `/v1/tasks/${id}`, { version: 9 })).statusCode).toBe(400);
});

test('of 50 parallel changes with the same If-Match one wins', async () => {
  const { id } = await make({});
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      ask('PATCH', `/v1/tasks/${id}`, { title: `v${index}` }, { 'if-match': '"1"' }),
    ),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(49);
});

test('completing tells it once, skips waiting reminders, and can be taken back', async () => {
  const { id, title } = await make({ title: 'Finish' });
  const reminder = await ask('POST', '/v1/reminders', { taskId: id, scheduledAt: inFuture(3_600_000) });
  const completed = await Promise.all([1, 2, 3].map(() => ask('POST', `/v1/tasks/${id}/complete`)));
  expect(completed.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  const task = (await ask('GET', `/v1/tasks/${id}`)).json();
  expect(task).toMatchObject({ status: 'completed', version: 2 });
  expect(task.completedAt).not.toBeNull();
  expect(task.reminders).toMatchObject([{ id: reminder.json().id, status: 'skipped' }]);
  const told = (await publishedEvents(t.platform, 'task.completed')).filter(({ taskId }) => taskId === id);
  expect(told).toEqual([{ userId: person.user.id, taskId: id, title }]);
  const reopened = (await ask('POST', `/v1/tasks/${id}/reopen`)).json();
  expect(reopened).toMatchObject({ status: 'todo', completedAt: null });
  const patched = (await ask('PATCH', `/v1/tasks/${id}`, { status: 'completed' })).json();
  expect(patched.completedAt).not.toBeNull();
});

test('a deleted task is gone with its reminders', async () => {
  const { id } = await make({});
  const reminder = (
    await ask('POST', '/v1/reminders', { taskId: id, scheduledAt: inFuture(3_600_000) })
  ).json();
  expect((await ask('DELETE', `/v1/tasks/${id}`, undefined, { 'if-match': '"7"' })).statusCode).toBe(412);
  expect((await ask('DELETE', `/v1/tasks/${id}`)).statusCode).toBe(204);
  for (const url of [`/v1/tasks/${id}`, `/v1/reminders/${reminder.id}`, `/v1/tasks/${id}/reminders`]) {
    expect((await ask('GET', url)).statusCode).toBe(404);
  }
  expect((await ask('DELETE', `/v1/tasks/${id}`)).statusCode).toBe(404);
});

test('nobody else can see or touch a task', async () => {
  const { id } = await make({});
  const before = (await ask('GET', `/v1/tasks/${id}`)).body;
  const tries: [Method, string, object?][] = [
    ['GET', ''],
    ['PATCH', '', { title: 'mine now' }],
    ['DELETE', ''],
    ['POST', '/complete'],
    ['POST', '/reopen'],
    ['GET', '/reminders'],
  ];
  for (const [method, suffix, body] of tries) {
    const answer = await ask(method, `/v1/tasks/${id}${suffix}`, body, stranger.headers);
    expect(answer.statusCode).toBe(404);
  }
  const reminder = await ask(
    'POST',
    '/v1/reminders',
    { taskId: id, scheduledAt: inFuture(1e6) },
    stranger.headers,
  );
  expect(reminder.statusCode).toBe(404);
  expect((await ask('GET', `/v1/tasks/${id}`)).body).toBe(before);
});

test('an idempotency key makes one task, whatever happens', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const first = await ask('POST', '/v1/tasks', { title: 'Once' }, key);
  const parallel = await Promise.all(
    Array.from({ length: 50 }, () => ask('POST', '/v1/tasks', { title: 'Once' }, key)),
  );
  for (const answer of parallel) {
    expect([answer.statusCode, answer.body]).toEqual([201, first.body]);
    expect(answer.headers.location).toBe(first.headers.location);
  }
  expect((await ask('POST', '/v1/tasks', { title: 'Twice' }, key)).statusCode).toBe(422);
  const ofStranger = await ask('POST', '/v1/tasks', { title: 'Once' }, { ...key, ...stranger.headers });
  expect(ofStranger.json().id).not.toBe(first.json().id);
  const refused = await ask('POST', '/v1/tasks', { title: 'x' }, { 'idempotency-key': 'not a uuid' });
  expect(refused.json().errors[0].path).toBe('header.idempotency-key');
  const { rows } = await t.platform.database.pool.query(
    `SELECT count(*) FROM tasks.tasks WHERE title = 'Once'`,
  );
  expect(rows[0].count).toBe('2');
});

test('today is the day of the person', async () => {
  const traveller = await signUp(t);
  const set = (timeZone: string) => ask('PATCH', '/v1/users/me', { timeZone }, traveller.headers);
  const today = async () => (await ask('GET', '/v1/tasks/today', undefined, traveller.headers)).json();
  const add = (body: object) =>
    ask('POST', '/v1/tasks', { title: 'x', estimateMinutes: 30, ...body }, traveller.headers);
  await add({ title: 'late', dueDate: new Date(Date.now() - 60_000).toISOString() });
  await add({ title: 'someday' });
  const { date } = await today();
  await add({ title: 'all day', dueDay: date });
  expect(await today()).toMatchObject({
    timeZone: 'UTC',
    overdue: [{ title: 'late' }],
    due: [{ title: 'all day' }],
    completedToday: 0,
    estimatedMinutes: 60,
  });
  await set('Pacific/Kiritimati');
  await expect.poll(async () => (await today()).timeZone).toBe('Pacific/Kiritimati');
  const ahead = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date());
  expect((await today()).date).toBe(ahead);
});

test('tasks need a token', async () => {
  for (const url of ['/v1/tasks', '/v1/tasks/today', `/v1/tasks/${randomUUID()}`, '/v1/analytics/streaks']) {
    expect((await t.app.inject(url)).statusCode).toBe(401);
  }
});
