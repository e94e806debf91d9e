import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import { publishedEvents } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';
import { forgetChanges, purgeBin } from './jobs.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.parse('2027-03-03T10:00:00.000Z'));
});
afterAll(() => scene.t.close());
beforeEach(async () => {
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const add = async (body: object = {}) => (await ask('POST', '/v1/tasks', { title: 'x', ...body })).json();
const listed = async (query: string): Promise<string[]> =>
  (await ask('GET', `/v1/tasks?${query}`)).json().items.map(({ id }: { id: string }) => id);
const get = async (id: string) => (await ask('GET', `/v1/tasks/${id}`)).json();
const titles = async (query: string) =>
  (await ask('GET', `/v1/tasks?${query}`)).json().items.map(({ title }: { title: string }) => title);
const jobDeps = () => ({ db: scene.t.platform.database.db, outbox: scene.t.platform.outbox, now: scene.now });

/** Everything of a task that a person can set, and what follows from it; without what always goes on. */
function state({ version: _v, updatedAt: _u, reminders, ...rest }: Record<string, unknown>) {
  const bare = (reminders as Record<string, unknown>[]).map(
    ({ version: _rv, updatedAt: _ru, ...kept }) => kept,
  );
  return { ...rest, reminders: bare };
}

describe('replacing', () => {
  test('what is left out returns to its default, the position stays', async () => {
    const task = await add({
      description: 'd',
      link: 'https://example.com',
      status: 'completed',
      priority: 'high',
      category: 'c',
      labels: ['l'],
      dueDay: '2027-04-01',
      estimateMinutes: 5,
      recurrence: { rrule: 'FREQ=DAILY' },
    });
    const answer = await ask('PUT', `/v1/tasks/${task.id}`, { title: 'New' }, { 'if-match': '"1"' });
    expect(answer.json()).toMatchObject({
      title: 'New',
      description: null,
      link: null,
      status: 'todo',
      priority: 'medium',
      category: null,
      labels: [],
      dueDay: null,
      estimateMinutes: null,
      recurrence: null,
      completedAt: null,
      position: task.position,
      version: 2,
    });
    expect(
      (await ask('PUT', `/v1/tasks/${task.id}`, { title: 'Old' }, { 'if-match': '"1"' })).statusCode,
    ).toBe(412);
    expect((await ask('PUT', `/v1/tasks/${task.id}`, { priority: 'low' })).statusCode).toBe(400);
    expect((await ask('PUT', `/v1/tasks/${randomUUID()}`, { title: 'x' })).statusCode).toBe(404);
  });
});

describe('subtasks', () => {
  test('one level, of the same person, never in a circle', async () => {
    const parent = await add();
    const child = await add({ parentId: parent.id });
    const other = await add();
    expect(child.parentId).toBe(parent.id);
    expect(await listed(`subtasks=1&limit=100`)).toContain(child.id);
    expect(await listed(`subtasks=0&limit=100`)).not.toContain(child.id);
    expect(await listed(`subtasks=0&limit=100`)).toContain(parent.id);
    const refused: [string, object][] = [
      [other.id, { parentId: child.id }],
      [parent.id, { parentId: other.id }],
      [other.id, { parentId: other.id }],
    ];
    for (const [id, body] of refused) {
      const answer = await ask('PATCH', `/v1/tasks/${id}`, body);
      expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, 'body.parentId']);
    }
    expect((await ask('POST', '/v1/tasks', { title: 'x', parentId: child.id })).statusCode).toBe(422);
    expect((await ask('POST', '/v1/tasks', { title: 'x', parentId: randomUUID() })).statusCode).toBe(404);
    expect((await ask('POST', '/v1/tasks', { title: 'x', parentId: 'x' })).statusCode).toBe(400);
    const mine = scene.person;
    await scene.newPerson();
    expect((await ask('POST', '/v1/tasks', { title: 'x', parentId: parent.id })).statusCode).toBe(404);
    expect((await ask('GET', `/v1/tasks?parentId=${parent.id}`)).json().items).toEqual([]);
    scene.person = mine;
    expect((await ask('PATCH', `/v1/tasks/${child.id}`, { parentId: null })).json().parentId).toBeNull();
  });

  test('two that become each other’s subtask at once do not make a circle', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await add(), await add()];
      const answers = await Promise.all([
        ask('PATCH', `/v1/tasks/${a.id}`, { parentId: b.id }),
        ask('PATCH', `/v1/tasks/${b.id}`, { parentId: a.id }),
      ]);
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422]);
    }
  });
});

