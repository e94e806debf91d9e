import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import { publishedEvents, type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasksService } from '../index.ts';
import { dispatchDue } from './dispatch.ts';

let t: TestApp;
let person: SignedUp;
let stranger: SignedUp;
let taskId: string;
let clock = Date.now();
const now = () => new Date(clock);
// The dispatcher is driven by hand here; its own timing is tested in dispatch.db.test.ts.
beforeAll(async () => {
  t = await testApp([authService, tasksService], { now, background: false });
  [person, stranger] = [await signUp(t), await signUp(t)];
  taskId = (await ask('POST', '/v1/tasks', { title: 'Graphs', dueDay: '2030-01-01' })).json().id;
});
afterAll(() => t.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const ask = (method: Method, url: string, payload?: unknown, headers: Record<string, string> = {}) =>
  t.app.inject({ method, url, payload: payload as object, headers: { ...person.headers, ...headers } });
const at = (ms: number) => new Date(clock + ms).toISOString();
const MINUTE = 60_000;
const plan = async (body: object = {}) => {
  const answer = await ask('POST', '/v1/reminders', { taskId, scheduledAt: at(MINUTE), ...body });
  return answer.json();
};
const dispatch = () => dispatchDue({ db: t.platform.database.db, outbox: t.platform.outbox, now });
const dueEvents = async (id: string) =>
  (await publishedEvents(t.platform, 'reminder.due')).filter(({ reminderId }) => reminderId === id);

test('plans a reminder and finds it at its Location', async () => {
  const scheduledAt = at(MINUTE);
  const answer = await ask('POST', '/v1/reminders', { taskId, scheduledAt, message: 'Now!', type: 'both' });
  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toMatchObject({
    taskId,
    scheduledAt,
    message: 'Now!',
    type: 'both',
    status: 'pending',
  });
  expect((await ask('GET', answer.headers.location as string)).json()).toEqual(answer.json());
  const task = (await ask('GET', `/v1/tasks/${taskId}`)).json();
  expect(task.reminders).toContainEqual(answer.json());
});

test('a due reminder is handed over once, with what a message needs', async () => {
  const reminder = await plan({ message: 'Read chapter 3' });
  clock += MINUTE - 1;
  await dispatch();
  expect(await dueEvents(reminder.id)).toEqual([]);
  clock += 1;
  await Promise.all(Array.from({ length: 5 }, dispatch));
  expect(await dueEvents(reminder.id)).toEqual([
    {
      reminderId: reminder.id,
      userId: person.user.id,
      taskId,
      title: 'Graphs',
      message: 'Read chapter 3',
      type: 'email',
      scheduledAt: reminder.scheduledAt,
      dueDate: null,
      dueDay: '2030-01-01',
    },
  ]);
  const sent = (await ask('GET', `/v1/reminders/${reminder.id}`)).json();
  expect(sent).toMatchObject({ status: 'sent', sentAt: now().toISOString() });
});

test('moving a sent reminder lets it wait and be sent again', async () => {
  const { id } = await plan();
  clock += MINUTE;
  await dispatch();
  const moved = await ask('PATCH', `/v1/reminders/${id}`, { scheduledAt: at(MINUTE) });
  expect(moved.json()).toMatchObject({ status: 'pending', sentAt: null });
  clock += MINUTE;
  await dispatch();
  expect(await dueEvents(id)).toHaveLength(2);
});

test('snoozes by minutes or until an instant', async () => {
  const { id } = await plan();
  const snooze = (body: object) => ask('POST', `/v1/reminders/${id}/snooze`, body);
  expect((await snooze({ minutes: 60 })).json()).toMatchObject({
    scheduledAt: at(60 * MINUTE),
    status: 'pending',
  });
  expect((await snooze({ until: at(5 * MINUTE) })).json().scheduledAt).toBe(at(5 * MINUTE));
  expect((await snooze({ until: at(-1) })).statusCode).toBe(422);
  for (const body of [
    {},
    { minutes: 0 },
    { minutes: 1.5 },
    { minutes: 1, until: at(MINUTE) },
    { minutes: 1e9 },
  ]) {
    expect((await snooze(body)).statusCode).toBe(400);
  }
});

test('completed and skipped reminders are over; saying it twice changes nothing', async () => {
  for (const [verb, status] of [
    ['complete', 'completed'],
    ['skip', 'skipped'],
  ] as const) {
    const { id } = await plan();
    const first = await ask('POST', `/v1/reminders/${id}/${verb}`);
    expect(first.json()).toMatchObject({ status, version: 2 });
    expect((await ask('POST', `/v1/reminders/${id}/${verb}`)).json()).toEqual(first.json());
    const other = verb === 'complete' ? 'skip' : 'complete';
    expect((await ask('POST', `/v1/reminders/${id}/${other}`)).statusCode).toBe(422);
    expect((await ask('POST', `/v1/reminders/${id}/snooze`, { minutes: 5 })).statusCode).toBe(422);
    expect((await ask('PATCH', `/v1/reminders/${id}`, { message: 'x' })).statusCode).toBe(422);
    clock += 2 * MINUTE;
    await dispatch();
    expect(await dueEvents(id)).toEqual([]);
  }
});

test('a reminder must lie in the future and its task be open', async () => {
  for (const scheduledAt of [at(0), at(-MINUTE), '1999-01-01T00:00:00Z']) {
    const answer = await ask('POST', '/v1/reminders', { taskId, scheduledAt });
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, 'body.scheduledAt']);
  }
  const { id } = await plan();
  expect((await ask('PATCH', `/v1/reminders/${id}`, { scheduledAt: at(-1) })).statusCode).toBe(422);
  const done = (await ask('POST', '/v1/tasks', { title: 'Done', status: 'completed' })).json();
  expect((await ask('POST', '/v1/reminders', { taskId: done.id, scheduledAt: at(MINUTE) })).statusCode).toBe(
    422,
  );
});

