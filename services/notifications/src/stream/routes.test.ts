import { authService } from '@spacedly/auth';
import type { Notification } from '@spacedly/contracts';
import { newId, type RunningProcess, startProcess } from '@spacedly/kit';
import { type SignedUp, signUp, TEST_SECRET, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listen, openStream } from '../fixtures/event-stream.ts';
import { notificationsService } from '../index.ts';

const services = [authService, notificationsService];

let t: TestApp;
let here: string;
let other: RunningProcess;
let ada: SignedUp;
let clockAheadMs = 0;

beforeAll(async () => {
  t = await testApp(services, { now: () => new Date(Date.now() + clockAheadMs) });
  here = await listen(t.app);
  const { config, log } = t.platform;
  const databaseUrl = config.DATABASE_URL as string;
  const elsewhere = { ...config, HOST: '127.0.0.1', PORT: 0 };
  other = await startProcess({ config: elsewhere, log, databaseUrl, secret: TEST_SECRET, services });
});
afterAll(async () => {
  await other.stop();
  await t.close();
});

const list = async (who = ada): Promise<Notification[]> =>
  (await t.app.inject({ url: '/v1/notifications?limit=100', headers: who.headers })).json().items;

/** Waits until what is in the lists was also announced to the streams. */
async function announced(): Promise<void> {
  const pending = `SELECT 1 FROM jobs.job WHERE name = 'events.notifications' AND state < 'completed'`;
  await waitFor(async () => (await t.platform.database.pool.query(pending)).rowCount === 0);
}

/** Completes tasks one after the other; gives back the notifications in that order. */
async function complete(...titles: string[]): Promise<Notification[]> {
  const { database, outbox } = t.platform;
  const made: Notification[] = [];
  for (const title of titles) {
    const data = { userId: ada.user.id, taskId: newId(), title };
    await database.db.transaction((tx) => outbox.publish(tx, 'task.completed', data));
    const find = async () => (await list()).find(({ taskId }) => taskId === data.taskId);
    made.push(await waitFor(find));
  }
  await announced();
  return made;
}

beforeEach(async () => {
  clockAheadMs = 0;
  ada = await signUp(t);
  await announced();
});

test('a notification reaches streams on every process, as it is in the list', async () => {
  const streams = [await openStream(here, ada.headers), await openStream(other.address, ada.headers)];
  const eve = await signUp(t, { name: 'Eve' });
  const [made] = (await complete('milk\n<b>🥛')) as [Notification];
  for (const stream of streams) {
    const [event] = await stream.until(1);
    expect(event).toEqual({ id: made.id, event: 'notification', data: JSON.stringify(made) });
  }
  const theirs = await openStream(here, eve.headers);
  await complete('again');
  await streams[0]?.until(2);
  expect(theirs.events().every(({ data }) => !data?.includes('again'))).toBe(true);
  for (const stream of [...streams, theirs]) stream.close();
});

test('the head suits proxies, and the first lines say when and where to resume', async () => {
  const stream = await openStream(here, { ...ada.headers, 'x-request-id': 'from-a-test' });
  expect(stream.status).toBe(200);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': 'from-a-test',
  });
  await waitFor(() => stream.blocks.length >= 2);
  expect(stream.blocks[0]).toMatchObject({ retry: '3000', comment: 'connected' });
  expect(stream.blocks[1]).toEqual({ id: (await list())[0]?.id });
  stream.close();
});

test('Last-Event-ID resumes after that event, in order, without gaps or repetition', async () => {
  const [, second, third, fourth] = await complete('1', '2', '3', '4');
  const header = { 'last-event-id': second?.id as string };
  const stream = await openStream(here, { ...ada.headers, ...header });
  const [fifth] = await complete('5');
  const expected = [third, fourth, fifth].map((item) => item?.id);
  expect((await stream.until(3)).map(({ id }) => id)).toEqual(expected);
  stream.close();
});

