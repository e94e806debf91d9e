import { authService } from '@spacedly/auth';
import type { Reminder, Task, TimelineEntry } from '@spacedly/contracts';
import { call } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { tasksService } from '@spacedly/tasks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContacts } from '../fanout/contacts.ts';
import { driver } from '../fixtures/envelope.ts';
import { notificationsService } from '../index.ts';
import { type DigestDeps, sendDue } from './service.ts';

let t: TestApp;
let d: ReturnType<typeof driver>;
let ada: SignedUp;
let at = Date.parse('2026-12-07T12:00:00.000Z');
let deps: DigestDeps;

beforeAll(async () => {
  t = await testApp([authService, tasksService, notificationsService], { now: () => new Date(at) });
  d = driver(t);
  const { viaInject } = await import('@spacedly/kit');
  const transports = () => viaInject(() => t.app);
  const { serviceTokens, signals } = t.platform;
  const findContact = createContacts({ auth: () => transports(), serviceTokens, signals, now: () => at });
  deps = { platform: t.platform, findContact, transports };
});
afterAll(() => t.close());
beforeEach(async () => {
  at += 14 * 86_400_000;
  ada = await signUp(t);
  await d.untilIdle();
  await d.query(`UPDATE notifications.recipients SET check_at = 'infinity' WHERE user_id <> $1`, ada.user.id);
});

const ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers = ada.headers,
) => t.app.inject({ method, url, headers, ...(payload && { payload }) });
const iso = (offsetMs: number) => new Date(at + offsetMs).toISOString();
const day = (offset: number) => iso(offset * 86_400_000).slice(0, 10);
const createTask = async (body: object): Promise<Task> => (await ask('POST', '/v1/tasks', body)).json();
const mails = () =>
  d.query<{ subject: string; text: string; html: string }>(
    'SELECT * FROM notifications.mailbox_messages WHERE "to" = $1 AND channel = $2 ORDER BY id',
    ada.email,
    'email',
  );
async function look(): Promise<void> {
  await Promise.all([sendDue(deps), sendDue(deps)]);
  await d.untilIdle();
}

describe('the morning digest', () => {
  test('tells once what is due, in the zone of the person', async () => {
    await ask('PATCH', '/v1/users/me', { timeZone: 'America/New_York' });
    await createTask({ title: 'Tomorrow & more', dueDay: day(1) });
    await createTask({ title: 'Later', dueDay: day(3) });
    at = Date.parse(`${day(1)}T05:30:00.000Z`);
    await look();
    expect((await mails()).filter(({ subject }) => subject.startsWith('Your day'))).toEqual([]);
    at += 5 * 3_600_000;
    await look();
    await look();
    const found = (await mails()).filter(({ subject }) => subject.startsWith('Your day'));
    expect(found).toHaveLength(1);
    expect(found[0]?.text).toContain('Tomorrow & more');
    expect(found[0]?.text).not.toContain('Later');
    expect(found[0]?.text).toContain('Unsubscribe: ');
  });

  test('does not come when nothing is due, nor when it is switched off', async () => {
    at = Date.parse(`${day(1)}T05:00:00.000Z`);
    await look();
    expect((await mails()).filter(({ subject }) => subject.startsWith('Your day'))).toEqual([]);
    const [row] = await d.query<{ digest_day: Date; check_at: Date }>(
      'SELECT * FROM notifications.recipients WHERE user_id = $1',
      ada.user.id,
    );
    expect(row?.check_at.getTime()).toBeGreaterThan(at);
  });
});

test('the weekly review comes on Sunday evening', async () => {
  const { id } = await createTask({ title: 'Done this week' });
  await ask('POST', `/v1/tasks/${id}/complete`);
  await createTask({ title: 'Next week', dueDay: day(9) });
  while (new Date(at).getUTCDay() !== 0) at += 86_400_000;
  at = Date.parse(`${day(0)}T18:00:00.000Z`);
  await look();
  await look();
  const found = (await mails()).filter(({ subject }) => subject === 'Your week');
  expect(found).toHaveLength(1);
  expect(found[0]?.text).toContain('You finished 1 task.');
});

