import { authService } from '@spacedly/auth';
import type { EventData, PushSubscription } from '@spacedly/contracts';
import { newId } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { driver } from '../fixtures/envelope.ts';
import { releaseHeld } from '../held/service.ts';
import { notificationsService } from '../index.ts';

let t: TestApp;
let d: ReturnType<typeof driver>;
let admin: SignedUp;
let ada: SignedUp;
let at = Date.parse('2026-12-09T12:00:00.000Z');

beforeAll(async () => {
  t = await testApp([authService, notificationsService], {
    now: () => new Date(at),
    config: { MESSAGES_PER_HOUR: 5, SMS_PER_NUMBER_HOUR: 3, SMS_PER_COUNTRY_HOUR: 8, SMS_PER_DAY: 12 },
  });
  d = driver(t);
  admin = await signUp(t);
});
afterAll(() => t.close());
beforeEach(async () => {
  at += 3 * 86_400_000;
  ada = await signUp(t);
  await renewAdmin();
  await d.untilIdle();
});

/** Days have passed, and tokens live for minutes. */
async function renewAdmin(): Promise<void> {
  const payload = { identifier: admin.email, password: admin.password };
  const login = await t.app.inject({ method: 'POST', url: '/v1/auth/login', payload });
  admin = { ...admin, headers: { authorization: `Bearer ${login.json().tokens.accessToken}` } };
}

const url = '/v1/notifications/preferences';
type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
const ask = (method: Method, path: string, payload?: object, who: SignedUp | null = ada, headers = {}) =>
  t.app.inject({
    method,
    url: path,
    headers: { ...(who?.headers ?? {}), ...headers },
    ...(payload && { payload }),
  });

async function put(changes: object): Promise<void> {
  const { version: _, ...now } = (await ask('GET', url)).json();
  expect((await ask('PUT', url, { ...now, ...changes })).statusCode).toBe(200);
}

function due(more: Partial<EventData<'reminder.due'>> = {}): EventData<'reminder.due'> {
  const scheduledAt = new Date(at).toISOString();
  const about = { userId: ada.user.id, taskId: newId(), reminderId: newId(), title: 'Read', message: null };
  return { ...about, type: 'email', scheduledAt, dueDate: null, dueDay: null, ...more };
}
const remind = async (...events: EventData<'reminder.due'>[]) => {
  await d.publish('reminder.due', ...events);
  await d.untilIdle();
};
const mine = () => d.deliveries('user_id = $1', ada.user.id);
const mails = () =>
  d.query<{ subject: string; text: string }>(
    'SELECT * FROM notifications.mailbox_messages WHERE "to" = $1 ORDER BY id',
    ada.email,
  );

test('everything is told at first, and can be switched off by type and channel', async () => {
  const answer = await ask('GET', url);
  expect(answer.headers.etag).toBe('"1"');
  const all = { email: true, sms: true, push: true, inApp: true };
  expect(answer.json()).toEqual({
    channels: {
      reminder: all,
      upcoming: all,
      overdue: all,
      review: all,
      share: all,
      comment: all,
      general: all,
    },
    quietHours: null,
    morningDigest: { enabled: true, hour: 5 },
    weeklyReview: true,
    version: 1,
  });
  const { version: _, ...body } = answer.json();
  body.channels.reminder = { ...all, email: false };
  body.channels.general = { ...all, inApp: false };
  const changed = await ask('PUT', url, body, ada, { 'if-match': '"1"' });
  expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"']);
  expect((await ask('GET', url)).json()).toEqual({ ...body, version: 2 });
  expect((await ask('PUT', url, body, ada, { 'if-match': '"1"' })).statusCode).toBe(412);

  await remind(due({ type: 'both' }));
  const told = (await mine()).map(({ channel, status }) => `${channel} ${status}`);
  expect(told.sort()).toEqual(['email skipped', 'push sent']);
  await d.publish('task.completed', { userId: ada.user.id, taskId: newId(), title: 'unseen' });
  await d.untilIdle();
  const { items } = (await ask('GET', '/v1/notifications')).json();
  expect(items.some(({ title }: { title: string }) => title.includes('unseen'))).toBe(false);
  // Security is told whatever is switched off.
  await d.publish('password.changed', { userId: ada.user.id, how: 'changed', ip: null, device: 'Firefox' });
  await d.untilIdle();
  expect((await mails()).at(-1)?.subject).toContain('password');
});