describe('the manual order', () => {
  test('new tasks go to the end; before, after and PATCH move', async () => {
    const [a, b, c] = [await add({ title: 'a' }), await add({ title: 'b' }), await add({ title: 'c' })];
    const order = () => titles('sort=position');
    const move = (id: string, body: object) => ask('POST', `/v1/tasks/${id}/move`, body);
    // The clock stands still here, so all three were made at the same millisecond.
    const first = await move(c.id, { before: a.id });
    expect(first.json()).toMatchObject({ id: c.id, version: 2 });
    expect(await order()).toEqual(['c', 'a', 'b']);
    await move(c.id, { after: a.id });
    expect(await order()).toEqual(['a', 'c', 'b']);
    await move(a.id, { after: b.id });
    expect(await order()).toEqual(['c', 'b', 'a']);
    await ask('PATCH', `/v1/tasks/${a.id}`, { position: -5 });
    expect(await order()).toEqual(['a', 'c', 'b']);
    expect((await move(a.id, { before: a.id })).statusCode).toBe(422);
    expect((await move(a.id, { before: randomUUID() })).statusCode).toBe(404);
    expect((await move(randomUUID(), { before: a.id })).statusCode).toBe(404);
    for (const body of [{}, { before: a.id, after: b.id }, { before: 'x' }, { to: 1 }])
      expect((await move(a.id, body)).statusCode).toBe(400);
    for (const position of [0.5, '1', null, 2 ** 60])
      expect((await ask('PATCH', `/v1/tasks/${a.id}`, { position })).statusCode).toBe(400);
  });

  test('a gap that is used up again and again keeps the order, and so do pages', async () => {
    const made = [];
    for (const title of ['a', 'b', 'c', 'd', 'e']) made.push(await add({ title }));
    const expected = ['a', 'b', 'c', 'd', 'e'];
    for (let round = 0; round < 40; round += 1) {
      const moved = made[2 + (round % 3)] as { id: string; title: string };
      const anchor = made[0] as { id: string };
      expect((await ask('POST', `/v1/tasks/${moved.id}/move`, { after: anchor.id })).statusCode).toBe(200);
      expected.splice(expected.indexOf(moved.title), 1);
      expected.splice(1, 0, moved.title);
    }
    const page = (await ask('GET', '/v1/tasks?sort=position&limit=2')).json();
    const rest = await titles(`sort=position&limit=10&cursor=${page.nextCursor}`);
    expect([...page.items.map(({ title }: { title: string }) => title), ...rest]).toEqual(expected);
    const after = await add({ title: 'last' });
    expect((await titles('sort=position')).at(-1)).toBe('last');
    expect(after.position).toBeGreaterThanOrEqual((await get((made[1] as { id: string }).id)).position);
  });

  test('50 moves at once lose no task and leave one order', async () => {
    const made = [];
    for (let index = 0; index < 6; index += 1) made.push(await add({ title: String(index) }));
    const ids = made.map(({ id }) => id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        ask('POST', `/v1/tasks/${ids[index % 6]}/move`, { before: ids[(index * 5 + 1) % 6] as string }),
      ),
    );
    const statuses = new Set(answers.map(({ statusCode }) => statusCode));
    expect([...statuses].every((status) => status === 200 || status === 422)).toBe(true);
    expect((await titles('sort=position')).sort()).toEqual(['0', '1', '2', '3', '4', '5']);
  });
});