test.each([
  ['nothing', {}],
  ['no time', { taskId: randomUUID() }],
  ['a day instead of an instant', { taskId: randomUUID(), scheduledAt: '2030-01-01' }],
  ['a number as time', { taskId: randomUUID(), scheduledAt: 1_900_000_000 }],
  ['an unknown type', { taskId: randomUUID(), scheduledAt: '2030-01-01T00:00:00Z', type: 'pigeon' }],
  ['501 characters', { taskId: randomUUID(), scheduledAt: '2030-01-01T00:00:00Z', message: 'x'.repeat(501) }],
  ['a status', { taskId: randomUUID(), scheduledAt: '2030-01-01T00:00:00Z', status: 'sent' }],
  ['no task id', { taskId: 'x', scheduledAt: '2030-01-01T00:00:00Z' }],
])('refuses %s', async (_name, body) => {
  expect((await ask('POST', '/v1/reminders', body)).statusCode).toBe(400);
});

test('an unknown task is 404; If-Match guards; a key makes one reminder', async () => {
  const body = { taskId, scheduledAt: at(MINUTE) };
  expect((await ask('POST', '/v1/reminders', { ...body, taskId: randomUUID() })).statusCode).toBe(404);
  const key = { 'idempotency-key': randomUUID() };
  const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/v1/reminders', body, key)));
  expect(new Set(answers.map(({ body: text }) => text)).size).toBe(1);
  const { id } = JSON.parse(answers[0]?.body as string) as { id: string };
  expect(
    (await ask('PATCH', `/v1/reminders/${id}`, { message: 'x' }, { 'if-match': '"9"' })).statusCode,
  ).toBe(412);
  expect((await ask('DELETE', `/v1/reminders/${id}`, undefined, { 'if-match': '"9"' })).statusCode).toBe(412);
  expect((await ask('DELETE', `/v1/reminders/${id}`)).statusCode).toBe(204);
  expect((await ask('GET', `/v1/reminders/${id}`)).statusCode).toBe(404);
});

test('nobody else can see or touch a reminder', async () => {
  const { id } = await plan();
  const tries: [Method, string, object?][] = [
    ['GET', ''],
    ['PATCH', '', { message: 'mine' }],
    ['DELETE', ''],
    ['POST', '/complete'],
    ['POST', '/skip'],
    ['POST', '/snooze', { minutes: 5 }],
  ];
  for (const [method, suffix, body] of tries) {
    expect((await ask(method, `/v1/reminders/${id}${suffix}`, body, stranger.headers)).statusCode).toBe(404);
  }
  expect((await ask('GET', `/v1/reminders/${id}`)).json().version).toBe(1);
});

test('lists page by time, by status and within a window', async () => {
  const reader = await signUp(t);
  const task = (await ask('POST', '/v1/tasks', { title: 'x' }, reader.headers)).json();
  const times = [5, 3, 9, 1, 7].map((minutes) => at(minutes * MINUTE));
  for (const scheduledAt of times)
    await ask('POST', '/v1/reminders', { taskId: task.id, scheduledAt }, reader.headers);
  const list = async (query: string) => {
    const { items, nextCursor } = (
      await ask('GET', `/v1/reminders?${query}`, undefined, reader.headers)
    ).json();
    return { times: items.map((item: { scheduledAt: string }) => item.scheduledAt), nextCursor };
  };
  const sorted = [...times].sort();
  const first = await list('limit=2');
  expect(first.times).toEqual(sorted.slice(0, 2));
  expect((await list(`limit=100&cursor=${first.nextCursor}`)).times).toEqual(sorted.slice(2));
  expect((await list(`from=${sorted[1]}&to=${sorted[3]}`)).times).toEqual(sorted.slice(1, 3));
  expect((await list('status=sent')).times).toEqual([]);
  const ofTask = await ask('GET', `/v1/tasks/${task.id}/reminders`, undefined, reader.headers);
  expect(ofTask.json().items).toHaveLength(5);
  expect((await ask('GET', '/v1/reminders?cursor=x')).statusCode).toBe(400);
});