describe('bad preferences', () => {
  const good = {
    channels: {},
    quietHours: null,
    morningDigest: { enabled: true, hour: 5 },
    weeklyReview: true,
  };
  test.each([
    {},
    { ...good },
    { ...good, channels: { security: { email: false } } },
    { ...good, userId: newId() },
    { ...good, quietHours: { from: '25:00', to: '07:00' } },
    { ...good, quietHours: { from: '07:00', to: '07:00' } },
    { ...good, morningDigest: { enabled: true, hour: 24 } },
    { ...good, weeklyReview: 'no' },
    [],
  ])('%j is 400', async (body) => {
    expect((await ask('PUT', url, body as object)).statusCode).toBe(400);
  });

  test('nobody is 401', async () => {
    for (const [method, path] of [
      ['GET', url],
      ['PUT', url],
      ['GET', '/v1/notifications/push-key'],
      ['GET', '/v1/notifications/push-subscriptions'],
      ['POST', '/v1/notifications/push-subscriptions'],
      ['DELETE', `/v1/notifications/push-subscriptions/${newId()}`],
      ['GET', '/v1/admin/jobs'],
    ] as const) {
      expect((await ask(method, path, method === 'GET' ? undefined : {}, null)).statusCode).toBe(401);
    }
  });
});

describe('quiet hours', () => {
  test('hold messages back, then tell them in one digest', async () => {
    await put({ quietHours: { from: '22:00', to: '07:00' } });
    at = Date.parse(new Date(at).toISOString().replace(/T.*/, 'T23:30:00.000Z'));
    await remind(due({ title: 'Milk' }), due({ title: 'Bread' }));
    expect((await mine()).map(({ status }) => status)).toEqual(['held', 'held']);
    expect(await mails()).toHaveLength(1);
    await d.publish('password.changed', { userId: ada.user.id, how: 'changed', ip: null, device: 'Firefox' });
    await d.untilIdle();
    expect(await mails()).toHaveLength(2);

    at += 7 * 3_600_000;
    await releaseHeld(t.platform);
    await d.untilIdle();
    expect(await mails()).toHaveLength(2);
    at += 31 * 60_000;
    await Promise.all([releaseHeld(t.platform), releaseHeld(t.platform)]);
    await d.untilIdle();
    const [digest, ...more] = (await mails()).slice(2);
    expect(more).toEqual([]);
    expect(digest?.subject).toBe('2 messages while it was quiet');
    expect(digest?.text).toContain('Reminder: Milk');
    expect(digest?.text).toContain('Reminder: Bread');
    expect((await mine()).map(({ status }) => status).sort()).toEqual([
      'digested',
      'digested',
      'sent',
      'sent',
    ]);
  });

  test('a single held message goes out as it is', async () => {
    await put({ quietHours: { from: '11:00', to: '13:00' } });
    await remind(due({ title: 'Milk' }));
    at += 3_600_000;
    await releaseHeld(t.platform);
    await d.untilIdle();
    expect((await mails()).at(-1)?.subject).toBe('Reminder: Milk');
  });
});