describe('bulk', () => {
  const bulk = (body: unknown) => ask('POST', '/v1/tasks/bulk', body);

  test('changes, completes and deletes many', async () => {
    const ids = [
      (await add({ title: 'a' })).id,
      (await add({ title: 'b', dueDay: '2027-03-05', recurrence: { rrule: 'FREQ=DAILY' } })).id,
    ];
    const patched = await bulk({ action: 'patch', ids, patch: { category: 'Study', priority: 'low' } });
    expect(patched.json().items).toMatchObject(
      ids.map((id) => ({ id, category: 'Study', priority: 'low', version: 2 })),
    );
    const completed = await bulk({ action: 'complete', ids: [...ids].reverse() });
    expect(completed.json().items).toMatchObject(
      [...ids].reverse().map((id) => ({ id, status: 'completed' })),
    );
    expect(await titles('status=todo')).toEqual(['b']);
    const again = await bulk({ action: 'complete', ids });
    expect(again.json().items.map(({ version }: { version: number }) => version)).toEqual([3, 3]);
    const told = (await publishedEvents(scene.t.platform, 'task.completed')).filter(({ taskId }) =>
      ids.includes(taskId),
    );
    expect(told).toHaveLength(2);
    expect((await bulk({ action: 'delete', ids })).json()).toEqual({ items: [], nextCursor: null });
    expect(await titles('deleted=1')).toEqual(['b', 'a']);
    expect((await ask('POST', `/v1/tasks/${ids[0]}/undo`)).json()).toMatchObject({
      title: 'a',
      status: 'completed',
    });
  });

  test('all or nothing', async () => {
    const task = await add({ dueDay: '2027-03-05' });
    const recurring = await add({ dueDay: '2027-03-05', recurrence: { rrule: 'FREQ=DAILY' } });
    const strangers = scene.person;
    await scene.newPerson();
    const mine = await add();
    const missing = await bulk({ action: 'delete', ids: [mine.id, task.id] });
    expect([missing.statusCode, missing.json().errors[0].path]).toEqual([404, 'body.ids.1']);
    expect(await titles('')).toEqual(['x']);
    scene.person = strangers;
    const refused = await bulk({ action: 'patch', ids: [task.id, recurring.id], patch: { dueDay: null } });
    expect(refused.statusCode).toBe(422);
    expect((await get(task.id)).dueDay).toBe('2027-03-05');
  });

  test('200 at once, not 201', async () => {
    const ids = [];
    for (let index = 0; index < 20; index += 1) {
      const made = await Promise.all(Array.from({ length: 10 }, () => add()));
      ids.push(...made.map(({ id }) => id));
    }
    const answer = await bulk({ action: 'complete', ids });
    expect([answer.statusCode, answer.json().items.length]).toEqual([200, 200]);
    expect((await bulk({ action: 'complete', ids: [...ids, randomUUID()] })).statusCode).toBe(400);
  });

  test.each([
    ['nothing', undefined],
    ['no ids', { action: 'delete', ids: [] }],
    ['no list', { action: 'delete', ids: 'all' }],
    ['an unknown action', { action: 'purge', ids: [randomUUID()] }],
    ['a patch of nothing', { action: 'patch', ids: [randomUUID()], patch: {} }],
    ['an unknown field', { action: 'patch', ids: [randomUUID()], patch: { userId: randomUUID() } }],
    ['a patch where there is none', { action: 'delete', ids: [randomUUID()], patch: { title: 'x' } }],
    [
      'the same task twice',
      {
        action: 'delete',
        ids: ['019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10', '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10'],
      },
    ],
  ])('refuses %s', async (_name, body) => {
    expect((await bulk(body)).statusCode).toBe(400);
  });

  test('parallel bulks over the same tasks do not wait for each other for ever', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 10; index += 1) ids.push((await add()).id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        bulk({
          action: 'patch',
          ids: index % 2 === 0 ? ids : [...ids].reverse(),
          patch: { title: `v${index}` },
        }),
      ),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(new Set(await titles('')).size).toBe(1);
  });
});

