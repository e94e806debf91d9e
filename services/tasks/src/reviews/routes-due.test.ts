import { authService } from '@spacedly/auth';
import { publishedEvents } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';
import { giveDueNotices } from './jobs.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([authService, tasksService]);
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const DAY = 86_400_000;
const HOUR = 3_600_000;
const make = async (title = 'Item') => {
  const { id: taskId } = (await ask('POST', '/v1/tasks', { title })).json();
  return (await ask('POST', '/v1/reviews', { taskId })).json();
};
const grade = async (id: string, how: string, durationMs = 6_000) =>
  (await ask('POST', `/v1/reviews/${id}/grade`, { grade: how, durationMs })).json();
const settings = (body: object) => ask('PUT', '/v1/reviews/settings', body);
const due = async () => (await ask('GET', '/v1/reviews/due')).json();

test('daily limits count what was done today, and every day anew', async () => {
  await settings({ newPerDay: 2, reviewsPerDay: 1 });
  for (let n = 0; n < 5; n += 1) await make();
  const first = await due();
  expect([first.items.length, first.counts]).toEqual([2, { new: 2, reviews: 0, postponed: 3 }]);
  for (const { id } of first.items) await grade(id, 'easy');
  expect(await due()).toMatchObject({ items: [], counts: { new: 0, reviews: 0, postponed: 3 } });
  await scene.later(40 * DAY);
  const later = await due();
  expect(later.counts).toEqual({ new: 2, reviews: 1, postponed: 2 });
  expect(later.items.map(({ state }: { state: string }) => state)).toEqual(['review', 'new', 'new']);
});

test('after an absence the most likely remembered comes first', async () => {
  const [weak, strong] = [await make(), await make()];
  await grade(weak.id, 'good');
  await grade(strong.id, 'easy');
  await scene.later(HOUR);
  await grade(weak.id, 'good');
  await scene.later(60 * DAY);
  const { items } = await due();
  expect(items.map(({ id }: { id: string }) => id)).toEqual([strong.id, weak.id]);
  expect(items[0].retrievability).toBeGreaterThan(items[1].retrievability);
});