test('a Last-Event-ID that is not ours starts afresh', async () => {
  await complete('before');
  const stream = await openStream(here, { ...ada.headers, 'last-event-id': "1' OR 1=1" });
  const [made] = await complete('after');
  expect((await stream.until(1)).map(({ id }) => id)).toEqual([made?.id]);
  stream.close();
});

test('a long absence is made up for with the newest hundred', async () => {
  const { database } = t.platform;
  await database.pool.query(
    `INSERT INTO notifications.inbox_items (id, user_id, event_id, type, title, body, created_at)
     SELECT ('0fffffff-ffff-7fff-8fff-' || lpad(to_hex(n), 12, '0'))::uuid, $1, gen_random_uuid(), 'general', n::text, '', now()
     FROM generate_series(1, 150) n`,
    [ada.user.id],
  );
  const header = { 'last-event-id': '0fffffff-0000-7000-8000-000000000000' };
  const stream = await openStream(here, { ...ada.headers, ...header });
  const titles = (await stream.until(100)).map(({ data }) => JSON.parse(data as string).title);
  expect(titles).toEqual(Array.from({ length: 100 }, (_, n) => String(n + 51)));
  stream.close();
});

test('signing out ends the streams of that session on every process, and no others', async () => {
  const { email, password } = ada;
  const login = await t.app.inject({
    method: 'POST',
    url: '/v1/auth/login',
    payload: { identifier: email, password },
  });
  const phone = { authorization: `Bearer ${login.json().tokens.accessToken}` };
  const ending = [await openStream(here, ada.headers), await openStream(other.address, ada.headers)];
  const staying = await openStream(here, phone);
  const out = await t.app.inject({ method: 'POST', url: '/v1/auth/logout', headers: ada.headers });
  expect(out.statusCode).toBe(204);
  await Promise.all(ending.map(({ ended }) => ended));
  expect(ending[0]?.blocks.at(-1)).toHaveProperty('retry');
  expect((await openStream(here, ada.headers)).status).toBe(401);
  ada = { ...ada, headers: phone };
  await complete('on the phone');
  await staying.until(1);
  staying.close();
});

test('a stream ends with its access token', async () => {
  clockAheadMs = 901_000;
  const stream = await openStream(here, ada.headers);
  await stream.ended;
  expect(stream.blocks.at(-1)).toEqual({ retry: '3000' });
});

test('twenty streams a person; the oldest makes room', async () => {
  const streams = [];
  for (let n = 0; n < 21; n++) streams.push(await openStream(here, ada.headers));
  await streams[0]?.ended;
  expect(streams[0]?.blocks.at(-1)).toEqual({ retry: '60000' });
  await complete('for all');
  for (const stream of streams.slice(1)) expect(await stream.until(1)).toHaveLength(1);
  for (const stream of streams) stream.close();
});

test('lost signals end the streams, and coming back makes up for what was missed', async () => {
  const stream = await openStream(here, ada.headers);
  await waitFor(() => stream.blocks.length >= 2);
  const position = stream.blocks[1]?.id as string;
  await t.platform.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'spacedly signals' AND datname = current_database()`,
  );
  await stream.ended;
  const [missed] = await complete('while away');
  const back = await openStream(here, { ...ada.headers, 'last-event-id': position });
  expect((await back.until(1)).map(({ id }) => id)).toEqual([missed?.id]);
  back.close();
});

test('HEAD answers and ends', async () => {
  const answer = await fetch(`${here}/v1/notifications/stream`, { method: 'HEAD', headers: ada.headers });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
});

test('a stopping process ends its streams with a hint and is not held up by them', async () => {
  const { config, log } = t.platform;
  const databaseUrl = config.DATABASE_URL as string;
  const stopping = await startProcess({
    config: { ...config, HOST: '127.0.0.1', PORT: 0 },
    log,
    databaseUrl,
    secret: TEST_SECRET,
    services,
  });
  const stream = await openStream(stopping.address, ada.headers);
  await Promise.all([stopping.stop(), stream.ended]);
  expect(stream.blocks.at(-1)).toEqual({ retry: '1000' });
});