describe('the bin', () => {
  test('a deleted task and its subtasks lie there and come back whole', async () => {
    const task = await add({ title: 'Essay', dueDate: '2027-03-20T10:00:00Z' });
    const child = await add({ title: 'Outline', parentId: task.id });
    const early = await add({ title: 'Draft', parentId: task.id });
    await ask('POST', '/v1/reminders', { taskId: task.id, offsetMinutes: 60 });
    await ask('DELETE', `/v1/tasks/${early.id}`);
    await scene.later(MINUTE);
    const before = state(await get(task.id));
    await ask('DELETE', `/v1/tasks/${task.id}`);
    expect(await titles('')).toEqual([]);
    const binned = (await ask('GET', '/v1/tasks?deleted=1&sort=created')).json().items;
    expect(binned.map(({ title }: { title: string }) => title)).toEqual(['Draft', 'Outline', 'Essay']);
    expect(binned[2]).toMatchObject({ deletedAt: scene.now().toISOString(), version: 2 });
    expect((await ask('POST', `/v1/tasks/${child.id}/restore`)).json().parentId).toBeNull();
    await ask('PATCH', `/v1/tasks/${child.id}`, { title: 'Alone' });
    const restored = await ask('POST', `/v1/tasks/${task.id}/restore`, undefined, { 'if-match': '"2"' });
    expect(state(restored.json())).toEqual(before);
    expect((await ask('POST', `/v1/tasks/${task.id}/restore`)).statusCode).toBe(422);
    expect((await ask('POST', `/v1/tasks/${randomUUID()}/restore`)).statusCode).toBe(404);
    expect((await titles('')).sort()).toEqual(['Alone', 'Essay']);
    const strangers = task.id;
    await scene.newPerson();
    expect((await ask('POST', `/v1/tasks/${strangers}/restore`)).statusCode).toBe(404);
    expect(await titles('deleted=1')).toEqual([]);
  });

  test('its reminders are silent there; one whose time passed stays so', async () => {
    const { dispatchDue } = await import('../reminders/dispatch.ts');
    const task = await add({ dueDate: '2027-06-20T10:00:00Z' });
    const soon = new Date(scene.now().getTime() + MINUTE).toISOString();
    const passed = (await ask('POST', '/v1/reminders', { taskId: task.id, scheduledAt: soon })).json();
    const coming = (await ask('POST', '/v1/reminders', { taskId: task.id, offsetMinutes: 60 })).json();
    await ask('DELETE', `/v1/tasks/${task.id}`);
    await scene.later(2 * MINUTE);
    expect(await dispatchDue(jobDeps())).toBe(0);
    const { reminders } = (await ask('POST', `/v1/tasks/${task.id}/restore`)).json();
    expect(reminders.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
      [passed.id, 'skipped'],
      [coming.id, 'pending'],
    ]);
  });

  test('after 30 days it is emptied, not before', async () => {
    const task = await add();
    const child = await add({ parentId: task.id });
    await ask('DELETE', `/v1/tasks/${task.id}`);
    await scene.later(30 * DAY - MINUTE);
    await purgeBin(jobDeps());
    expect(await titles('deleted=1')).toHaveLength(2);
    await scene.later(2 * MINUTE);
    expect(
      await Promise.all([purgeBin(jobDeps()), purgeBin(jobDeps())]).then(([a, b]) => a + b),
    ).toBeGreaterThan(0);
    expect(await titles('deleted=1')).toEqual([]);
    expect((await ask('POST', `/v1/tasks/${child.id}/restore`)).statusCode).toBe(404);
  });
});

test('emptying the bin takes no live task along that hung on a deleted one', async () => {
  const [parent, child] = [await add(), await add({ title: 'live' })];
  await ask('PATCH', `/v1/tasks/${child.id}`, { parentId: parent.id });
  await ask('PATCH', `/v1/tasks/${child.id}`, { parentId: null });
  await ask('DELETE', `/v1/tasks/${parent.id}`);
  await ask('POST', `/v1/tasks/${child.id}/undo`);
  await scene.later(31 * DAY);
  await purgeBin(jobDeps());
  expect(await get(child.id)).toMatchObject({ title: 'live', parentId: null });
});

