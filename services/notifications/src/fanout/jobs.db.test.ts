import { authService } from '@spacedly/auth';
import type { EventData, EventName } from '@spacedly/contracts';
import { eventQueue, newId, type RunningProcess, startProcess } from '@spacedly/kit';
import { type SignedUp, signUp, TEST_SECRET, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDelivery } from '../delivery/service.ts';
import { notificationsService } from '../index.ts';
import { createLinks } from '../links/make.ts';
import { createMailboxProviders } from '../mailbox/provider.ts';
import { createProviders } from '../providers/index.ts';

const services = [authService, notificationsService];
const QUEUE = eventQueue('notifications');

let t: TestApp;
let other: RunningProcess;
let ada: SignedUp;

beforeAll(async () => {
  // One person gets floods here; what is held back from them is tested with the limits.
  t = await testApp(services, { config: { MESSAGES_PER_HOUR: 10_000 } });
  const { config, log } = t.platform;
  const databaseUrl = config.DATABASE_URL as string;
  const elsewhere = { ...config, HOST: '127.0.0.1', PORT: 0 };
  other = await startProcess({ config: elsewhere, log, databaseUrl, secret: TEST_SECRET, services });
  ada = await signUp(t);
});
afterAll(async () => {
  await other.stop();
  await t.close();
});

function envelope<N extends EventName>(name: N, data: EventData<N>) {
  return { id: newId(), name, version: 1, occurredAt: new Date().toISOString(), data };
}

function reminder(more: Partial<EventData<'reminder.due'>> = {}) {
  return envelope('reminder.due', {
    userId: ada.user.id,
    taskId: newId(),
    reminderId: newId(),
    title: 'Read',
    message: null,
    type: 'both',
    scheduledAt: new Date().toISOString(),
    dueDate: null,
    dueDay: null,
    ...more,
  });
}

const enqueue = (...jobs: object[]) =>
  t.platform.jobs.boss.insert(
    QUEUE,
    jobs.map((data) => ({ data })),
  );

async function query<T>(sql: string, ...values: unknown[]): Promise<T[]> {
  return (await t.platform.database.pool.query(sql, values)).rows;
}

async function untilIdle(): Promise<void> {
  await waitFor(
    async () =>
      (await query(`SELECT 1 FROM jobs.job WHERE name IN ($1, 'delivery') AND state < 'completed'`, QUEUE))
        .length === 0,
    15_000,
    'the end of all jobs',
  );
}

const inboxOf = (eventId: string) =>
  query('SELECT * FROM notifications.inbox_items WHERE event_id = $1', eventId);
const mailsOf = (eventId: string) =>
  query<{ channel: string; subject: string; attempts: number; status: string }>(
    `SELECT m.channel, m.subject, d.attempts, d.status FROM notifications.mailbox_messages m
     JOIN notifications.deliveries d ON d.id = m.delivery_id WHERE d.event_id = $1 ORDER BY m.channel`,
    eventId,
  );

test('an event handled twice makes each message once', async () => {
  const event = reminder();
  await enqueue(event, event);
  await untilIdle();
  await enqueue(event);
  await untilIdle();
  expect(await inboxOf(event.id)).toHaveLength(1);
  const subject = 'Reminder: Read';
  expect(await mailsOf(event.id)).toEqual([
    { channel: 'email', subject, attempts: 1, status: 'sent' },
    { channel: 'push', subject, attempts: 1, status: 'sent' },
  ]);
});

test('a reminder by SMS for somebody without a phone says so, and is in the inbox', async () => {
  const event = reminder({ type: 'sms' });
  await enqueue(event, event);
  await untilIdle();
  const rows = await query(
    `SELECT d.status, d.attempts, s.step, s.error FROM notifications.deliveries d
     JOIN notifications.delivery_steps s ON s.delivery_id = d.id WHERE d.event_id = $1`,
    event.id,
  );
  expect(rows).toEqual([{ status: 'skipped', attempts: 0, step: 'skipped', error: 'no phone number' }]);
  expect(await mailsOf(event.id)).toEqual([]);
  expect(await inboxOf(event.id)).toHaveLength(1);
});

test('two workers share a flood of events, each sent twice, and make each message once', async () => {
  const events = Array.from({ length: 250 }, (_, n) => reminder({ type: 'email', title: `Flood ${n}` }));
  await enqueue(...events, ...events.toReversed());
  await untilIdle();
  const [made] = await query<{ inbox: number; mails: number; attempts: number; sent: number }>(
    `SELECT (SELECT count(*)::int FROM notifications.inbox_items WHERE title LIKE 'Reminder: Flood%') AS inbox,
            (SELECT count(*)::int FROM notifications.mailbox_messages WHERE subject LIKE 'Reminder: Flood%') AS mails,
            sum(attempts)::int AS attempts, count(*) FILTER (WHERE status = 'sent')::int AS sent
     FROM notifications.deliveries WHERE message->>'title' LIKE 'Flood%'`,
  );
  expect(made).toEqual({ inbox: 250, mails: 250, attempts: 250, sent: 250 });
});