test('beyond the messages of an hour the rest is gathered in a digest, exactly, also in parallel', async () => {
  const batches = Array.from({ length: 10 }, () => [due(), due()]);
  await Promise.all(batches.map((batch) => d.publish('reminder.due', ...batch)));
  await d.untilIdle();
  const states = (await mine()).map(({ status }) => status);
  expect(states.filter((status) => status === 'sent')).toHaveLength(5);
  expect(states.filter((status) => status === 'held')).toHaveLength(15);
  at += 3_600_001;
  await releaseHeld(t.platform);
  await d.untilIdle();
  expect((await mails()).at(-1)?.subject).toBe('15 messages while it was quiet');
});

describe('SMS', () => {
  const sms = (to: string) => d.publish('signup.address_taken', { channel: 'SMS', to });
  const statesOf = async (like: string) =>
    (await d.deliveries(`address LIKE $1`, like)).map(({ status }) => status);

  test('a number gets no more than its share, an admin lifts what the day stopped', async () => {
    for (let n = 0; n < 5; n++) await sms('+4915112345678');
    await d.untilIdle();
    expect((await statesOf('+4915112345678')).sort()).toEqual(['capped', 'capped', 'sent', 'sent', 'sent']);
    at += 3_600_001;
    await renewAdmin();
    await Promise.all(Array.from({ length: 12 }, (_, n) => sms(`+3361234567${n}`)));
    await d.untilIdle();
    const french = await statesOf('+336%');
    expect(french.filter((state) => state === 'sent').length).toBeLessThanOrEqual(8);
    const status = (await ask('GET', '/v1/admin/jobs/sms', undefined, admin)).json();
    expect(status).toMatchObject({ isStopped: true, maxPerDay: 12 });
    at += 2 * 86_400_000;
    await renewAdmin();
    await sms('+34612345678');
    await d.untilIdle();
    expect(await statesOf('+34612345678')).toEqual(['capped']);
    expect((await ask('DELETE', '/v1/admin/jobs/sms/stop', undefined, await signUp(t))).statusCode).toBe(403);
    expect((await ask('DELETE', '/v1/admin/jobs/sms/stop', undefined, admin)).statusCode).toBe(204);
    await sms('+34612345679');
    await d.untilIdle();
    expect(await statesOf('+34612345679')).toEqual(['sent']);
    const after = (await ask('GET', '/v1/admin/jobs/sms', undefined, admin)).json();
    expect(after).toMatchObject({ isStopped: false, sentToday: 1 });
  });
});

describe('unsubscribing', () => {
  async function link(): Promise<string> {
    await remind(due());
    const html = (await mails()).at(-1)?.text ?? '';
    return new URL(/https?:\S+links\/unsubscribe\S+/.exec(html)?.[0] as string).pathname.concat(
      new URL(/https?:\S+links\/unsubscribe\S+/.exec(html)?.[0] as string).search,
    );
  }
  const reminderMails = async () => (await ask('GET', url)).json().channels.reminder.email;

  test('opening the link changes nothing; one click does, without signing in', async () => {
    const path = await link();
    const shown = await ask('GET', path, undefined, null);
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['content-type']).toContain('text/html');
    expect(shown.body).toContain('<form method="post">');
    expect(await reminderMails()).toBe(true);
    const clicked = await t.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect(clicked.statusCode).toBe(200);
    expect(await reminderMails()).toBe(false);
    expect((await ask('GET', url)).json().channels.reminder.push).toBe(true);
    const again = await t.app.inject({ method: 'POST', url: path });
    expect(again.statusCode).toBe(200);
    const before = (await mails()).length;
    await remind(due());
    expect(await mails()).toHaveLength(before);
  });

  test('a token that was touched, or is for something else, does nothing', async () => {
    const path = await link();
    for (const bad of [
      `${path}x`,
      path.replace(/token=./, 'token=A'),
      path.replace('unsubscribe', 'reminder'),
    ]) {
      const answer = await t.app.inject({ method: 'POST', url: bad });
      expect(answer.statusCode).toBe(410);
    }
    expect(
      (await t.app.inject({ method: 'POST', url: '/v1/notifications/links/unsubscribe' })).statusCode,
    ).toBe(400);
    expect(await reminderMails()).toBe(true);
  });
});

