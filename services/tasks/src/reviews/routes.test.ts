import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import type { SignedUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';

let scene: Scene;
let stranger: SignedUp;
beforeAll(async () => {
  scene = await openScene([authService, tasksService]);
});
afterAll(() => scene.t.close());
// Each test has a person of its own, so that daily limits and lists begin empty.
beforeEach(async () => {
  stranger = await scene.newPerson();
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const clock = () => scene.now().getTime();
const makeTask = async (body: object = {}) =>
  (await ask('POST', '/v1/tasks', { title: 'Graphs', ...body })).json();
const make = async (body: object = {}, task: object = {}) => {
  const { id: taskId } = await makeTask(task);
  return (await ask('POST', '/v1/reviews', { taskId, ...body })).json();
};
const grade = (id: string, how: string, headers: Record<string, string> = {}) =>
  ask('POST', `/v1/reviews/${id}/grade`, { grade: how, durationMs: 4_000 }, headers);
const DAY = 86_400_000;
const MINUTE = 60_000;
const days = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

test('a review begins due, with the four dates of its buttons', async () => {
  const task = await makeTask({ category: 'Study' });
  const prompts = [{ question: 'What is a <b>tree</b>?', answer: 'A graph without cycles 🌳' }];
  const answer = await ask('POST', '/v1/reviews', { taskId: task.id, prompts, desiredRetention: 0.85 });
  expect(answer.statusCode).toBe(201);
  const review = answer.json();
  expect(review).toMatchObject({
    taskId: task.id,
    title: 'Graphs',
    category: 'Study',
    prompts,
    desiredRetention: 0.85,
    state: 'new',
    retrievability: null,
    reps: 0,
    version: 1,
  });
  const minutes = (at: string) => (Date.parse(at) - clock()) / MINUTE;
  expect([minutes(review.next.again), minutes(review.next.hard), minutes(review.next.good)]).toEqual([
    1, 6, 10,
  ]);
  expect(days(scene.now().toISOString(), review.next.easy)).toBeGreaterThan(5);
  const found = await ask('GET', answer.headers.location as string);
  expect(found.json()).toEqual(review);
  expect(found.headers.etag).toBe('"1"');
  const due = (await ask('GET', '/v1/reviews/due')).json();
  expect(due).toEqual({
    items: [review],
    nextCursor: null,
    counts: { new: 1, reviews: 0, postponed: 0 },
  });
});

test('grading follows FSRS-6 and every step is logged', async () => {
  const { id } = await make();
  let review = (await grade(id, 'good')).json();
  expect(review).toMatchObject({ state: 'learning', reps: 1, version: 2 });
  expect(Date.parse(review.dueAt) - clock()).toBe(10 * MINUTE);
  expect((await ask('GET', '/v1/reviews/due')).json().items).toEqual([]);
  await scene.later(10 * MINUTE);
  expect((await ask('GET', '/v1/reviews/due')).json().items).toHaveLength(1);
  const promised = (await ask('GET', `/v1/reviews/${id}`)).json().next.good;
  review = (await grade(id, 'good')).json();
  expect(review).toMatchObject({ state: 'review', dueAt: promised });
  expect(days(scene.now().toISOString(), review.dueAt)).toBe(2);
  await scene.later(2 * DAY);
  review = (await grade(id, 'again')).json();
  expect(review).toMatchObject({ state: 'relearning', lapses: 1 });
  const history = (await ask('GET', `/v1/reviews/${id}/history`)).json();
  expect(history.items.map((log: { grade: string }) => log.grade)).toEqual(['again', 'good', 'good']);
  expect(history.items[0]).toMatchObject({
    algorithm: expect.stringMatching(/^ts-fsrs v[\d.]+ using FSRS-6/),
    durationMs: 4_000,
    desiredRetention: 0.9,
    stateBefore: 'review',
    stateAfter: 'relearning',
    dueAfter: review.dueAt,
  });
  expect(history.items[0].retrievability).toBeCloseTo(0.9, 1);
  const first = (await ask('GET', `/v1/reviews/${id}/history?limit=2`)).json();
  const rest = (await ask('GET', `/v1/reviews/${id}/history?limit=2&cursor=${first.nextCursor}`)).json();
  expect([...first.items, ...rest.items]).toEqual(history.items);
  expect(rest.nextCursor).toBeNull();
});

test('undo takes each grade back exactly, until none is left', async () => {
  const review = await make();
  const states = [(await ask('GET', `/v1/reviews/${review.id}`)).json()];
  for (const how of ['good', 'good', 'hard', 'again', 'easy']) {
    await scene.later(3 * DAY);
    states.push((await grade(review.id, how)).json());
  }
  const memory = (state: Record<string, unknown>) => {
    const { version: _v, updatedAt: _u, next: _n, retrievability: _r, ...rest } = state;
    return rest;
  };
  for (const before of states.slice(0, -1).toReversed()) {
    expect(memory((await ask('POST', `/v1/reviews/${review.id}/undo`)).json())).toEqual(memory(before));
  }
  const none = await ask('POST', `/v1/reviews/${review.id}/undo`);
  expect([none.statusCode, none.json().type]).toEqual([
    422,
    'https://spacedly.dev/problems/review-nothing-to-undo',
  ]);
  expect((await ask('GET', `/v1/reviews/${review.id}/history`)).json().items).toEqual([]);
});

test('of 50 parallel grades with the same If-Match one counts', async () => {
  const { id } = await make();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => grade(id, 'good', { 'if-match': '"1"' })),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(49);
  expect((await ask('GET', `/v1/reviews/${id}/history`)).json().items).toHaveLength(1);
  expect((await ask('GET', `/v1/reviews/${id}`)).json()).toMatchObject({ reps: 1, version: 2 });
});

test('50 parallel grades without If-Match all count, one after the other', async () => {
  const { id } = await make();
  await Promise.all(Array.from({ length: 50 }, () => grade(id, 'again')));
  expect((await ask('GET', `/v1/reviews/${id}`)).json()).toMatchObject({ reps: 50, version: 51 });
  expect((await ask('GET', `/v1/reviews/${id}/history?limit=100`)).json().items).toHaveLength(50);
});

test('a repeated key neither makes nor grades twice', async () => {
  const { id: taskId } = await makeTask();
  const key = { 'idempotency-key': randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask('POST', '/v1/reviews', { taskId }, key)),
  );
  expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
  expect(answers[0]?.statusCode).toBe(201);
  expect((await ask('POST', '/v1/reviews', { taskId, desiredRetention: 0.8 }, key)).statusCode).toBe(422);
  const again = await ask('POST', '/v1/reviews', { taskId });
  expect([again.statusCode, again.json().type]).toEqual([409, 'https://spacedly.dev/problems/review-exists']);
  const { id } = answers.map((answer) => answer.json())[0] as { id: string };
  const gradeKey = { 'idempotency-key': randomUUID() };
  await Promise.all(Array.from({ length: 10 }, () => grade(id, 'good', gradeKey)));
  expect((await ask('GET', `/v1/reviews/${id}`)).json().reps).toBe(1);
});

test('a suspended review is left out and cannot be graded', async () => {
  const { id } = await make();
  const suspended = (await ask('POST', `/v1/reviews/${id}/suspend`)).json();
  expect(suspended.suspendedAt).toBe(scene.now().toISOString());
  expect((await ask('POST', `/v1/reviews/${id}/suspend`)).json().version).toBe(suspended.version);
  expect((await ask('GET', '/v1/reviews/due')).json().items).toEqual([]);
  expect((await grade(id, 'good')).statusCode).toBe(422);
  const resumed = (await ask('POST', `/v1/reviews/${id}/resume`)).json();
  expect(resumed.suspendedAt).toBeNull();
  expect((await ask('GET', '/v1/reviews/due')).json().items).toHaveLength(1);
});

test('PATCH changes prompts and retention; DELETE ends it and keeps the statistics', async () => {
  const { id } = await make();
  const changed = await ask('PATCH', `/v1/reviews/${id}`, { desiredRetention: 0.95 }, { 'if-match': '"1"' });
  expect(changed.json()).toMatchObject({ desiredRetention: 0.95, version: 2 });
  await grade(id, 'good');
  expect((await ask('DELETE', `/v1/reviews/${id}`, undefined, { 'if-match': '"1"' })).statusCode).toBe(412);
  expect((await ask('DELETE', `/v1/reviews/${id}`)).statusCode).toBe(204);
  expect((await ask('GET', `/v1/reviews/${id}`)).statusCode).toBe(404);
  expect((await ask('GET', '/v1/analytics/streaks')).json().active).toBe(1);
});

test('the reviews of a deleted task are gone', async () => {
  const review = await make();
  await ask('DELETE', `/v1/tasks/${review.taskId}`);
  expect((await ask('GET', `/v1/reviews/${review.id}`)).statusCode).toBe(404);
  expect((await grade(review.id, 'good')).statusCode).toBe(404);
  expect((await ask('GET', '/v1/reviews/due')).json().counts).toEqual({ new: 0, reviews: 0, postponed: 0 });
  expect((await ask('GET', '/v1/reviews')).json().items).toEqual([]);
});

type Method = Parameters<Scene['ask']>[0];
const routes: [Method, string, object?][] = [
  ['GET', ''],
  ['PATCH', '', { desiredRetention: 0.8 }],
  ['DELETE', ''],
  ['POST', '/grade', { grade: 'good' }],
  ['POST', '/undo'],
  ['POST', '/suspend'],
  ['POST', '/resume'],
  ['GET', '/history'],
];

test('nobody else can see or touch a review', async () => {
  const review = await make();
  for (const [method, suffix, body] of routes) {
    const answer = await ask(method, `/v1/reviews/${review.id}${suffix}`, body, stranger.headers);
    expect([suffix, answer.statusCode]).toEqual([suffix, 404]);
  }
  const ofTask = await ask('POST', '/v1/reviews', { taskId: review.taskId }, stranger.headers);
  expect(ofTask.statusCode).toBe(404);
  expect((await ask('GET', '/v1/reviews', undefined, stranger.headers)).json().items).toEqual([]);
  expect((await ask('GET', `/v1/reviews/${review.id}`)).json()).toMatchObject({ version: 1, reps: 0 });
});

test('every route needs a token', async () => {
  const id = randomUUID();
  const all: [Method, string][] = [
    ['GET', '/v1/reviews'],
    ['POST', '/v1/reviews'],
    ['GET', '/v1/reviews/due'],
    ['GET', '/v1/reviews/forecast'],
    ['GET', '/v1/reviews/settings'],
    ['PUT', '/v1/reviews/settings'],
    ...routes.map(([method, suffix]): [Method, string] => [method, `/v1/reviews/${id}${suffix}`]),
  ];
  for (const [method, url] of all) expect((await scene.t.app.inject({ method, url })).statusCode).toBe(401);
});

test.each([
  ['no task', {}],
  ['no id', { taskId: 'x' }],
  ['too little retention', { desiredRetention: 0.69 }],
  ['too much retention', { desiredRetention: 0.98 }],
  ['retention as text', { desiredRetention: '0.9' }],
  ['an unknown field', { stabilityDays: 400 }],
  ['a user id', { userId: randomUUID() }],
  ['a state', { state: 'review' }],
  ['51 prompts', { prompts: Array(51).fill({ question: 'a', answer: 'b' }) }],
  ['a prompt without question', { prompts: [{ question: ' ', answer: 'b' }] }],
  ['NUL in an answer', { prompts: [{ question: 'a', answer: '\u0000' }] }],
  ['an extra field in a prompt', { prompts: [{ question: 'a', answer: 'b', html: 'c' }] }],
])('refuses %s', async (name, body) => {
  const taskId = name.startsWith('no ') ? {} : { taskId: randomUUID() };
  const answer = await ask('POST', '/v1/reviews', { ...taskId, ...body });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors.length).toBeGreaterThan(0);
});