test('a poison event ends in the dead letter queue and takes nobody with it', async () => {
  const good = reminder({ title: 'Good' });
  const poison = [
    { ...reminder(), version: 99 },
    { ...reminder(), name: 'reminder.exploded' },
    { id: 'x' },
    reminder({ dueDay: 'not a day' }),
  ];
  const jobs = [...poison, good].map((data) => ({ data, retryLimit: 0 }));
  await t.platform.jobs.boss.insert(QUEUE, jobs);
  await untilIdle();
  expect(await mailsOf(good.id)).toHaveLength(2);
  const dead = await query<{ data: object }>('SELECT data FROM jobs.job WHERE name = $1', `${QUEUE}.dead`);
  expect(dead.map(({ data }) => data)).toEqual(expect.arrayContaining(poison));
  expect(dead).toHaveLength(poison.length);
});

test('an event that could not be written is tried again', async () => {
  const event = reminder({ title: 'Second try' });
  const retry = { retryLimit: 3, retryDelay: 1, retryBackoff: false };
  await query('ALTER TABLE notifications.deliveries RENAME TO deliveries_away');
  await t.platform.jobs.boss.insert(QUEUE, [{ data: event, ...retry }]);
  const job = `name = $1 AND data->>'id' = $2`;
  await waitFor(
    async () =>
      (await query(`SELECT 1 FROM jobs.job WHERE ${job} AND state = 'retry'`, QUEUE, event.id)).length,
  );
  expect(await inboxOf(event.id)).toEqual([]);
  await query('ALTER TABLE notifications.deliveries_away RENAME TO deliveries');
  await untilIdle();
  expect(await mailsOf(event.id)).toHaveLength(2);
});

test('an event about somebody who is gone is dropped', async () => {
  const event = reminder({ userId: newId() });
  await enqueue(event);
  await untilIdle();
  expect(await inboxOf(event.id)).toEqual([]);
  expect(await query('SELECT 1 FROM notifications.deliveries WHERE event_id = $1', event.id)).toEqual([]);
});

test('a reused token is told in the app and by mail', async () => {
  const device = 'Firefox on <Linux>';
  const event = envelope('session.token_reused', {
    userId: ada.user.id,
    sessionId: newId(),
    ip: '203.0.113.7',
    device,
  });
  await enqueue(event);
  await untilIdle();
  expect(await inboxOf(event.id)).toMatchObject([{ type: 'security', user_id: ada.user.id }]);
  expect(await mailsOf(event.id)).toMatchObject([{ channel: 'email', status: 'sent' }]);
});

test('a code that expired before it could be sent is not sent', async () => {
  const event = envelope('code.issued', {
    channel: 'EMAIL',
    to: 'late@example.com',
    name: 'Late',
    purpose: 'SIGNUP',
    sealedCode: t.platform.secrets.seal('123456'),
    expiresAt: new Date(Date.now() - 1_000).toISOString(),
  });
  await enqueue(event);
  await untilIdle();
  const rows = await query(
    `SELECT d.status, s.step FROM notifications.deliveries d
     JOIN notifications.delivery_steps s ON s.delivery_id = d.id WHERE d.event_id = $1`,
    event.id,
  );
  expect(rows).toEqual([{ status: 'expired', step: 'expired' }]);
  expect(await mailsOf(event.id)).toEqual([]);
});

test('a delivery handed over twice, as after a crash, is in the mailbox once', async () => {
  const event = reminder({ type: 'email' });
  await enqueue(event);
  await untilIdle();
  const [{ id }] = (await query<{ id: string }>(
    'SELECT id FROM notifications.deliveries WHERE event_id = $1',
    event.id,
  )) as [{ id: string }];
  const providers = createProviders([], createMailboxProviders(t.platform));
  const deliver = createDelivery(t.platform, providers, createLinks(t.platform));
  await deliver({ deliveryId: id });
  // The process died after the hand-over and before it was written down.
  await query(`UPDATE notifications.deliveries SET status = 'queued' WHERE id = $1`, id);
  await Promise.all([deliver({ deliveryId: id }), deliver({ deliveryId: id })]);
  expect(await mailsOf(event.id)).toHaveLength(1);
});

test('a changed time zone and language are those of the very next message', async () => {
  const person = await signUp(t);
  const dueDate = '2026-12-09T09:00:00.000Z';
  const about = { userId: person.user.id, dueDate, type: 'email' } as const;
  const lastMail = async (count: number) => {
    const path = `/dev/mailbox/messages?to=${encodeURIComponent(person.email)}`;
    const { items } = (await t.app.inject({ url: path })).json();
    const mails = items.filter(({ subject }: { subject: string }) => !/\d{6}/.test(subject));
    return mails.length === count && (mails[0].text as string);
  };
  await enqueue(reminder(about));
  expect(await waitFor(() => lastMail(1))).toContain('09:00 UTC');
  const change = { timeZone: 'Asia/Kolkata', locale: 'de' };
  const { headers } = person;
  const changed = await t.app.inject({ method: 'PATCH', url: '/v1/users/me', headers, payload: change });
  expect(changed.statusCode).toBe(200);
  await enqueue(reminder(about));
  expect(await waitFor(() => lastMail(2))).toMatch(/Mittwoch, 9. Dezember 2026 um 14:30/);
});