test('settings have defaults, a version, and are refused when wrong', async () => {
  const found = await ask('GET', '/v1/reviews/settings');
  expect(found.json()).toMatchObject({ newPerDay: 20, reviewsPerDay: 200, version: 0 });
  expect(found.headers.etag).toBe('"0"');
  const put = await ask(
    'PUT',
    '/v1/reviews/settings',
    { newPerDay: 5, easyDays: { sunday: 'none' } },
    { 'if-match': '"0"' },
  );
  expect(put.json()).toMatchObject({ newPerDay: 5, reviewsPerDay: 200, version: 1 });
  expect(put.json().easyDays).toMatchObject({ sunday: 'none', monday: 'normal' });
  expect((await ask('GET', '/v1/reviews/settings')).json()).toEqual(put.json());
  for (const stale of ['"0"', '"7"']) {
    const answer = await ask('PUT', '/v1/reviews/settings', {}, { 'if-match': stale });
    expect(answer.statusCode).toBe(412);
  }
  const race = await Promise.all(
    Array.from({ length: 50 }, () => ask('PUT', '/v1/reviews/settings', {}, { 'if-match': '"1"' })),
  );
  expect(race.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  for (const body of [
    { newPerDay: -1 },
    { newPerDay: 10_000 },
    { reviewsPerDay: 1.5 },
    { easyDays: { caturday: 'none' } },
    { easyDays: { monday: 'lazy' } },
    { version: 9 },
    [],
  ]) {
    expect((await settings(body)).statusCode).toBe(400);
  }
});

test('the forecast spreads within the limits and adds up', async () => {
  await settings({ newPerDay: 2 });
  for (let n = 0; n < 5; n += 1) await make();
  const { days } = (await ask('GET', '/v1/reviews/forecast?days=4')).json();
  expect(days.map(({ reviews }: { reviews: number }) => reviews)).toEqual([2, 2, 1, 0]);
  const date = scene.now().toISOString().slice(0, 10);
  expect(days[0]).toEqual({ date, reviews: 2, minutes: 1, postponed: 3, retention: null });
  const { id } = (await due()).items[0];
  const { dueAt } = await grade(id, 'easy');
  const month = (await ask('GET', '/v1/reviews/forecast')).json().days;
  expect(month).toHaveLength(30);
  const day = month.find((each: { date: string }) => each.date === dueAt.slice(0, 10));
  expect(day).toMatchObject({ reviews: 1, postponed: 0 });
  expect(day.retention).toBeCloseTo(0.9, 1);
  for (const query of ['days=0', 'days=366', 'days=x', 'to=1']) {
    expect((await ask('GET', `/v1/reviews/forecast?${query}`)).statusCode).toBe(400);
  }
});

test('today holds the reviews and says whether the day overflows', async () => {
  const date = (await ask('GET', '/v1/tasks/today')).json().date;
  expect(await make()).toBeTruthy();
  const { id } = await make();
  await grade(id, 'again', 90_000);
  await scene.later(2 * HOUR);
  await ask('POST', '/v1/tasks', { title: 'Essay', dueDay: date, estimateMinutes: 45 });
  const today = async () => (await ask('GET', '/v1/tasks/today')).json();
  expect(await today()).toMatchObject({
    reviewsDue: 2,
    taskMinutes: 45,
    reviewMinutes: 3,
    estimatedMinutes: 48,
    freeMinutes: null,
    overflows: false,
    due: [{ title: 'Essay' }],
  });
  expect((await today()).reviews.map(({ title }: { title: string }) => title)).toEqual(['Item', 'Item']);
  const weekday = new Date(date).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();
  const budget = await ask('PUT', '/v1/tasks/budget', { [weekday]: 47 }, { 'if-match': '"0"' });
  expect(budget.json()).toMatchObject({ [weekday]: 47, version: 1 });
  expect(await today()).toMatchObject({ freeMinutes: 47, overflows: true });
  await ask('PUT', '/v1/tasks/budget', { [weekday]: 48 });
  expect(await today()).toMatchObject({ freeMinutes: 48, overflows: false });
  expect((await ask('PUT', '/v1/tasks/budget', {}, { 'if-match': '"1"' })).statusCode).toBe(412);
  for (const body of [{ monday: -1 }, { monday: 1_441 }, { monday: '60' }, { funday: 1 }, { version: 3 }]) {
    expect((await ask('PUT', '/v1/tasks/budget', body)).statusCode).toBe(400);
  }
  expect((await ask('GET', '/v1/tasks/budget')).json()).toMatchObject({ [weekday]: 48, version: 2 });
});

const zones = { of: async () => 'UTC', languageOf: async () => 'en' as const };
const giveNotices = () => {
  const { database, outbox, log } = scene.t.platform;
  return giveDueNotices({ db: database.db, outbox, zones, now: scene.now }, log);
};
const told = async () =>
  (await publishedEvents(scene.t.platform, 'reviews.due')).filter(
    ({ userId }) => userId === scene.person.user.id,
  );
const toMorning = async () => {
  const at = scene.now();
  const next = Date.parse(`${at.toISOString().slice(0, 10)}T08:00:00.000Z`) + DAY;
  await scene.later(next - at.getTime());
};

test('what is due is told once a day, however many reviews and workers', async () => {
  for (let n = 0; n < 12; n += 1) await make();
  await giveNotices();
  expect(await told()).toEqual([]);
  await toMorning();
  await Promise.all(Array.from({ length: 10 }, giveNotices));
  const day = scene.now().toISOString().slice(0, 10);
  expect(await told()).toEqual([{ userId: scene.person.user.id, count: 12, day }]);
  await make();
  await scene.later(3 * HOUR);
  await giveNotices();
  expect(await told()).toHaveLength(1);
  await toMorning();
  await giveNotices();
  expect(await told()).toHaveLength(2);
});

test('nothing is told where nothing is due', async () => {
  const { id } = await make();
  const { dueAt } = await grade(id, 'easy');
  await toMorning();
  await giveNotices();
  expect(await told()).toEqual([]);
  await scene.later(Date.parse(dueAt) - scene.now().getTime());
  await giveNotices();
  expect(await told()).toMatchObject([{ count: 1 }]);
  const suspended = await make();
  await grade(id, 'easy');
  await ask('POST', `/v1/reviews/${suspended.id}/suspend`);
  await toMorning();
  await giveNotices();
  expect(await told()).toHaveLength(1);
});
