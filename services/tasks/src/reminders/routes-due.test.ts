import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import { publishedEvents, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';
import { dispatchDue } from './dispatch.ts';
import { REMINDERS_CHANNEL } from './store.ts';

const HOUR = 3_600_000;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const inHours = (hours: number) => new Date(scene.now().getTime() + hours * HOUR).toISOString();
const add = async (body: object = {}) => (await ask('POST', '/v1/tasks', { title: 'x', ...body })).json();
const remind = (taskId: string, body: object) => ask('POST', '/v1/reminders', { taskId, ...body });
const remindersOf = async (id: string) => (await ask('GET', `/v1/tasks/${id}`)).json().reminders;
const dispatch = () => {
  const { database, outbox } = scene.t.platform;
  return dispatchDue({ db: database.db, outbox, now: scene.now });
};

describe('reminders that count from the due date', () => {
  test('come so many minutes before it, and follow it', async () => {
    const task = await add({ dueDate: inHours(10) });
    const made = await remind(task.id, { offsetMinutes: 90 });
    expect([made.statusCode, made.json()]).toMatchObject([
      201,
      { scheduledAt: inHours(8.5), offsetMinutes: 90 },
    ]);
    await ask('PATCH', `/v1/tasks/${task.id}`, { dueDate: inHours(20) });
    expect(await remindersOf(task.id)).toMatchObject([
      { scheduledAt: inHours(18.5), status: 'pending', version: 2 },
    ]);
    await ask('PATCH', `/v1/tasks/${task.id}`, { title: 'y' });
    expect(await remindersOf(task.id)).toMatchObject([{ version: 2 }]);
  });

  test('one that was sent waits again for the new date', async () => {
    const task = await add({ dueDate: inHours(2) });
    const { id } = (await remind(task.id, { offsetMinutes: 60 })).json();
    await scene.later(1.5 * HOUR);
    await dispatch();
    expect(await remindersOf(task.id)).toMatchObject([{ status: 'sent' }]);
    await ask('PATCH', `/v1/tasks/${task.id}`, { dueDate: inHours(5) });
    expect(await remindersOf(task.id)).toMatchObject([
      { status: 'pending', sentAt: null, scheduledAt: inHours(4) },
    ]);
    await scene.later(4 * HOUR);
    await dispatch();
    const sent = (await publishedEvents(scene.t.platform, 'reminder.due')).filter(
      ({ reminderId }) => reminderId === id,
    );
    expect(sent).toHaveLength(2);
  });

  test('one whose new time is over stays silent; without a due date there is none', async () => {
    const task = await add({ dueDate: inHours(10) });
    await remind(task.id, { offsetMinutes: 120 });
    await ask('PATCH', `/v1/tasks/${task.id}`, { dueDate: inHours(1) });
    expect(await remindersOf(task.id)).toMatchObject([{ status: 'skipped' }]);
    const other = await add({ dueDate: inHours(10) });
    await remind(other.id, { offsetMinutes: 120 });
    await ask('PATCH', `/v1/tasks/${other.id}`, { dueDate: null });
    expect(await remindersOf(other.id)).toMatchObject([{ status: 'skipped' }]);
    expect(await dispatch()).toBe(0);
  });

  test('an all-day task counts from the beginning of its day in the zone of the person', async () => {
    await scene.moveTo('Asia/Tokyo');
    const task = await add({ dueDay: '2027-09-10' });
    expect((await remind(task.id, { offsetMinutes: 60 })).json().scheduledAt).toBe(
      '2027-09-09T14:00:00.000Z',
    );
    await ask('PATCH', `/v1/tasks/${task.id}`, { dueDay: '2027-09-11' });
    expect((await remindersOf(task.id))[0].scheduledAt).toBe('2027-09-10T14:00:00.000Z');
  });

  test('an absolute time lets go of the due date, and an offset takes hold of it', async () => {
    const task = await add({ dueDate: inHours(10) });
    const { id } = (await remind(task.id, { scheduledAt: inHours(1) })).json();
    const held = await ask('PATCH', `/v1/reminders/${id}`, { offsetMinutes: 30 });
    expect(held.json()).toMatchObject({ scheduledAt: inHours(9.5), offsetMinutes: 30 });
    const free = await ask('PATCH', `/v1/reminders/${id}`, { scheduledAt: inHours(3) });
    expect(free.json()).toMatchObject({ scheduledAt: inHours(3), offsetMinutes: null });
    await ask('PATCH', `/v1/tasks/${task.id}`, { dueDate: inHours(30) });
    expect((await remindersOf(task.id))[0].scheduledAt).toBe(inHours(3));
  });

  test('cannot be where there is no due date, or in the past', async () => {
    const undated = await add();
    expect((await remind(undated.id, { offsetMinutes: 5 })).statusCode).toBe(422);
    const { id } = (await remind(undated.id, { scheduledAt: inHours(1) })).json();
    expect((await ask('PATCH', `/v1/reminders/${id}`, { offsetMinutes: 5 })).statusCode).toBe(422);
    const soon = await add({ dueDate: inHours(1) });
    const late = await remind(soon.id, { offsetMinutes: 61 });
    expect([late.statusCode, late.json().errors[0].path]).toEqual([422, 'body.offsetMinutes']);
    for (const body of [
      {},
      { scheduledAt: inHours(1), offsetMinutes: 5 },
      { offsetMinutes: -1 },
      { offsetMinutes: 0.5 },
      { offsetMinutes: 525_601 },
    ])
      expect((await remind(soon.id, body)).statusCode).toBe(400);
    const both = await ask('PATCH', `/v1/reminders/${id}`, { scheduledAt: inHours(1), offsetMinutes: 5 });
    expect(both.statusCode).toBe(400);
    expect((await remind(randomUUID(), { offsetMinutes: 5 })).statusCode).toBe(404);
  });
});

describe('the reminder a due date brings by itself', () => {
  const settings = (body: object, headers = {}) => ask('PATCH', '/v1/reminders/settings', body, headers);

  test('is on for everybody: one hour before, once, and follows', async () => {
    await settings({ beforeDue: true });
    const task = await add({ dueDate: inHours(10) });
    expect(task.reminders).toMatchObject([
      { scheduledAt: inHours(9), offsetMinutes: 60, type: 'email', status: 'pending' },
    ]);
    expect((await ask('GET', `/v1/tasks/${task.id}`)).json()).toEqual(task);
    await ask('PATCH', `/v1/tasks/${task.id}`, { dueDate: inHours(20) });
    expect(await remindersOf(task.id)).toMatchObject([{ scheduledAt: inHours(19) }]);
    await ask('DELETE', `/v1/reminders/${task.reminders[0].id}`);
    await ask('PATCH', `/v1/tasks/${task.id}`, { dueDate: inHours(30) });
    expect(await remindersOf(task.id)).toEqual([]);
  });

  test('comes with a due date given later; not for a day, not for what is too near, past or done', async () => {
    await settings({ beforeDue: true });
    const later = await add();
    await ask('PATCH', `/v1/tasks/${later.id}`, { dueDate: inHours(10) });
    expect(await remindersOf(later.id)).toHaveLength(1);
    for (const body of [
      { dueDay: '2027-12-01' },
      { dueDate: inHours(0.5) },
      { dueDate: inHours(-5) },
      { dueDate: inHours(10), status: 'completed' },
    ])
      expect((await add(body)).reminders).toEqual([]);
  });

  test('each person chooses when, how and whether', async () => {
    expect((await ask('GET', '/v1/reminders/settings')).json()).toMatchObject({
      beforeDue: false,
      offsetMinutes: 60,
    });
    const changed = await settings(
      { beforeDue: true, offsetMinutes: 15, type: 'push' },
      { 'if-match': '"1"' },
    );
    expect(changed.json()).toEqual({ beforeDue: true, offsetMinutes: 15, type: 'push', version: 2 });
    expect(changed.headers.etag).toBe('"2"');
    expect((await settings({ beforeDue: false }, { 'if-match': '"1"' })).statusCode).toBe(412);
    expect((await add({ dueDate: inHours(10) })).reminders).toMatchObject([
      { scheduledAt: inHours(9.75), type: 'push' },
    ]);
    await settings({ beforeDue: false });
    expect((await add({ dueDate: inHours(10) })).reminders).toEqual([]);
    for (const body of [
      {},
      { beforeDue: 1 },
      { offsetMinutes: -1 },
      { type: 'pigeon' },
      { digest: true },
      { userId: randomUUID() },
    ])
      expect((await settings(body)).statusCode).toBe(400);
  });

  test('who has set nothing has version 0, whatever happens at once', async () => {
    const { t } = scene;
    const { signUp } = await import('@spacedly/kit/testing');
    scene.person = await signUp(t);
    const found = await ask('GET', '/v1/reminders/settings');
    expect([found.json(), found.headers.etag]).toEqual([
      { beforeDue: true, offsetMinutes: 60, type: 'email', version: 0 },
      '"0"',
    ]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => settings({ offsetMinutes: index }, { 'if-match': '"0"' })),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(19);
  });

  test('settings need a token', async () => {
    for (const method of ['GET', 'PATCH'] as const)
      expect((await scene.t.app.inject({ method, url: '/v1/reminders/settings' })).statusCode).toBe(401);
  });
});

test('a new task wakes the dispatchers when its reminder is near, and else leaves them alone', async () => {
  const heard: string[] = [];
  await ask('PATCH', '/v1/reminders/settings', { beforeDue: true });
  await scene.t.platform.signals.subscribe(REMINDERS_CHANNEL, (at) => heard.push(at));
  await add({ dueDate: inHours(24) });
  const [near] = (await add({ dueDate: inHours(1.005) })).reminders;
  await waitFor(async () => heard.length > 0, 5_000);
  expect(heard).toEqual([near.scheduledAt]);
});
