import { authService } from '@spacedly/auth';
import type { SignedUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';

let scene: Scene;
let stranger: SignedUp;
beforeAll(async () => {
  // A Wednesday.
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  stranger = await scene.newPerson();
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const analytics = async () => (await ask('GET', '/v1/analytics')).json();
const add = async (body: object = {}) => (await ask('POST', '/v1/tasks', { title: 'x', ...body })).json();
const complete = (id: string) => ask('POST', `/v1/tasks/${id}/complete`);
const remind = async (taskId: string, inMs: number) => {
  const scheduledAt = new Date(scene.now().getTime() + inMs).toISOString();
  return (await ask('POST', '/v1/reminders', { taskId, scheduledAt })).json();
};

test('somebody new has zeros everywhere', async () => {
  const numbers = await analytics();
  expect(numbers).toMatchObject({
    totalTasks: 0,
    completedTasks: 0,
    completedReminders: 0,
    upcomingReminders: 0,
    overdueReminders: 0,
    categoryData: [],
    reviewRetention: { reviews: 0, remembered: 0, retention: null },
  });
  expect(numbers.statusData).toEqual(
    ['todo', 'in-progress', 'completed'].map((status) => ({ status, count: 0, percent: 0 })),
  );
  expect(numbers.dailyData).toHaveLength(7);
  expect(numbers.weeklyData).toHaveLength(4);
  expect((await ask('GET', '/v1/analytics/streaks')).json()).toEqual({
    active: 0,
    longest: 0,
    freezesLeft: 0,
  });
});

test('counts follow every change at once', async () => {
  const [a, b, c] = [await add({ category: 'Study' }), await add({ category: 'Study' }), await add()];
  await add({ category: 'Work', status: 'in-progress' });
  const [early, late] = [await remind(b.id, HOUR), await remind(c.id, 9 * DAY)];
  expect(await analytics()).toMatchObject({ totalTasks: 4, upcomingReminders: 2, overdueReminders: 0 });
  await complete(a.id);
  await ask('POST', `/v1/reminders/${late.id}/complete`);
  await scene.later(2 * HOUR);
  const numbers = await analytics();
  expect(numbers).toMatchObject({
    totalTasks: 4,
    completedTasks: 1,
    completedReminders: 1,
    upcomingReminders: 0,
    overdueReminders: 1,
    categoryData: [
      { category: 'Study', count: 2, percent: 50 },
      { category: 'Uncategorized', count: 1, percent: 25 },
      { category: 'Work', count: 1, percent: 25 },
    ],
    statusData: [
      { status: 'todo', count: 2, percent: 50 },
      { status: 'in-progress', count: 1, percent: 25 },
      { status: 'completed', count: 1, percent: 25 },
    ],
  });
  expect(numbers.dailyData.at(-1)).toEqual({ date: '2027-03-03', completed: 2, reviewed: 0 });
  await ask('POST', `/v1/reminders/${early.id}/skip`);
  await ask('DELETE', `/v1/tasks/${b.id}`);
  expect(await analytics()).toMatchObject({ totalTasks: 3, overdueReminders: 0 });
  scene.person = stranger;
  await scene.later(0);
  expect(await analytics()).toMatchObject({ totalTasks: 0, completedReminders: 0, categoryData: [] });
});

test('days and weeks are those of the person', async () => {
  const { id } = await add();
  await complete(id);
  await scene.moveTo('Pacific/Kiritimati');
  const numbers = await analytics();
  expect(numbers.timeZone).toBe('Pacific/Kiritimati');
  // 12:00 UTC of the third is 02:00 of the fourth there.
  expect(numbers.dailyData.at(-1)).toMatchObject({ date: '2027-03-04', completed: 1 });
  expect(numbers.weeklyData).toEqual([
    { week: '2027-02-08', completed: 0, reviewed: 0 },
    { week: '2027-02-15', completed: 0, reviewed: 0 },
    { week: '2027-02-22', completed: 0, reviewed: 0 },
    { week: '2027-03-01', completed: 1, reviewed: 0 },
  ]);
  await scene.later(6 * DAY);
  const later = await analytics();
  expect(later.dailyData[0]).toMatchObject({ date: '2027-03-04', completed: 1 });
  expect(later.weeklyData.at(-2)).toMatchObject({ week: '2027-03-01', completed: 1 });
  await scene.later(DAY);
  expect((await analytics()).dailyData.map(({ completed }: { completed: number }) => completed)).toEqual(
    Array(7).fill(0),
  );
});

test('reviews count for streaks, days, the heatmap and retention; an undone one does not', async () => {
  const { id: taskId } = await add();
  const { id } = (await ask('POST', '/v1/reviews', { taskId })).json();
  const grade = (how: string) => ask('POST', `/v1/reviews/${id}/grade`, { grade: how });
  const streak = async () => (await ask('GET', '/v1/analytics/streaks')).json().active;
  await grade('easy');
  expect(await streak()).toBe(1);
  await ask('POST', `/v1/reviews/${id}/undo`);
  expect(await streak()).toBe(0);
  await grade('easy');
  await scene.later(8 * DAY);
  await grade('good');
  await scene.later(DAY);
  await grade('again');
  expect(await streak()).toBe(2);
  const { dailyData, reviewRetention } = await analytics();
  expect(dailyData.map(({ reviewed }: { reviewed: number }) => reviewed)).toEqual([0, 0, 0, 0, 0, 1, 1]);
  expect(reviewRetention).toEqual({ reviews: 2, remembered: 1, retention: 0.5 });
  const heatmap = (await ask('GET', '/v1/analytics/heatmap')).json();
  expect([heatmap.year, heatmap.days.length]).toEqual([2027, 3]);
  expect(heatmap.days.every(({ count }: { count: number }) => count === 1)).toBe(true);
  expect((await ask('GET', '/v1/analytics/heatmap?year=2020')).json().days).toEqual([]);
  for (const query of ['year=x', 'year=1969', 'year=9999', 'year=2020.5', 'years=2020']) {
    expect((await ask('GET', `/v1/analytics/heatmap?${query}`)).statusCode).toBe(400);
  }
});

test('a week of work earns a freeze that bridges a day off', async () => {
  for (let day = 0; day < 7; day += 1) {
    await complete((await add()).id);
    await scene.later(DAY);
  }
  const streaks = async () => (await ask('GET', '/v1/analytics/streaks')).json();
  expect(await streaks()).toEqual({ active: 7, longest: 7, freezesLeft: 1 });
  await scene.later(DAY);
  expect(await streaks()).toEqual({ active: 7, longest: 7, freezesLeft: 0 });
  await complete((await add()).id);
  expect(await streaks()).toEqual({ active: 8, longest: 8, freezesLeft: 0 });
  await scene.later(2 * DAY);
  expect(await streaks()).toEqual({ active: 0, longest: 8, freezesLeft: 0 });
});

test('completing a reminder of the far future keeps the streak', async () => {
  const { id } = await add();
  const reminder = await remind(id, 40 * DAY);
  await ask('POST', `/v1/reminders/${reminder.id}/complete`);
  expect((await ask('GET', '/v1/analytics/streaks')).json()).toMatchObject({ active: 1, longest: 1 });
});

/** The statements about tasks that a request makes. */
async function statementsOf(request: () => Promise<unknown>) {
  const { pool } = scene.t.platform.database;
  const statements: string[] = [];
  const original = pool.query.bind(pool);
  pool.query = ((...args: Parameters<typeof original>) => {
    statements.push(String((args[0] as { text?: string }).text ?? args[0]));
    return original(...args);
  }) as typeof pool.query;
  await request();
  pool.query = original;
  return statements.filter((text) => text.includes('"tasks".'));
}

test.each(['', '/streaks', '/heatmap', '/heatmap?year=2026'])(
  'unchanged numbers are asked for by their version alone, and not sent again: %s',
  async (path) => {
    const get = (headers = {}) => ask('GET', `/v1/analytics${path}`, undefined, headers);
    const { id } = await add({ status: 'in-progress' });
    const first = await get();
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const known = { 'if-none-match': String(first.headers.etag) };
    const statements = await statementsOf(async () => {
      const [again, unchanged] = [await get(), await get(known)];
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([
        200,
        first.body,
        first.headers.etag,
      ]);
      expect([unchanged.statusCode, unchanged.body, unchanged.headers.etag]).toEqual([
        304,
        '',
        first.headers.etag,
      ]);
    });
    expect(statements).toHaveLength(2);
    for (const text of statements) expect(text).not.toMatch(/day_counts|count_changes/);
    await complete(id);
    const changed = await get(known);
    // In 2026 nothing was done.
    expect(changed.statusCode).toBe(path === '/heatmap?year=2026' ? 304 : 200);
    if (changed.statusCode === 200) expect(changed.body).not.toBe(first.body);
    expect((await get({ 'if-none-match': '"x"' })).statusCode).toBe(200);
  },
);

test('an answer to a change is two statements, and one of what was never asked for', async () => {
  await analytics();
  await add();
  expect(await statementsOf(() => ask('GET', '/v1/analytics'))).toHaveLength(2);
  expect(await statementsOf(() => ask('GET', '/v1/analytics/streaks'))).toHaveLength(1);
});

test('two people who have the same numbers do not have the same tag', async () => {
  const tagOf = async () => (await ask('GET', '/v1/analytics')).headers.etag;
  const mine = await tagOf();
  await scene.newPerson();
  expect(await tagOf()).not.toBe(mine);
});

test('numbers need a token', async () => {
  for (const path of ['', '/streaks', '/heatmap']) {
    expect((await scene.t.app.inject(`/v1/analytics${path}`)).statusCode).toBe(401);
  }
});
