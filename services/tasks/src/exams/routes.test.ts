import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import type { SignedUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';
import { addDays } from '../people/days.ts';

let scene: Scene;
let stranger: SignedUp;
beforeAll(async () => {
  scene = await openScene([authService, tasksService]);
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  stranger = await scene.newPerson();
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const DAY = 86_400_000;
const inDays = (days: number) => addDays(scene.now().toISOString().slice(0, 10), days);

const make = async (task: object = {}, body: object = {}) => {
  const { id: taskId } = (
    await ask('POST', '/v1/tasks', { title: 'Item', category: 'Maths', ...task })
  ).json();
  return (await ask('POST', '/v1/reviews', { taskId, ...body })).json();
};
const grade = async (id: string, how = 'good') =>
  (await ask('POST', `/v1/reviews/${id}/grade`, { grade: how })).json();
const find = async (id: string) => (await ask('GET', `/v1/reviews/${id}`)).json();
const put = (body: object = {}, headers: Record<string, string> = {}) =>
  ask('PUT', '/v1/exams', { name: 'Finals', day: inDays(20), category: 'Maths', ...body }, headers);

/** An item that spacing alone would bring back only after some 50 days. */
const learn = async (task: object = {}) => {
  const { id } = await make(task);
  for (const wait of [0, 600_000, 2 * DAY, 11 * DAY]) {
    await scene.later(wait);
    await grade(id);
  }
  return find(id);
};

test('an exam brings its reviews forward and forecasts the day; deleting it takes that back', async () => {
  const item = await learn();
  const other = await learn({ category: 'Work' });
  const answer = await put({ targetRetention: 0.97 });
  expect(answer.statusCode).toBe(201);
  const exam = answer.json();
  expect(exam).toMatchObject({
    name: 'Finals',
    category: 'Maths',
    label: null,
    targetRetention: 0.97,
    version: 1,
  });
  expect(exam.forecast).toMatchObject({ items: 1, itemsBelowTarget: 0 });
  expect(exam.forecast.recallWithoutReviews).toBeLessThan(0.97);
  expect(exam.forecast.recallWithPlan).toBeGreaterThanOrEqual(0.97);
  expect(
    exam.plan.reduce((sum: number, { reviews }: { reviews: number }) => sum + reviews, 0),
  ).toBeGreaterThan(0);
  expect((await ask('GET', answer.headers.location as string)).json()).toEqual(exam);
  const moved = await find(item.id);
  expect(moved).toMatchObject({ isForExam: true, scheduledAt: item.dueAt, version: item.version + 1 });
  expect(Date.parse(moved.dueAt)).toBeLessThan(Date.parse(`${exam.day}T00:00:00Z`));
  expect(await find(other.id)).toMatchObject({
    isForExam: false,
    dueAt: other.dueAt,
    version: other.version,
  });
  expect((await ask('DELETE', `/v1/exams/${exam.id}`)).statusCode).toBe(204);
  expect(await find(item.id)).toMatchObject({ isForExam: false, dueAt: item.dueAt });
  expect((await ask('GET', `/v1/exams/${exam.id}`)).statusCode).toBe(404);
});

test('following the plan to the day keeps every item at the target', async () => {
  const items = [(await learn()).id, (await make()).id];
  const { id, day } = (await put({ day: inDays(25), targetRetention: 0.95 })).json();
  while (inDays(0) < day) {
    for (const review of (await ask('GET', '/v1/reviews/due?limit=100')).json().items) await grade(review.id);
    await scene.later(DAY / 2);
  }
  const exam = (await ask('GET', `/v1/exams/${id}`)).json();
  expect(exam.forecast.items).toBe(2);
  for (const review of await Promise.all(items.map(find))) {
    expect(review.retrievability).toBeGreaterThanOrEqual(0.95);
  }
});

test('a grade, a new item and another category are planned at once', async () => {
  await put({ day: inDays(45), targetRetention: 0.97 });
  const item = await learn();
  expect(item).toMatchObject({ isForExam: true });
  const late = await learn({ category: 'Work' });
  expect(late.isForExam).toBe(false);
  await ask('PATCH', `/v1/tasks/${late.taskId}`, { category: 'Maths' });
  expect((await find(late.id)).isForExam).toBe(true);
  await ask('PATCH', `/v1/tasks/${late.taskId}`, { category: null });
  expect(await find(late.id)).toMatchObject({ isForExam: false, dueAt: late.dueAt });
});

test('daily limits do not hold back what an exam needs', async () => {
  await ask('PUT', '/v1/reviews/settings', { newPerDay: 0, reviewsPerDay: 0 });
  const item = await make({ labels: ['exam'] });
  await make();
  expect((await ask('GET', '/v1/reviews/due')).json()).toMatchObject({ items: [], counts: { postponed: 2 } });
  await put({ category: undefined, label: 'exam' });
  const due = (await ask('GET', '/v1/reviews/due')).json();
  expect(due.items.map(({ id }: { id: string }) => id)).toEqual([item.id]);
  expect(due.counts).toEqual({ new: 1, reviews: 0, postponed: 1 });
});

test('the name decides which exam it is; If-Match guards', async () => {
  const first = (await put()).json();
  const second = await put({ day: inDays(9) });
  expect([second.statusCode, second.json().id, second.json().version]).toEqual([200, first.id, 2]);
  expect((await put({ day: inDays(8) }, { 'if-match': '"1"' })).statusCode).toBe(412);
  expect((await put({ name: 'Other' }, { 'if-match': '"1"' })).statusCode).toBe(412);
  expect((await ask('DELETE', `/v1/exams/${first.id}`, undefined, { 'if-match': '"1"' })).statusCode).toBe(
    412,
  );
  const sameName = await Promise.all(Array.from({ length: 10 }, () => put({ name: 'Race' })));
  expect(sameName.map(({ statusCode }) => statusCode).sort()).toEqual([...Array(9).fill(200), 201]);
  const list = (await ask('GET', '/v1/exams')).json();
  expect(list.items.map(({ name }: { name: string }) => name)).toEqual(['Finals', 'Race']);
});

test('an exam lies ahead, and there are at most a hundred', async () => {
  const past = await put({ day: inDays(-1) });
  expect([past.statusCode, past.json().errors[0].path]).toEqual([422, 'body.day']);
  expect((await put({ day: inDays(0) })).statusCode).toBe(201);
  for (let n = 1; n < 100; n += 1) expect((await put({ name: `E${n}` })).statusCode).toBe(201);
  expect((await put({ name: 'one more' })).json().type).toBe('https://spacedly.dev/problems/exam-limit');
});

test.each([
  ['neither category nor label', { category: undefined }],
  ['both', { label: 'exam' }],
  ['no name', { name: ' ' }],
  ['no day', { day: undefined }],
  ['30 February', { day: '2027-02-30' }],
  ['an instant as day', { day: '2027-02-03T00:00:00Z' }],
  ['a target of 1', { targetRetention: 1 }],
  ['an unknown field', { userId: randomUUID() }],
  ['NUL', { name: 'a\u0000' }],
])('refuses %s', async (_name, body) => {
  expect((await put(body)).statusCode).toBe(400);
});

test('nobody else sees or ends an exam', async () => {
  const { id } = (await put()).json();
  for (const method of ['GET', 'DELETE'] as const) {
    expect((await ask(method, `/v1/exams/${id}`, undefined, stranger.headers)).statusCode).toBe(404);
  }
  expect((await ask('GET', '/v1/exams', undefined, stranger.headers)).json().items).toEqual([]);
  for (const url of ['/v1/exams', `/v1/exams/${id}`])
    expect((await scene.t.app.inject(url)).statusCode).toBe(401);
  expect((await ask('GET', `/v1/exams/${id}`)).statusCode).toBe(200);
});
