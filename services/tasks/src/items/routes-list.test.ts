import { authService } from '@spacedly/auth';
import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasksService } from '../index.ts';

let t: TestApp;
let person: SignedUp;
beforeAll(async () => {
  t = await testApp([authService, tasksService]);
  person = await signUp(t);
  const priorities = ['low', 'medium', 'high'] as const;
  for (let index = 0; index < 25; index += 1) {
    await add({
      title: `Task ${String(index).padStart(2, '0')}`,
      priority: priorities[index % 3],
      category: index % 2 === 0 ? 'Study' : 'Work',
      labels: index % 5 === 0 ? ['fifth'] : [],
      ...(index % 4 === 0 && { dueDate: new Date(Date.UTC(2027, 0, 30 - index)).toISOString() }),
      ...(index % 4 === 1 && { dueDay: `2020-01-${String(index + 1).padStart(2, '0')}` }),
      ...(index === 3 && { status: 'completed' }),
      ...(index === 7 && { description: '100% of_the \\ work' }),
    });
  }
});
afterAll(() => t.close());

const add = (payload: object) =>
  t.app.inject({ method: 'POST', url: '/v1/tasks', payload, headers: person.headers });
const get = (query: string) => t.app.inject({ url: `/v1/tasks?${query}`, headers: person.headers });
const titles = async (query: string) =>
  (await get(query)).json().items.map((task: { title: string }) => task.title);

async function walk(query: string, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = (await get(`${query}&limit=4${cursor}`)).json();
    seen.push(...page.items.map((task: { title: string }) => task.title));
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    await between();
  } while (cursor !== '');
  return seen;
}

const SORTS = ['created', 'due', 'priority', 'position'];
const ORDERED = SORTS.flatMap((sort) => [sort, `${sort}&order=asc`, `${sort}&order=desc`]);

test.each(ORDERED)('pages by %s meet every task once, in order', async (sort) => {
  const whole = await titles(`sort=${sort}&limit=100`);
  expect(whole).toHaveLength(25);
  expect(await walk(`sort=${sort}`)).toEqual(whole);
});

test('pages stay stable while tasks are added', async () => {
  const whole = await titles('sort=created&category=Study&limit=100');
  const seen = await walk('sort=created&category=Study', () => add({ title: 'New', category: 'Study' }));
  expect(seen).toEqual(whole);
});

test('sorts: newest first, soonest due first with none last, most important first', async () => {
  expect((await titles('sort=created&category=Work'))[0]).toBe('Task 23');
  const dues = (await get('sort=due&limit=100'))
    .json()
    .items.map((task: { dueDate: string; dueDay: string }) => task.dueDate ?? task.dueDay ?? '~');
  expect(dues).toEqual([...dues].sort());
  expect((await get('sort=priority&limit=1')).json().items[0].priority).toBe('high');
});

test.each([
  ['status=completed', ['Task 03']],
  ['label=fifth&category=Work', ['Task 15', 'Task 05']],
  ['priority=high&label=fifth', ['Task 20', 'Task 05']],
  ['q=task%2007', ['Task 07']],
  ['q=100%25', ['Task 07']],
  ['q=of_the', ['Task 07']],
  ['q=%5C', ['Task 07']],
  ["q=';DROP TABLE tasks.tasks;--", []],
  ['dueAfter=2027-01-28T00:00:00Z', ['Task 00']],
  ['dueBefore=2020-01-03T00:00:00Z', ['Task 01']],
  ['subtasks=1', []],
  ['completed=1', ['Task 03']],
  ['completed=0&label=fifth&category=Work', ['Task 15', 'Task 05']],
  ['subtasks=0&label=fifth&category=Work', ['Task 15', 'Task 05']],
])('filter %s', async (query, expected) => {
  expect(await titles(`limit=100&${query}`)).toEqual(expected);
});

test('either order can be asked for; what has no date is last both ways', async () => {
  const { items } = (await get('sort=due&order=desc&limit=100')).json();
  const dues = items.map((task: { dueDate: string; dueDay: string }) => task.dueDate ?? task.dueDay ?? '');
  expect(dues).toEqual([...dues].sort().reverse());
  expect(dues.filter(Boolean)).toHaveLength(13);
  expect(await titles('sort=created&order=asc&limit=100')).toEqual(
    (await titles('sort=created&limit=100')).reverse(),
  );
});

