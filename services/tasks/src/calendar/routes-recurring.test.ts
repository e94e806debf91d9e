import { authService } from '@spacedly/auth';
import { tasksRoutes } from '@spacedly/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([authService, tasksService]);
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  await scene.newPerson();
});

interface Item {
  id: string;
  title: string;
  day: string;
  start: string;
  status: string;
  recurring: boolean;
  projected: boolean;
  version: number;
}

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const add = async (rrule: string, due: object, title = 'Water the plants') =>
  (await ask('POST', '/v1/tasks', { title, ...due, recurrence: { rrule } })).json();
const calendar = async (query: string): Promise<{ items: Item[]; nextCursor: string | null }> =>
  (await ask('GET', `/v1/calendar?${query}`)).json();
const march = 'from=2027-03-01&to=2027-03-31';
const days = async (query = march) => (await calendar(query)).items.map(({ day }) => day);
const move = (id: string, body: object, headers = {}) =>
  ask('PATCH', `/v1/calendar/task/${id}`, body, headers);

test('shows what is to come of a recurring task', async () => {
  const { id, version } = await add('FREQ=WEEKLY;BYDAY=WE', { dueDate: '2027-03-03T08:00:00.000Z' });
  const { items, nextCursor } = await calendar(march);
  expect(nextCursor).toBeNull();
  expect(items.map(({ day, projected, recurring }) => [day, projected, recurring])).toEqual([
    ['2027-03-03', false, true],
    ['2027-03-10', true, true],
    ['2027-03-17', true, true],
    ['2027-03-24', true, true],
    ['2027-03-31', true, true],
  ]);
  expect(items[1]).toEqual({
    kind: 'task',
    id,
    title: 'Water the plants',
    allDay: false,
    start: '2027-03-10T08:00:00.000Z',
    day: '2027-03-10',
    status: 'planned',
    taskId: id,
    minutes: null,
    recurring: true,
    projected: true,
    version,
  });
  tasksRoutes.getCalendar.responses[200].parse({ items, nextCursor });
});

test('times to come keep the clock on the wall across the change of clocks', async () => {
  await scene.moveTo('Europe/Berlin');
  await add('FREQ=WEEKLY', { dueDate: '2027-03-24T08:00:00.000Z' });
  const { items } = await calendar('from=2027-03-24&to=2027-04-01');
  expect(items.map(({ start }) => start)).toEqual(['2027-03-24T08:00:00.000Z', '2027-03-31T07:00:00.000Z']);
});

test.each([
  ['a far window', 'FREQ=DAILY', 'from=2029-01-01&to=2029-01-03', ['2029-01-01', '2029-01-02', '2029-01-03']],
  ['COUNT', 'FREQ=DAILY;COUNT=3', march, ['2027-03-03', '2027-03-04', '2027-03-05']],
  ['COUNT before the window', 'FREQ=DAILY;COUNT=3', 'from=2027-03-05&to=2027-03-09', ['2027-03-05']],
  ['UNTIL', 'FREQ=DAILY;UNTIL=20270304', march, ['2027-03-03', '2027-03-04']],
])('knows the dates of %s', async (_name, rrule, query, expected) => {
  await add(rrule, { dueDay: '2027-03-03' });
  expect(await days(query)).toEqual(expected);
});

test('nothing is projected of what is counted from completion, done or in the bin', async () => {
  const recurrence = { rrule: 'FREQ=DAILY', anchor: 'completion' };
  await ask('POST', '/v1/tasks', { title: 'x', dueDay: '2027-03-03', recurrence });
  const gone = await add('FREQ=DAILY', { dueDay: '2027-03-04' });
  await ask('DELETE', `/v1/tasks/${gone.id}`);
  const done = await add('FREQ=DAILY;COUNT=1', { dueDay: '2027-03-05' });
  await ask('POST', `/v1/tasks/${done.id}/complete`);
  expect(await days()).toEqual(['2027-03-03', '2027-03-05']);
});

