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
const inDays = (days: number) => addDays(scene.now().toISOString().slice(0, 10), days);
const put = async (body: object = {}) =>
  (await ask('PUT', '/v1/exams', { name: 'Finals', day: inDays(20), category: 'Maths', ...body })).json();
const patch = (id: string, body: object, headers: Record<string, string> = {}) =>
  ask('PATCH', `/v1/exams/${id}`, body, headers);

test('renames an exam, moves it and changes what it asks for', async () => {
  const { id: taskId } = (await ask('POST', '/v1/tasks', { title: 'Item', labels: ['exam'] })).json();
  await ask('POST', '/v1/reviews', { taskId });
  const { id, forecast } = await put();
  expect(forecast.items).toBe(0);
  const renamed = await patch(id, { name: 'Final exam' }, { 'if-match': '"1"' });
  expect(renamed.json()).toMatchObject({
    id,
    name: 'Final exam',
    day: inDays(20),
    category: 'Maths',
    version: 2,
  });
  expect(renamed.headers.etag).toBe('"2"');
  const other = (await patch(id, { label: 'exam', day: inDays(3), targetRetention: 0.8 })).json();
  expect(other).toMatchObject({ category: null, label: 'exam', day: inDays(3), targetRetention: 0.8 });
  expect(other.forecast.items).toBe(1);
  expect((await patch(id, { category: 'Work' })).json()).toMatchObject({ category: 'Work', label: null });
  expect((await ask('GET', '/v1/exams')).json().items).toHaveLength(1);
});

test('a name belongs to one exam, also when many ask at once', async () => {
  const ids = await Promise.all(['A', 'B', 'C', 'D'].map(async (name) => (await put({ name })).id));
  const answers = await Promise.all(ids.map((id) => patch(id, { name: 'Race' })));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
  expect(answers.find(({ statusCode }) => statusCode === 409)?.json().type).toBe(
    'https://spacedly.dev/problems/exam-name-taken',
  );
});

test('what is over can be renamed, but nothing moves into the past', async () => {
  const { id } = await put({ day: inDays(1) });
  await scene.later(3 * 86_400_000);
  expect((await patch(id, { name: 'Was' })).statusCode).toBe(200);
  const past = await patch(id, { day: inDays(-1) });
  expect([past.statusCode, past.json().errors[0].path]).toEqual([422, 'body.day']);
});

test.each([
  ['nothing', {}],
  ['both scopes', { category: 'a', label: 'b' }],
  ['no name', { name: ' ' }],
  ['null', { name: null }],
  ['30 February', { day: '2027-02-30' }],
  ['a target of 1', { targetRetention: 1 }],
  ['an unknown field', { version: 3 }],
])('refuses %s', async (_name, body) => {
  const { id } = await put();
  expect((await patch(id, body)).statusCode).toBe(400);
});

test('a stale version is refused, and nobody else changes an exam', async () => {
  const { id } = await put();
  expect((await patch(id, { name: 'x' }, { 'if-match': '"7"' })).statusCode).toBe(412);
  expect((await patch(id, { name: 'x' }, stranger.headers)).statusCode).toBe(404);
  expect((await patch(randomUUID(), { name: 'x' })).statusCode).toBe(404);
  const url = `/v1/exams/${id}`;
  expect((await scene.t.app.inject({ method: 'PATCH', url, payload: { name: 'x' } })).statusCode).toBe(401);
});
