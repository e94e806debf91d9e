import { authService } from '@spacedly/auth';
import type { JobView } from '@spacedly/contracts';
import { DELIVERY_QUEUE, eventQueue, newId } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driver } from '../fixtures/envelope.ts';
import { notificationsService } from '../index.ts';

let t: TestApp;
let d: ReturnType<typeof driver>;
let admin: SignedUp;
let user: SignedUp;
const EVENTS = eventQueue('notifications');

beforeAll(async () => {
  t = await testApp([authService, notificationsService], { config: { DEV_MAILBOX: false } });
  d = driver(t);
  // The first account of an installation is its admin.
  admin = await signUp(t);
  user = await signUp(t);
  await d.untilIdle();
  // The mails of the sign-ups themselves.
  await d.query(`DELETE FROM jobs.job WHERE name = '${DELIVERY_QUEUE}.dead'`);
});
afterAll(() => t.close());

type Method = 'GET' | 'POST' | 'DELETE';
const ask = (method: Method, path: string, payload?: object, who: SignedUp | null = admin) =>
  t.app.inject({
    method,
    url: `/v1/admin/jobs${path}`,
    headers: who?.headers ?? {},
    ...(payload && { payload }),
  });
const list = async (query: string): Promise<JobView[]> => (await ask('GET', query)).json().items;

/** Letters of a kind that nobody can read: their version is of tomorrow. */
async function poison(count: number): Promise<void> {
  const before = (await list('?state=dead&limit=100')).length;
  const data = { userId: user.user.id, taskId: newId(), title: 'secret title' };
  const jobs = Array.from({ length: count }, () => ({
    data: { id: newId(), name: 'task.completed', version: 99, occurredAt: new Date().toISOString(), data },
  }));
  await t.platform.jobs.boss.insert(EVENTS, jobs);
  await waitFor(async () => (await list('?state=dead&limit=100')).length === before + count);
}

test('dead letters are listed with their reason, and nothing of what is in them', async () => {
  await poison(3);
  await d.publish('signup.address_taken', { channel: 'EMAIL', to: 'nobody@example.com' });
  const dead = await waitFor(async () => {
    const all = await list('?state=dead');
    return all.length === 4 && all;
  });
  expect(dead[0]).toMatchObject({
    queue: DELIVERY_QUEUE,
    type: 'email',
    reason: 'no provider is configured for email',
    subjectId: expect.any(String),
  });
  expect(dead[1]).toMatchObject({
    queue: EVENTS,
    type: 'task.completed',
    reason: expect.stringContaining('version 99'),
  });
  expect(JSON.stringify(dead)).not.toMatch(/secret title|nobody@example/);
  expect(await list(`?state=dead&queue=${EVENTS}`)).toHaveLength(3);
  const page = (await ask('GET', '?state=dead&limit=3')).json();
  const rest = (await ask('GET', `?state=dead&limit=3&cursor=${page.nextCursor}`)).json();
  expect([...page.items, ...rest.items]).toEqual(dead);
  expect(rest.nextCursor).toBeNull();
  expect((await list('?state=completed&limit=100')).length).toBeGreaterThan(0);
  expect((await list('?limit=100')).every(({ queue }) => !queue.endsWith('.dead'))).toBe(true);
});

test('one is retried, one discarded, the rest by type or all', async () => {
  await poison(5);
  const dead = await list(`?state=dead&queue=${EVENTS}`);
  const [first, second] = dead as [JobView, JobView];
  // What could not be read yesterday can be read today.
  await d.query(`UPDATE jobs.job SET data = jsonb_set(data, '{version}', '1') WHERE id = $1`, first.id);
  expect((await ask('POST', `/${first.id}/retry`)).statusCode).toBe(204);
  await waitFor(async () => {
    const answer = await t.app.inject({ url: '/v1/notifications', headers: user.headers });
    return answer.json().items.some(({ title }: { title: string }) => title.includes('secret title'));
  });
  expect((await ask('POST', `/${first.id}/retry`)).statusCode).toBe(404);
  expect((await ask('DELETE', `/${second.id}`)).statusCode).toBe(204);
  expect((await ask('DELETE', `/${second.id}`)).statusCode).toBe(404);
  expect(await list(`?state=dead&queue=${EVENTS}`)).toHaveLength(dead.length - 2);

  await d.query(
    `UPDATE jobs.job SET data = jsonb_set(data, '{version}', '1') WHERE name = $1`,
    `${EVENTS}.dead`,
  );
  expect((await ask('POST', '/retry', { type: 'reminder.due' })).json()).toEqual({ retried: 0 });
  expect((await ask('POST', '/retry', { type: 'task.completed' })).json()).toEqual({
    retried: dead.length - 2,
  });
  await waitFor(async () => (await list(`?state=dead&queue=${EVENTS}`)).length === 0);
  expect((await ask('POST', '/retry', {})).json().retried).toBeGreaterThan(0);
});

describe('suppressions', () => {
  test('are listed and lifted', async () => {
    for (const n of [1, 2, 3]) {
      await d.query(
        `INSERT INTO notifications.suppressions (channel, address, reason, provider, at)
         VALUES ('email', $1, '550', 'smtp', now() - $2 * interval '1 s')`,
        `gone${n}@example.com`,
        n,
      );
    }
    const page = (await ask('GET', '/suppressions?limit=2')).json();
    expect(page.items).toMatchObject([{ address: 'gone1@example.com' }, { address: 'gone2@example.com' }]);
    const rest = (await ask('GET', `/suppressions?limit=2&cursor=${page.nextCursor}`)).json();
    expect(rest.items).toMatchObject([{ address: 'gone3@example.com', reason: '550', provider: 'smtp' }]);
    const one = `/suppressions/email/${encodeURIComponent('Gone1@example.com')}`;
    expect((await ask('DELETE', one)).statusCode).toBe(204);
    expect((await ask('DELETE', one)).statusCode).toBe(404);
  });
});

describe('who may', () => {
  const id = newId();
  const routes = [
    ['GET', ''],
    ['POST', `/${id}/retry`],
    ['POST', '/retry'],
    ['DELETE', `/${id}`],
    ['GET', `/deliveries/${id}`],
    ['GET', '/sms'],
    ['DELETE', '/sms/stop'],
    ['GET', '/suppressions'],
    ['DELETE', '/suppressions/email/a@example.com'],
  ] as const;

  test.each(routes)('%s %s: an admin', async (method, path) => {
    const payload = method === 'POST' ? {} : undefined;
    expect((await ask(method, path, payload, null)).statusCode).toBe(401);
    expect((await ask(method, path, payload, user)).statusCode).toBe(403);
    expect((await ask(method, path, payload)).statusCode).not.toBe(403);
  });

  test.each([
    ['GET', '?state=lost', undefined],
    ['GET', '?cursor=x', undefined],
    ['GET', '?limit=0', undefined],
    ['GET', '?queue=%00', undefined],
    ['GET', '/suppressions?cursor=WyJ4Il0', undefined],
    ['POST', '/x/retry', {}],
    ['POST', '/retry', { all: true }],
    ['POST', '/retry', { queue: 7 }],
    ['DELETE', '/x', undefined],
    ['DELETE', '/suppressions/push/a@example.com', undefined],
    ['GET', '/deliveries/x', undefined],
  ] as const)('%s %s %j is 400', async (method, path, payload) => {
    expect((await ask(method, path, payload)).statusCode).toBe(400);
  });

  test('an unknown delivery is 404', async () => {
    expect((await ask('GET', `/deliveries/${newId()}`)).statusCode).toBe(404);
  });
});