describe('undo', () => {
  const undo = (id: string, headers = {}) => ask('POST', `/v1/tasks/${id}/undo`, undefined, headers);

  test.each<[string, (id: string) => Promise<unknown>]>([
    [
      'a change of every field',
      (id) =>
        ask('PUT', `/v1/tasks/${id}`, {
          title: 'y',
          labels: ['z'],
          dueDay: '2027-05-05',
          recurrence: { rrule: 'FREQ=DAILY' },
        }),
    ],
    ['a moved due date', (id) => ask('PATCH', `/v1/tasks/${id}`, { dueDate: '2027-08-01T08:00:00Z' })],
    ['a cleared due date', (id) => ask('PATCH', `/v1/tasks/${id}`, { dueDate: null })],
    ['a completion', (id) => ask('POST', `/v1/tasks/${id}/complete`)],
    [
      'a completion by PATCH with more',
      (id) => ask('PATCH', `/v1/tasks/${id}`, { status: 'completed', title: 'z', dueDay: '2027-07-01' }),
    ],
    ['a deletion', (id) => ask('DELETE', `/v1/tasks/${id}`)],
    ['a new place', (id) => ask('PATCH', `/v1/tasks/${id}`, { position: 1 })],
  ])('takes back %s exactly, once', async (_name, change) => {
    const task = await add({
      title: 'Essay "$100" 🧠',
      description: 'a\n\tb',
      labels: ['a,b', '{c}'],
      dueDate: '2027-04-20T10:00:00.123Z',
      estimateMinutes: 7,
    });
    await ask('POST', '/v1/reminders', { taskId: task.id, offsetMinutes: 60, message: 'a "b"' });
    await ask('POST', '/v1/reminders', { taskId: task.id, scheduledAt: '2027-04-01T10:00:00Z' });
    const before = state(await get(task.id));
    await scene.later(1);
    await change(task.id);
    await scene.later(4 * MINUTE);
    const undone = await undo(task.id);
    expect(undone.statusCode).toBe(200);
    expect(state(undone.json())).toEqual(before);
    expect(state(await get(task.id))).toEqual(before);
    expect(undone.json().version).toBe(3);
    expect((await undo(task.id)).statusCode).toBe(422);
  });

  test('a default reminder that a new due date brought goes again', async () => {
    await ask('PATCH', '/v1/reminders/settings', { beforeDue: true });
    const task = await add();
    const dated = await ask('PATCH', `/v1/tasks/${task.id}`, { dueDate: '2027-09-01T10:00:00Z' });
    expect(dated.json().reminders).toHaveLength(1);
    expect((await undo(task.id)).json()).toMatchObject({ dueDate: null, reminders: [] });
  });

  test('only the last change, within five minutes, of one’s own task', async () => {
    const task = await add({ title: 'one' });
    expect((await undo(task.id)).statusCode).toBe(422);
    await ask('PATCH', `/v1/tasks/${task.id}`, { title: 'two' });
    await ask('PATCH', `/v1/tasks/${task.id}`, { title: 'three' });
    expect((await undo(task.id, { 'if-match': '"1"' })).statusCode).toBe(412);
    const strangers = scene.person;
    await scene.newPerson();
    expect((await undo(task.id)).statusCode).toBe(404);
    scene.person = strangers;
    expect((await undo(task.id)).json().title).toBe('two');
    await ask('PATCH', `/v1/tasks/${task.id}`, { title: 'four' });
    await scene.later(5 * MINUTE);
    await forgetChanges(jobDeps());
    expect((await undo(task.id)).statusCode).toBe(422);
  });

  test('of 50 at once one takes it back', async () => {
    const task = await add({ title: 'one' });
    await ask('PATCH', `/v1/tasks/${task.id}`, { title: 'two' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => undo(task.id)));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect((await get(task.id)).version).toBe(3);
  });
});

