import { authService } from '@spacedly/auth';
import { publishedEvents } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const add = async (body: object) => {
  const answer = await ask('POST', '/v1/tasks', { title: 'Water plants', ...body });
  expect(answer.statusCode).toBe(201);
  return answer.json();
};
const complete = (id: string) => ask('POST', `/v1/tasks/${id}/complete`);
const seriesOf = async (seriesId: string) =>
  (await ask('GET', `/v1/tasks?seriesId=${seriesId}&sort=due`)).json().items;
const openOf = async (seriesId: string) => {
  const items = (await ask('GET', `/v1/tasks?seriesId=${seriesId}&status=todo`)).json().items;
  expect(items).toHaveLength(1);
  return items[0];
};
const daily = { rrule: 'FREQ=DAILY', anchor: 'due' };

test('completing logs the occurrence and makes the next one', async () => {
  const full = {
    category: 'Home',
    labels: ['green'],
    priority: 'high',
    estimateMinutes: 5,
    description: 'All of them',
  };
  const task = await add({ ...full, dueDay: '2027-03-05', recurrence: { rrule: 'rrule:freq=weekly' } });
  expect(task).toMatchObject({ recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due' }, seriesId: task.id });
  const done = (await complete(task.id)).json();
  expect(done).toMatchObject({ id: task.id, status: 'completed', dueDay: '2027-03-05', recurrence: null });
  const next = await openOf(task.id);
  expect(next).toMatchObject({
    ...full,
    title: task.title,
    dueDay: '2027-03-12',
    recurrence: task.recurrence,
  });
  expect(next.position).toBe(task.position);
  expect(next.version).toBe(1);
  const told = (await publishedEvents(scene.t.platform, 'task.completed')).map(({ taskId }) => taskId);
  expect(told.filter((id) => id === task.id)).toHaveLength(1);
  expect(told).not.toContain(next.id);
});

test('50 completions at once make one next occurrence, and so does saying it by PATCH again', async () => {
  const task = await add({ dueDay: '2027-03-05', recurrence: daily });
  const answers = await Promise.all(Array.from({ length: 50 }, () => complete(task.id)));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  await ask('PATCH', `/v1/tasks/${task.id}`, { status: 'completed' });
  await ask('POST', `/v1/tasks/${task.id}/reopen`);
  await complete(task.id);
  expect((await seriesOf(task.id)).map(({ dueDay }: { dueDay: string }) => dueDay)).toEqual([
    '2027-03-05',
    '2027-03-06',
  ]);
});

test('nine in the morning stays nine where clocks go forward, in the zone of the person', async () => {
  await scene.moveTo('Europe/Berlin');
  const task = await add({ dueDate: '2027-03-26T08:00:00Z', recurrence: daily });
  for (let day = 0; day < 3; day += 1) await complete((await openOf(task.id)).id);
  expect((await seriesOf(task.id)).map(({ dueDate }: { dueDate: string }) => dueDate)).toEqual([
    '2027-03-26T08:00:00.000Z',
    '2027-03-27T08:00:00.000Z',
    '2027-03-28T07:00:00.000Z',
    '2027-03-29T07:00:00.000Z',
  ]);
});

test('completing never ends a series, but COUNT and UNTIL do', async () => {
  const endless = await add({ dueDay: '2027-03-05', recurrence: daily });
  for (let done = 0; done < 12; done += 1) await complete((await openOf(endless.id)).id);
  expect(await openOf(endless.id)).toMatchObject({ dueDay: '2027-03-17' });
  for (const rrule of ['FREQ=DAILY;COUNT=2', 'FREQ=DAILY;UNTIL=20270306T235959Z']) {
    const task = await add({ dueDay: '2027-03-05', recurrence: { rrule } });
    await complete(task.id);
    const last = await openOf(task.id);
    await complete(last.id);
    expect((await seriesOf(task.id)).map(({ status }: { status: string }) => status)).toEqual([
      'completed',
      'completed',
    ]);
  }
});

test('from the completion: the rule starts anew that day', async () => {
  const task = await add({
    dueDay: '2027-03-05',
    recurrence: { rrule: 'FREQ=DAILY;INTERVAL=10', anchor: 'completion' },
  });
  await complete(task.id);
  expect((await openOf(task.id)).dueDay).toBe('2027-03-13');
});

test('without a date the rule gives one, or says why it cannot', async () => {
  expect(await add({ recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=FR' } })).toMatchObject({
    dueDay: '2027-03-05',
  });
  const undated = await add({});
  const patched = await ask('PATCH', `/v1/tasks/${undated.id}`, {
    recurrence: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=1' },
  });
  expect(patched.json()).toMatchObject({ dueDay: '2027-04-01', seriesId: undated.id });
  const cleared = await ask('PATCH', `/v1/tasks/${undated.id}`, { dueDay: null });
  expect(cleared.statusCode).toBe(422);
  for (const recurrence of [{ rrule: 'FREQ=HOURLY' }, { rrule: 'FREQ=DAILY;UNTIL=20200101' }]) {
    const answer = await ask('POST', '/v1/tasks', { title: 'x', recurrence });
    expect([answer.statusCode, answer.json().detail.length > 20]).toEqual([422, true]);
  }
});

test.each([
  ['no rule', {}],
  ['a text', 'FREQ=DAILY'],
  ['words', { rrule: 'every day' }],
  ['no frequency', { rrule: 'INTERVAL=2' }],
  ['seconds', { rrule: 'FREQ=SECONDLY' }],
  ['an unknown part', { rrule: 'FREQ=DAILY;RSCALE=CHINESE' }],
  ['a second line', { rrule: 'FREQ=DAILY\nEXDATE:20270101' }],
  ['NUL', { rrule: 'FREQ=DAILY\u0000' }],
  ['an unknown anchor', { rrule: 'FREQ=DAILY', anchor: 'start' }],
  ['its state', { rrule: 'FREQ=DAILY', index: 5 }],
  ['501 characters', { rrule: `FREQ=DAILY;BYMONTH=${'1,'.repeat(250)}1` }],
])('a recurrence of %s is refused', async (_name, recurrence) => {
  const answer = await ask('POST', '/v1/tasks', { title: 'x', dueDay: '2027-03-05', recurrence });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors[0].path).toMatch(/^body\.recurrence/);
});

test('a rule sent back unchanged goes on counting; a moved date is of this occurrence alone', async () => {
  const task = await add({ dueDay: '2027-03-05', recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' } });
  await complete(task.id);
  const second = await openOf(task.id);
  await ask('PATCH', `/v1/tasks/${second.id}`, { recurrence: second.recurrence, title: 'Water all plants' });
  await ask('PATCH', `/v1/tasks/${second.id}`, { dueDay: '2027-03-14' });
  await complete(second.id);
  const third = await openOf(task.id);
  expect(third).toMatchObject({ title: 'Water all plants', dueDay: '2027-03-19' });
  await complete(third.id);
  expect(await seriesOf(task.id)).toHaveLength(3);
});

test('reminders come as long before the next occurrence; sent and absolute ones too', async () => {
  await scene.moveTo('Europe/Berlin');
  const task = await add({ dueDate: '2027-03-27T08:00:00Z', recurrence: daily });
  await ask('POST', '/v1/reminders', { taskId: task.id, offsetMinutes: 30, type: 'push' });
  await ask('POST', '/v1/reminders', {
    taskId: task.id,
    scheduledAt: '2027-03-26T19:00:00Z',
    message: 'Tomorrow',
  });
  await complete(task.id);
  const { reminders } = await openOf(task.id);
  expect(reminders).toMatchObject([
    { scheduledAt: '2027-03-27T19:00:00.000Z', message: 'Tomorrow', status: 'pending', offsetMinutes: null },
    { scheduledAt: '2027-03-28T06:30:00.000Z', type: 'push', status: 'pending', offsetMinutes: 30 },
  ]);
});

test('subtasks: what is open goes along, what was done is there again', async () => {
  const task = await add({ dueDay: '2027-03-05', recurrence: daily });
  const open = await add({ title: 'Balcony', parentId: task.id });
  const done = await add({ title: 'Kitchen', parentId: task.id, dueDay: '2027-03-04' });
  await complete(done.id);
  await complete(task.id);
  const next = await openOf(task.id);
  const under = async (id: string) =>
    (await ask('GET', `/v1/tasks?parentId=${id}&sort=position`))
      .json()
      .items.map((item: { id: string; title: string; status: string; dueDay: string | null }) => [
        item.title,
        item.status,
        item.dueDay,
      ]);
  expect(await under(task.id)).toEqual([['Kitchen', 'completed', '2027-03-04']]);
  expect(await under(next.id)).toEqual([
    ['Balcony', 'todo', null],
    ['Kitchen', 'todo', '2027-03-05'],
  ]);
  const undone = await ask('POST', `/v1/tasks/${task.id}/undo`);
  expect(undone.json()).toMatchObject({ status: 'todo', recurrence: { rrule: 'FREQ=DAILY', anchor: 'due' } });
  expect(await under(task.id)).toEqual([
    ['Balcony', 'todo', null],
    ['Kitchen', 'completed', '2027-03-04'],
  ]);
  expect((await ask('GET', `/v1/tasks/${next.id}`)).statusCode).toBe(404);
  expect((await ask('GET', `/v1/tasks/${open.id}`)).json().parentId).toBe(task.id);
});

test('the review goes along and comes back', async () => {
  const task = await add({ dueDay: '2027-03-05', recurrence: daily });
  const review = (await ask('POST', '/v1/reviews', { taskId: task.id })).json();
  await complete(task.id);
  const next = await openOf(task.id);
  expect((await ask('GET', `/v1/reviews/${review.id}`)).json().taskId).toBe(next.id);
  expect((await ask('POST', `/v1/tasks/${task.id}/undo`)).statusCode).toBe(200);
  expect((await ask('GET', `/v1/reviews/${review.id}`)).json().taskId).toBe(task.id);
});

test('a completion whose next occurrence was changed is not taken back', async () => {
  const task = await add({ dueDay: '2027-03-05', recurrence: daily });
  await complete(task.id);
  await ask('PATCH', `/v1/tasks/${(await openOf(task.id)).id}`, { title: 'Something else' });
  expect((await ask('POST', `/v1/tasks/${task.id}/undo`)).statusCode).toBe(422);
  expect(await seriesOf(task.id)).toHaveLength(2);
});