test('a day begins where the person lives', async () => {
  const west = await signUp(t);
  const ask = (method: 'PATCH' | 'POST', url: string, payload: object) =>
    t.app.inject({ method, url, payload, headers: west.headers });
  await ask('PATCH', '/v1/users/me', { timeZone: 'America/Los_Angeles' });
  await ask('POST', '/v1/tasks', { title: 'Ninth', dueDay: '2027-03-09' });
  const found = async (query: string) =>
    (await t.app.inject({ url: `/v1/tasks?${query}`, headers: west.headers })).json().items.length;
  expect(await found('dueBefore=2027-03-09T08:00:00Z')).toBe(0);
  expect(await found('dueBefore=2027-03-09T08:00:01Z')).toBe(1);
  expect(await found('dueAfter=2027-03-09T08:00:00Z')).toBe(1);
});

test('overdue is open and past its instant or day', async () => {
  const overdue = await titles('overdue=1&limit=100&sort=due');
  expect(overdue).toEqual(['Task 01', 'Task 05', 'Task 09', 'Task 13', 'Task 17', 'Task 21']);
  expect(await titles('overdue=0&limit=100&category=Work')).not.toContain('Task 01');
});

test.each([
  'limit=0',
  'limit=101',
  'limit=ten',
  'limit=1&limit=2',
  'cursor=nonsense',
  `cursor=${Buffer.from('["2026-01-01T00:00:00.000Z"]').toString('base64url')}`,
  `cursor=${Buffer.from('["x\'; DROP TABLE","y"]').toString('base64url')}`,
  'sort=title',
  'order=up',
  'subtasks=2',
  'completed=maybe',
  'status=done',
  'dueBefore=yesterday',
  'unknown=1',
  'q=%00',
])('refuses %s', async (query) => {
  const answer = await get(query);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors[0].path).toMatch(/^query\./);
});

test('a list is one statement, however many tasks and reminders it shows', async () => {
  const { pool } = t.platform.database;
  const statements: string[] = [];
  const original = pool.query.bind(pool);
  pool.query = ((...args: Parameters<typeof original>) => {
    statements.push(String((args[0] as { text?: string }).text ?? args[0]));
    return original(...args);
  }) as typeof pool.query;
  await get('limit=100');
  pool.query = original;
  expect(statements.filter((text) => text.includes('from "tasks"."tasks"'))).toHaveLength(1);
});

test('the list, which the database writes, shows each task to the letter as its own address does', async () => {
  const odd = 'quotes " \' \\ / \u0001 \t \n \u2028 é 𝄞 \ud7ff <&> 100 %';
  const { id } = (
    await add({
      title: 'Everything',
      description: odd,
      link: 'https://example.com/?a="b"',
      category: 'A "B" \\ 𝄞',
      labels: ['a "b"', 'c,d', '{e}'],
      dueDate: '2031-02-28T23:59:59.999Z',
      estimateMinutes: 90,
      recurrence: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=28', anchor: 'due' },
    })
  ).json();
  for (const more of [
    { scheduledAt: '2030-01-01T00:00:00.001Z', message: odd },
    { scheduledAt: '2030-01-01T00:00:00.120Z' },
    { scheduledAt: '2030-01-01T00:00:00.999Z' },
    { offsetMinutes: 0, type: 'push' },
  ])
    await t.app.inject({
      method: 'POST',
      url: '/v1/reminders',
      payload: { taskId: id, ...more },
      headers: person.headers,
    });
  const { items } = (await get('limit=100')).json();
  // One comes by itself.
  expect(items[0].reminders).toHaveLength(5);
  for (const item of items) {
    const alone = await t.app.inject({ url: `/v1/tasks/${item.id}`, headers: person.headers });
    expect(JSON.stringify(item)).toBe(JSON.stringify(alone.json()));
  }
});

test('a list is prepared once, but a search is planned for its words each time', async () => {
  const { pool } = t.platform.database;
  const original = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  const names: unknown[] = [];
  pool.query = ((query: { text?: string; name?: string }, ...rest: unknown[]) => {
    if (query.text?.includes('row_number')) names.push(query.name);
    return original(query, ...rest);
  }) as typeof pool.query;
  // PostgreSQL keeps a plan for any word under a name: one that reads all tasks, where a common word is found on the way.
  for (const query of ['limit=10', 'q=task', 'q=100', 'q=task&sort=due']) await get(query);
  pool.query = original as typeof pool.query;
  expect(names).toEqual([expect.stringMatching(/^task_list_/), '', '', '']);
});