describe('quick', () => {
  const quick = (body: unknown, query = '', headers = {}) =>
    ask('POST', `/v1/tasks/quick${query}`, body, headers);

  test('creates what it shows, in the zone of the person', async () => {
    await scene.moveTo('Asia/Tokyo');
    const text = 'Revise graphs tomorrow 9am #Study @exam !high every week';
    const preview = await quick({ text }, '?preview=1');
    expect(preview.json()).toEqual({
      title: 'Revise graphs',
      dueDate: new Date(Date.parse(tomorrowInTokyo())).toISOString(),
      dueDay: null,
      priority: 'high',
      category: 'Study',
      labels: ['exam'],
      estimateMinutes: null,
      recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due' },
    });
    expect(await titles('')).toEqual([]);
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => quick({ text }, '', key)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(201);
    expect(answers[0]?.headers.location).toBe(`/v1/tasks/${answers[0]?.json().id}`);
    expect(answers[0]?.json()).toMatchObject(preview.json());
    expect(await titles('')).toEqual(['Revise graphs']);
  });

  test('reads the language of the person besides English', async () => {
    const lines = ['Miete jeden 15. !hoch', 'Rent every 15th !high'];
    const readAll = () =>
      Promise.all(lines.map(async (text) => (await quick({ text }, '?preview=1')).json().title));
    expect(await readAll()).toEqual(['Miete jeden 15. !hoch', 'Rent']);
    await ask('PATCH', '/v1/users/me', { locale: 'de-AT' });
    await vi.waitFor(async () => expect(await readAll()).toEqual(['Miete', 'Rent']), 5_000);
    const made = await quick({ text: lines[0] });
    expect(made.json()).toMatchObject({
      title: 'Miete',
      priority: 'high',
      recurrence: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=15' },
    });
  });

  function tomorrowInTokyo(): string {
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' }).format(
      new Date(scene.now().getTime() + DAY),
    );
    return `${day}T09:00:00+09:00`;
  }

  test('a rule without a date gets one, or is refused with an explanation', async () => {
    expect((await quick({ text: 'Bins every tuesday' }, '?preview=true')).json().dueDay).not.toBeNull();
    const refused = await quick({ text: 'Drink every 2 hours' });
    expect([refused.statusCode, refused.json().detail]).toEqual([422, expect.stringContaining('due date')]);
  });

  test.each([
    ['nothing', undefined],
    ['an empty line', { text: '' }],
    ['spaces', { text: '   ' }],
    ['501 characters', { text: 'x'.repeat(501) }],
    ['201 characters of title', { text: 'x'.repeat(201) }],
    ['NUL', { text: 'a\u0000' }],
    ['a number', { text: 5 }],
    ['an unknown field', { text: 'x', title: 'y' }],
  ])('refuses %s', async (_name, body) => {
    expect((await quick(body)).statusCode).toBe(400);
    expect((await quick(body, '?preview=1')).statusCode).toBe(400);
  });
});

test('every list of tasks is one statement', async () => {
  const task = await add({ dueDay: '2027-03-05' });
  await add({ parentId: task.id });
  await scene.moveTo('Europe/Berlin');
  const { pool } = scene.t.platform.database;
  const original = pool.query.bind(pool);
  for (const query of [
    '',
    'sort=position',
    'deleted=1',
    `parentId=${task.id}`,
    'overdue=1&q=x&label=l',
    `seriesId=${task.id}`,
  ]) {
    const statements: string[] = [];
    pool.query = ((...args: Parameters<typeof original>) => {
      statements.push(String((args[0] as { text?: string }).text ?? args[0]));
      return original(...args);
    }) as typeof pool.query;
    const answer = await ask('GET', `/v1/tasks?${query}`);
    pool.query = original;
    expect(answer.statusCode).toBe(200);
    expect(statements.filter((text) => text.includes('from "tasks"."tasks"'))).toHaveLength(1);
  }
});
