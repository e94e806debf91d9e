import { authService } from '@spacedly/auth';
import type { Notification } from '@spacedly/contracts';
import { newId } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notificationsService } from '../index.ts';

let t: TestApp;
let ada: SignedUp;
let eve: SignedUp;

const url = '/v1/notifications';
const ask = (method: 'GET' | 'PATCH' | 'POST' | 'DELETE', path: string, who: SignedUp | null = ada) =>
  t.app.inject({ method, url: path, ...(who && { headers: who.headers }) });
const list = async (query = '', who = ada): Promise<{ items: Notification[]; nextCursor: string | null }> =>
  (await ask('GET', `${url}${query}`, who)).json();

/** Completes tasks of these titles, so that each shows in the inbox. */
async function complete(who: SignedUp, ...titles: string[]): Promise<void> {
  const before = (await list('?limit=100', who)).items.length;
  const { database, outbox } = t.platform;
  for (const title of titles) {
    const data = { userId: who.user.id, taskId: newId(), title };
    await database.db.transaction((tx) => outbox.publish(tx, 'task.completed', data));
    await waitFor(async () => (await list('?limit=100', who)).items[0]?.title === `You completed: ${title}`);
  }
  expect((await list('?limit=100', who)).items).toHaveLength(before + titles.length);
}

beforeAll(async () => {
  t = await testApp([authService, notificationsService]);
  [ada, eve] = [await signUp(t), await signUp(t, { name: 'Eve' })];
  await waitFor(async () => (await list()).items.length === 1 && (await list('', eve)).items.length === 1);
});
afterAll(() => t.close());

test('a new account is welcomed', async () => {
  const { items, nextCursor } = await list();
  expect(nextCursor).toBeNull();
  expect(items).toEqual([
    {
      id: expect.any(String),
      type: 'general',
      title: 'Welcome to Spacedly, Ada Example',
      body: expect.stringContaining('Spacedly brings it back'),
      taskId: null,
      reminderId: null,
      docId: null,
      readAt: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    },
  ]);
});

test('the list pages by cursor, latest first, stable while rows are added', async () => {
  await complete(eve, 'one', 'two', 'three', 'four');
  const titles = ({ items }: { items: Notification[] }) => items.map(({ title }) => title.split(': ')[1]);
  const first = await list('?limit=2', eve);
  expect(titles(first)).toEqual(['four', 'three']);
  await complete(eve, 'five');
  const second = await list(`?limit=2&cursor=${first.nextCursor}`, eve);
  expect(titles(second)).toEqual(['two', 'one']);
  const last = await list(`?limit=2&cursor=${second.nextCursor}`, eve);
  expect(last.items.map(({ title }) => title)).toEqual(['Welcome to Spacedly, Eve']);
  expect(last.nextCursor).toBeNull();
});

test('reading one, then all', async () => {
  await complete(ada, '<b>milk</b> "quoted" 🥛');
  const count = async () => (await ask('GET', `${url}/unread-count`)).json();
  const [newest, ...others] = (await list('?unread=1')).items as [Notification, ...Notification[]];
  expect(newest.title).toBe('You completed: <b>milk</b> "quoted" 🥛');
  expect(await count()).toEqual({ count: others.length + 1 });

  const read = await ask('PATCH', `${url}/${newest.id}/read`);
  expect(read.statusCode).toBe(200);
  expect(read.json()).toEqual({ ...newest, readAt: expect.any(String) });
  const again = await ask('PATCH', `${url}/${newest.id}/read`);
  expect(again.json()).toEqual(read.json());
  expect((await list('?unread=true')).items).toEqual(others);
  expect((await list('?unread=0')).items).toHaveLength(others.length + 1);

  expect((await ask('POST', `${url}/read-all`)).statusCode).toBe(204);
  expect(await count()).toEqual({ count: 0 });
  expect((await list('?unread=1')).items).toEqual([]);
  expect((await list()).items[0]).toEqual(read.json());
});