describe('acting from a reminder', () => {
  async function reminded(): Promise<{ task: Task; reminder: Reminder; text: string }> {
    const task = await createTask({ title: 'Call <Bob>' });
    const scheduledAt = iso(60_000);
    const answer = await ask('POST', '/v1/reminders', { taskId: task.id, scheduledAt, type: 'email' });
    const reminder = answer.json() as Reminder;
    at += 61_000;
    await t.platform.database.pool.query(
      `SELECT pg_notify('spacedly_reminders', '2000-01-01T00:00:00.000Z')`,
    );
    const mail = await waitFor(
      async () => (await mails()).find(({ subject }) => subject.includes('Call <Bob>')),
      20_000,
    );
    await d.untilIdle();
    return { task, reminder, text: mail.text };
  }
  const linkOf = (text: string, label: string) => {
    const url = new URL(new RegExp(`^${label}: (\\S+)$`, 'm').exec(text)?.[1] as string);
    return url.pathname + url.search;
  };
  const get = async (path: string) => (await ask('GET', path)).json();

  test('a GET asks, the POST does it, without signing in', async () => {
    const { task, reminder, text } = await reminded();
    const path = linkOf(text, 'Done');
    const shown = await t.app.inject({ url: path });
    expect([shown.statusCode, shown.headers['content-security-policy']]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(shown.body).toContain('Mark “Call &lt;Bob&gt;” as done?');
    expect((await get(`/v1/tasks/${task.id}`)).status).toBe('todo');
    const done = await t.app.inject({ method: 'POST', url: path });
    expect([done.statusCode, done.body.includes('<form')]).toEqual([200, false]);
    expect((await get(`/v1/tasks/${task.id}`)).status).toBe('completed');
    expect((await get(`/v1/reminders/${reminder.id}`)).status).toBe('completed');
    expect((await t.app.inject({ method: 'POST', url: path })).statusCode).toBe(200);
    expect((await t.app.inject({ method: 'POST', url: linkOf(text, 'In 1 hour') })).statusCode).toBe(410);
  });

  test('snoozing moves the reminder once, after which the old links are stale', async () => {
    const { reminder, text } = await reminded();
    const path = linkOf(text, 'In 1 hour');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => t.app.inject({ method: 'POST', url: path })),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 410)).toHaveLength(9);
    const moved = await get(`/v1/reminders/${reminder.id}`);
    expect(moved).toMatchObject({ status: 'pending', scheduledAt: iso(3_600_000) });
    expect((await t.app.inject({ method: 'POST', url: linkOf(text, 'Tomorrow') })).statusCode).toBe(410);
  });

  test('tomorrow means nine in the morning', async () => {
    const { reminder, text } = await reminded();
    expect((await t.app.inject({ method: 'POST', url: linkOf(text, 'Tomorrow') })).statusCode).toBe(200);
    expect((await get(`/v1/reminders/${reminder.id}`)).scheduledAt).toBe(`${day(1)}T09:00:00.000Z`);
  });

  test('links work for seven days', async () => {
    const { text } = await reminded();
    const path = linkOf(text, 'Tomorrow');
    at += 7 * 86_400_000 - 120_000;
    expect((await t.app.inject({ url: path })).statusCode).toBe(200);
    at += 180_000;
    expect((await t.app.inject({ url: path })).statusCode).toBe(410);
    expect((await t.app.inject({ method: 'POST', url: path })).statusCode).toBe(410);
  });

  test('a link speaks as its message did, also when it is over, and one of nobody as the browser does', async () => {
    await ask('PATCH', '/v1/users/me', { locale: 'de-AT' });
    const { text } = await reminded();
    const path = linkOf(text, 'Morgen');
    const langOf = async (url: string) => {
      const { statusCode, body } = await t.app.inject({ url, headers: { 'accept-language': 'es' } });
      return [statusCode, /<html lang="([^"]+)"/.exec(body)?.[1]];
    };
    expect(await langOf(path)).toEqual([200, 'de-AT']);
    at += 8 * 86_400_000;
    expect(await langOf(path)).toEqual([410, 'de-AT']);
    expect(await langOf(`${path.slice(0, -2)}AA`)).toEqual([410, 'es']);
    await ask('PATCH', '/v1/users/me', { locale: 'en' });
  });

  test('the timeline of a reminder tells everything, to its owner alone', async () => {
    const { reminder } = await reminded();
    const url = `/v1/reminders/${reminder.id}/timeline`;
    const { items } = (await ask('GET', url)).json() as { items: TimelineEntry[] };
    expect(items.map(({ step }) => step)).toEqual(['created', 'due', 'queued', 'sent']);
    expect(items.at(-1)).toMatchObject({
      channel: 'email',
      provider: 'mailbox',
      latencyMs: expect.any(Number),
    });
    expect(items.at(-1)?.address).toMatch(/^.…@example\.com$/);
    const stranger = await signUp(t);
    expect((await ask('GET', url, undefined, stranger.headers)).statusCode).toBe(404);
    expect((await t.app.inject({ url })).statusCode).toBe(401);
  });
});

test('the internal routes want a service token', async () => {
  const { tasksRoutes } = await import('@spacedly/contracts');
  const params = { userId: ada.user.id };
  await expect(call(deps.transports('tasks'), tasksRoutes.getTodayOf, { params })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(call(deps.transports('tasks'), tasksRoutes.getWeekOf, { params })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