test.each([1, 2, 7, 2_000])(
  'pages of %i meet every occurrence once, however many there are',
  async (limit) => {
    await add('FREQ=HOURLY', { dueDate: '2027-03-03T08:00:00.000Z' });
    await add('FREQ=DAILY', { dueDay: '2027-03-05' });
    await ask('POST', '/v1/tasks', { title: 'Once', dueDay: '2027-03-06' });
    const window = limit < 100 ? 'from=2027-03-05&to=2027-03-06' : march;
    const seen: Item[] = [];
    let cursor = '';
    do {
      const page = await calendar(`${window}&limit=${limit}${cursor}`);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    const hours = limit < 100 ? 48 : 29 * 24 - 8;
    expect(seen).toHaveLength(hours + (limit < 100 ? 2 : 27) + 1);
    const places = seen.map(({ start, id }) => start + id);
    expect(places).toEqual([...new Set(places)].sort());
  },
);

test.each([
  [
    'FREQ=WEEKLY;BYDAY=WE',
    '2027-03-03',
    '2027-03-05',
    ['2027-03-05', '2027-03-12', '2027-03-19', '2027-03-26'],
  ],
  ['FREQ=WEEKLY;INTERVAL=2', '2027-03-03', '2027-03-04', ['2027-03-04', '2027-03-18']],
  [
    'FREQ=WEEKLY;BYDAY=WE,FR',
    '2027-03-17',
    '2027-03-18',
    ['2027-03-18', '2027-03-19', '2027-03-25', '2027-03-26'],
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=10', '2027-03-10', '2027-03-12', ['2027-03-12', '2027-04-12']],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', '2027-03-31', '2027-03-30', ['2027-03-30', '2027-04-30']],
  ['FREQ=MONTHLY;BYDAY=2WE', '2027-03-10', '2027-03-18', ['2027-03-18', '2027-04-15']],
  ['FREQ=MONTHLY;BYDAY=-1WE', '2027-03-31', '2027-03-30', ['2027-03-30', '2027-04-27']],
  ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10', '2027-03-10', '2027-04-11', ['2027-04-11']],
])('a series of %s moves from %s to %s with its rule', async (rrule, dueDay, day, expected) => {
  const { id } = await add(rrule, { dueDay });
  const moved = await move(id, { day, scope: 'series' });
  expect(moved.json()).toMatchObject({ day, recurring: true, projected: false });
  const until = expected.at(-1)?.startsWith('2027-04') ? '2027-04-30' : '2027-03-31';
  expect(await days(`from=2027-03-01&to=${until}`)).toEqual(expected);
});

test('a series moves to another time of day, and COUNT goes on from where it is', async () => {
  const rrule = 'FREQ=DAILY;COUNT=3;BYHOUR=8;BYMINUTE=0';
  const { id } = await add(rrule, { dueDate: '2027-03-03T08:00:00.000Z' });
  await ask('POST', `/v1/tasks/${id}/complete`);
  const next = (await calendar('from=2027-03-04&to=2027-03-04')).items[0] as Item;
  expect((await move(next.id, { start: '2027-03-04T18:30:00.000Z', scope: 'series' })).statusCode).toBe(200);
  const { items } = await calendar('from=2027-03-04&to=2027-03-31');
  expect(items.map(({ start }) => start)).toEqual(['2027-03-04T18:30:00.000Z', '2027-03-05T18:30:00.000Z']);
});

test('a single occurrence moves alone', async () => {
  const { id } = await add('FREQ=WEEKLY', { dueDay: '2027-03-03' });
  expect((await move(id, { day: '2027-03-04' })).statusCode).toBe(200);
  expect(await days()).toEqual(['2027-03-04', '2027-03-10', '2027-03-17', '2027-03-24', '2027-03-31']);
});

test('what does not recur moves alone whatever is asked for; a wrong scope or version is refused', async () => {
  const once = (await ask('POST', '/v1/tasks', { title: 'Once', dueDay: '2027-03-06' })).json();
  expect((await move(once.id, { day: '2027-03-07', scope: 'series' })).json()).toMatchObject({
    day: '2027-03-07',
    recurring: false,
  });
  expect((await move(once.id, { day: '2027-03-07', scope: 'all' })).statusCode).toBe(400);
  const { id } = await add('FREQ=HOURLY', { dueDate: '2027-03-03T08:00:00.000Z' });
  const stale = await move(id, { day: '2027-03-07', scope: 'series' }, { 'if-match': '"9"' });
  expect(stale.statusCode).toBe(412);
  const impossible = await move(id, { day: '2027-03-07', scope: 'series' });
  expect([impossible.statusCode, impossible.json().type]).toEqual([
    422,
    'https://spacedly.dev/problems/recurrence-impossible',
  ]);
});