describe('devices', () => {
  const subscriptions = '/v1/notifications/push-subscriptions';
  const key = Buffer.alloc(65, 4).toString('base64url');
  const auth = Buffer.alloc(16, 7).toString('base64url');
  const device = (n: number | string, more = {}) => ({
    endpoint: `https://push.example.com/send/${n}`,
    expirationTime: null,
    keys: { p256dh: key, auth },
    ...more,
  });

  test('are added once, listed and removed by their owner', async () => {
    const made = await ask('POST', subscriptions, device(`a-${ada.user.id}`));
    expect(made.statusCode).toBe(201);
    const shown = made.json() as PushSubscription;
    expect(made.headers.location).toBe(`${subscriptions}/${shown.id}`);
    expect(shown).toMatchObject({ service: 'push.example.com' });
    const again = await ask('POST', subscriptions, device(`a-${ada.user.id}`));
    expect([again.statusCode, again.json().id]).toEqual([200, shown.id]);
    expect((await ask('GET', subscriptions)).json().items).toHaveLength(1);
    expect((await ask('DELETE', `${subscriptions}/${shown.id}`, undefined, admin)).statusCode).toBe(404);
    expect((await ask('DELETE', `${subscriptions}/${shown.id}`)).statusCode).toBe(204);
    expect((await ask('DELETE', `${subscriptions}/${shown.id}`)).statusCode).toBe(404);
  });

  test('a device that somebody else signs in on is theirs', async () => {
    await ask('POST', subscriptions, device('shared'));
    await ask('POST', subscriptions, device('shared'), admin);
    expect((await ask('GET', subscriptions)).json().items).toEqual([]);
    expect((await ask('GET', subscriptions, undefined, admin)).json().items).toHaveLength(1);
  });

  test('50 at once leave no more than 20', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => ask('POST', subscriptions, device(`${ada.user.id}-${n}`))),
    );
    const codes = answers.map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 201)).toHaveLength(20);
    expect(codes.filter((code) => code === 422)).toHaveLength(30);
    expect((await ask('GET', subscriptions)).json().items).toHaveLength(20);
  });

  test.each([
    'https://127.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'https://[::1]/x',
  ])('%s is refused', async (endpoint) => {
    const answer = await ask('POST', subscriptions, device(0, { endpoint }));
    expect(answer.statusCode).toBe(422);
    expect(answer.json().type).toContain('push-endpoint-refused');
  });

  test.each([
    { endpoint: 'http://push.example.com/x' },
    { endpoint: 'nonsense' },
    { keys: { p256dh: 'short', auth } },
    { keys: { p256dh: key, auth: '\u0000' } },
    { keys: { p256dh: key } },
    { userId: newId() },
  ])('%j is 400', async (more) => {
    expect((await ask('POST', subscriptions, device(0, more))).statusCode).toBe(400);
  });

  test('the key is made once and stays', async () => {
    const [one, two] = await Promise.all([
      ask('GET', '/v1/notifications/push-key'),
      ask('GET', '/v1/notifications/push-key', undefined, admin),
    ]);
    expect(Buffer.from(one.json().publicKey, 'base64url')).toHaveLength(65);
    expect(two.json()).toEqual(one.json());
    const [row] = await d.query<{ sealed_private_key: string }>('SELECT * FROM notifications.vapid_keys');
    expect(t.platform.secrets.open(row?.sealed_private_key as string)).toMatch(/^[\w-]{43}$/);
  });

  test('a push goes to each device and to the mailbox', async () => {
    await ask('POST', subscriptions, device(`x-${ada.user.id}`));
    await remind(due({ type: 'push' }));
    const rows = await waitFor(async () => {
      const all = await mine();
      return all.length === 2 && all;
    });
    expect(rows.map(({ address }) => address).sort()).toEqual([ada.email, 'push.example.com'].sort());
  });
});