test('deleting one', async () => {
  await complete(ada, 'to be deleted');
  const { id } = (await list()).items[0] as Notification;
  const deleted = await ask('DELETE', `${url}/${id}`);
  expect([deleted.statusCode, deleted.body]).toEqual([204, '']);
  expect((await ask('DELETE', `${url}/${id}`)).statusCode).toBe(404);
  expect((await ask('PATCH', `${url}/${id}/read`)).statusCode).toBe(404);
  expect((await list()).items.every((item) => item.id !== id)).toBe(true);
});

test("another person's notification does not exist", async () => {
  const [theirs] = (await list('', eve)).items as [Notification];
  for (const [method, path] of [
    ['PATCH', `${url}/${theirs.id}/read`],
    ['DELETE', `${url}/${theirs.id}`],
  ] as const) {
    const answer = await ask(method, path);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({
      type: 'https://spacedly.dev/problems/notification-not-found',
      status: 404,
    });
  }
  await ask('POST', `${url}/read-all`);
  expect((await list('?unread=1', eve)).items[0]).toEqual(theirs);
});

describe('who is not signed in', () => {
  const id = newId();
  test.each([
    ['GET', url],
    ['GET', `${url}/unread-count`],
    ['GET', `${url}/stream`],
    ['PATCH', `${url}/${id}/read`],
    ['POST', `${url}/read-all`],
    ['DELETE', `${url}/${id}`],
  ] as const)('gets 401 for %s %s', async (method, path) => {
    const answer = await ask(method, path, null);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

describe('bad input', () => {
  test.each([
    `${url}?limit=0`,
    `${url}?limit=101`,
    `${url}?limit=ten`,
    `${url}?limit=1&limit=2`,
    `${url}?unread=yes`,
    `${url}?page=2`,
    `${url}?__proto__=1`,
    `${url}?cursor=%00`,
    `${url}?cursor=${'a'.repeat(501)}`,
    `${url}?cursor=bm90IGpzb24`,
    `${url}?cursor=${Buffer.from('["x"]').toString('base64url')}`,
    `${url}?cursor=${Buffer.from('{"0":1}').toString('base64url')}`,
    `${url}?cursor=${Buffer.from(JSON.stringify([newId(), newId()])).toString('base64url')}`,
    `${url}?cursor=${Buffer.from(`["${newId()}' OR 1=1"]`).toString('base64url')}`,
  ])('GET %s is 400', async (path) => {
    const answer = await ask('GET', path);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].path).toMatch(/^query\./);
  });

  test.each(['x', '1', '%00', '..%2f..%2fetc', newId().slice(1), `${newId()}'--`, '%F0%9F%A5%9B'])(
    'the id %s is 400',
    async (id) => {
      for (const [method, path] of [
        ['PATCH', `${url}/${id}/read`],
        ['DELETE', `${url}/${id}`],
      ] as const) {
        expect((await ask(method, path)).statusCode).toBe(400);
      }
    },
  );

  test('a body that cannot be read changes nothing, one that is not needed does not matter', async () => {
    const send = (payload: string, type = 'application/json') =>
      t.app.inject({
        method: 'POST',
        url: `${url}/read-all`,
        headers: { ...ada.headers, 'content-type': type },
        payload,
      });
    expect((await send('{"a":')).statusCode).toBe(400);
    expect((await send('<a/>', 'application/xml')).statusCode).toBe(415);
    expect((await send('x'.repeat(1_100_000))).statusCode).toBe(413);
    for (const body of ['[', '{"a":'].map((open) => open.repeat(10_000))) {
      expect((await send(body)).statusCode).toBe(400);
    }
    expect((await send(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).statusCode).toBeLessThan(500);
    expect((await send('{"a":"\\u0000"}')).statusCode).toBe(204);
  });
});

test('unread ones are counted up to a thousand', async () => {
  const dora = await signUp(t, { name: 'Dora' });
  const unread = async () => (await ask('GET', `${url}/unread-count`, dora)).json();
  await waitFor(async () => (await unread()).count === 1);
  const add = (count: number) =>
    t.platform.database.pool.query(
      `INSERT INTO notifications.inbox_items (id, user_id, event_id, type, title, body, created_at)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), 'general', 'One of many', '', now() FROM generate_series(1, $2::int)`,
      [dora.user.id, count],
    );
  await add(998);
  expect(await unread()).toEqual({ count: 999 });
  await add(500);
  expect(await unread()).toEqual({ count: 1_000 });
});
