import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import type { SignedUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';

let scene: Scene;
let stranger: SignedUp;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  stranger = await scene.newPerson();
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const add = async (body: object) => (await ask('POST', '/v1/tasks', { title: 'x', ...body })).json();
const calendar = async (query: string) => (await ask('GET', `/v1/calendar?${query}`)).json();
const march = 'from=2027-03-01&to=2027-03-31';

interface Item {
  kind: string;
  id: string;
  title: string;
  start: string;
  day: string;
}

/** One item of each kind: a timed task with a reminder, a day task with a review, an exam. */
async function fill() {
  const timed = await add({ title: 'Timed', dueDate: '2027-03-10T23:30:00.000Z', estimateMinutes: 45 });
  const allDay = await add({ title: 'All day', dueDay: '2027-03-12', category: 'Maths' });
  await add({ title: 'Someday' });
  const scheduledAt = '2027-03-10T22:00:00.000Z';
  const reminder = (await ask('POST', '/v1/reminders', { taskId: timed.id, scheduledAt })).json();
  const review = (await ask('POST', '/v1/reviews', { taskId: allDay.id })).json();
  const exam = (
    await ask('PUT', '/v1/exams', { name: 'Finals', day: '2027-03-20', category: 'Maths' })
  ).json();
  return { timed, allDay, reminder, review, exam };
}

test('shows tasks, reminders, reviews and exams by time in the zone of the person', async () => {
  const { timed, allDay, reminder, review, exam } = await fill();
  const brief = ({ items }: { items: Item[] }) =>
    items.map(({ kind, id, day, start }) => [kind, id, day, start]);
  expect(brief(await calendar(march))).toEqual([
    ['review', review.id, '2027-03-03', review.dueAt],
    ['reminder', reminder.id, '2027-03-10', '2027-03-10T22:00:00.000Z'],
    ['task', timed.id, '2027-03-10', '2027-03-10T23:30:00.000Z'],
    ['task', allDay.id, '2027-03-12', '2027-03-12T00:00:00.000Z'],
    ['exam', exam.id, '2027-03-20', '2027-03-20T00:00:00.000Z'],
  ]);
  await scene.moveTo('Europe/Berlin');
  const inBerlin = brief(await calendar(march));
  expect(inBerlin.slice(2)).toEqual([
    ['task', timed.id, '2027-03-11', '2027-03-10T23:30:00.000Z'],
    ['task', allDay.id, '2027-03-12', '2027-03-11T23:00:00.000Z'],
    ['exam', exam.id, '2027-03-20', '2027-03-19T23:00:00.000Z'],
  ]);
  expect(brief(await calendar('from=2027-03-12&to=2027-03-12'))).toEqual([inBerlin[3]]);
  expect(brief(await calendar('from=2027-03-11T00:00:00Z&to=2027-03-12T00:00:00Z'))).toEqual([inBerlin[3]]);
  const item = (await calendar(march)).items.find(({ id }: Item) => id === timed.id);
  expect(item).toEqual({
    kind: 'task',
    id: timed.id,
    title: 'Timed',
    allDay: false,
    start: '2027-03-10T23:30:00.000Z',
    day: '2027-03-11',
    status: 'todo',
    taskId: timed.id,
    minutes: 45,
    recurring: false,
    projected: false,
    version: 1,
  });
});

test('pages meet every item once', async () => {
  await fill();
  const whole = (await calendar(march)).items;
  const seen: Item[] = [];
  let cursor = '';
  do {
    const page = await calendar(`${march}&limit=2${cursor}`);
    seen.push(...page.items);
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  expect(seen).toEqual(whole);
});

test('nothing of a deleted task, a suspended review or of others is shown', async () => {
  const { timed, review } = await fill();
  await ask('DELETE', `/v1/tasks/${timed.id}`);
  await ask('POST', `/v1/reviews/${review.id}/suspend`);
  expect((await calendar(march)).items.map(({ kind }: Item) => kind)).toEqual(['task', 'exam']);
  expect((await ask('GET', `/v1/calendar?${march}`, undefined, stranger.headers)).json().items).toEqual([]);
});

test.each([
  '',
  'from=2027-03-01',
  'from=2027-03-02&to=2027-03-01',
  'from=2027-03-01&to=2028-03-03',
  'from=2027-02-30&to=2027-03-01',
  'from=x&to=y',
  'from=0000-01-01&to=0000-01-02',
  `${march}&limit=0`,
  `${march}&limit=2001`,
  `${march}&cursor=x`,
  `${march}&unknown=1`,
  `${march}&from=2027-03-02`,
])('refuses "%s"', async (query) => {
  const answer = await ask('GET', `/v1/calendar?${query}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors[0].path).toMatch(/^query\./);
});

const move = (kind: string, id: string, body: object, headers: Record<string, string> = {}) =>
  ask('PATCH', `/v1/calendar/${kind}/${id}`, body, headers);

test('moves each kind to an instant or a day', async () => {
  const { timed, allDay, reminder, review, exam } = await fill();
  const moved = await move('task', timed.id, { day: '2027-03-15' }, { 'if-match': '"1"' });
  expect(moved.json()).toMatchObject({ kind: 'task', allDay: true, day: '2027-03-15', version: 2 });
  expect(moved.headers.etag).toBe('"2"');
  expect((await ask('GET', `/v1/tasks/${timed.id}`)).json()).toMatchObject({
    dueDay: '2027-03-15',
    dueDate: null,
  });
  const start = '2027-03-16T08:00:00.000Z';
  expect((await move('task', allDay.id, { start })).json()).toMatchObject({ allDay: false, start });
  expect((await move('reminder', reminder.id, { day: '2027-03-17' })).json()).toMatchObject({
    start: '2027-03-17T22:00:00.000Z',
    status: 'pending',
  });
  expect((await move('review', review.id, { start })).json()).toMatchObject({ kind: 'review', start });
  expect((await ask('GET', `/v1/reviews/${review.id}`)).json()).toMatchObject({ dueAt: start, state: 'new' });
  expect((await move('exam', exam.id, { day: '2027-03-25' })).json()).toMatchObject({
    day: '2027-03-25',
    allDay: true,
  });
});

test('a move is refused as a change of the thing itself would be', async () => {
  const { timed, reminder, review, exam } = await fill();
  const past = '2020-01-01T00:00:00.000Z';
  for (const [kind, id] of [
    ['task', timed.id],
    ['reminder', reminder.id],
    ['review', review.id],
    ['exam', exam.id],
  ] as const) {
    expect((await move(kind, id, { day: '2027-03-15' }, { 'if-match': '"99"' })).statusCode).toBe(412);
    expect((await move(kind, randomUUID(), { day: '2027-03-15' })).statusCode).toBe(404);
    expect((await move(kind, id, { day: '2027-03-15' }, stranger.headers)).statusCode).toBe(404);
    for (const body of [
      {},
      { day: 'x' },
      { day: '2027-03-15', start: past },
      { start: 1 },
      { status: 'done' },
    ]) {
      expect((await move(kind, id, body)).statusCode).toBe(400);
    }
  }
  expect((await move('reminder', reminder.id, { start: past })).statusCode).toBe(422);
  expect((await move('exam', exam.id, { day: '2020-01-01' })).statusCode).toBe(422);
  await ask('POST', `/v1/reminders/${reminder.id}/skip`);
  expect((await move('reminder', reminder.id, { day: '2027-03-15' })).statusCode).toBe(422);
  expect((await move('holiday', exam.id, { day: '2027-03-15' })).statusCode).toBe(400);
});

test('of 50 parallel moves with the same If-Match one wins', async () => {
  const { id } = await add({ dueDay: '2027-03-12' });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      move('task', id, { day: `2027-04-${String((n % 28) + 1).padStart(2, '0')}` }, { 'if-match': '"1"' }),
    ),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(49);
});

test('the calendar needs a token', async () => {
  const { app } = scene.t;
  expect((await app.inject(`/v1/calendar?${march}`)).statusCode).toBe(401);
  const url = `/v1/calendar/task/${randomUUID()}`;
  expect((await app.inject({ method: 'PATCH', url, payload: { day: '2027-03-15' } })).statusCode).toBe(401);
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    expect((await app.inject({ method, url: '/v1/calendar/feed' })).statusCode).toBe(401);
  }
});