test.each([
  [{}],
  [{ grade: 'manual' }],
  [{ grade: 3 }],
  [{ grade: 'good', durationMs: -1 }],
  [{ grade: 'good', durationMs: 1.5 }],
  [{ grade: 'good', durationMs: 3_600_001 }],
  [{ grade: 'good', durationMs: '9' }],
  [{ grade: 'good', reviewedAt: '2020-01-01T00:00:00Z' }],
  [[]],
])('a grade refuses %j', async (body) => {
  const { id } = await make();
  expect((await ask('POST', `/v1/reviews/${id}/grade`, body)).statusCode).toBe(400);
  expect((await ask('GET', `/v1/reviews/${id}`)).json().reps).toBe(0);
});

test('lists page by newest, by task and by state', async () => {
  const made = [];
  for (let index = 0; index < 5; index += 1) {
    await scene.later(1_000);
    made.unshift((await make({}, { title: `T${index}` })).id);
  }
  await grade(made[0], 'good');
  const list = async (query: string) => {
    const { items, nextCursor } = (await ask('GET', `/v1/reviews?${query}`)).json();
    return { ids: items.map(({ id }: { id: string }) => id), nextCursor };
  };
  const first = await list('limit=2');
  expect(first.ids).toEqual(made.slice(0, 2));
  expect((await list(`limit=100&cursor=${first.nextCursor}`)).ids).toEqual(made.slice(2));
  expect((await list('state=learning')).ids).toEqual([made[0]]);
  expect((await list(`taskId=${randomUUID()}`)).ids).toEqual([]);
  expect((await ask('GET', '/v1/reviews?cursor=x')).statusCode).toBe(400);
});
