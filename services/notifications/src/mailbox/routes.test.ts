import { authService } from '@spacedly/auth';
import type { EventData, EventName, MailboxMessage } from '@spacedly/contracts';
import { DELIVERY_QUEUE } from '@spacedly/kit';
import { issuedCode, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notificationsService } from '../index.ts';
import { samples } from '../templates/samples.ts';
import { deleteOldMessages } from './store.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp([authService, notificationsService]);
});
afterAll(() => t.close());

function publish<N extends EventName>(name: N, data: EventData<N>): Promise<void> {
  return t.platform.database.db.transaction((tx) => t.platform.outbox.publish(tx, name, data));
}

const mails = async (query: string): Promise<MailboxMessage[]> =>
  (await t.app.inject(`/dev/mailbox/messages?${query}`)).json().items;
const firstTo = (to: string) => waitFor(async () => (await mails(`to=${encodeURIComponent(to)}`))[0]);

const page = (query = '') => t.app.inject(`/dev/mailbox${query}`);

test('a code that was asked for is in the mail and nowhere else', async () => {
  const email = 'Code.Reader@Example.com';
  await t.app.inject({
    method: 'POST',
    url: '/v1/auth/signup',
    payload: { email, name: 'Ada', password: 'a quiet harbour at dawn' },
  });
  const code = await issuedCode(t.platform, email);
  const mail = await firstTo('code.reader@EXAMPLE.com');
  expect(mail).toEqual({
    id: expect.any(String),
    channel: 'email',
    to: email,
    subject: `${code} is your Spacedly code`,
    text: expect.stringContaining(`\n${code}\n`),
    html: expect.stringContaining(`>${code}<`),
    createdAt: expect.any(String),
  });
  const { rows } = await t.platform.database.pool.query(
    `SELECT (SELECT string_agg(d::text, '') FROM notifications.deliveries d) AS deliveries,
            (SELECT string_agg(j.data::text, '') FROM jobs.job j) AS jobs,
            (SELECT string_agg(s::text, '') FROM notifications.delivery_steps s) AS steps`,
  );
  expect(`${rows[0].deliveries}${rows[0].jobs}${rows[0].steps}`).not.toContain(code);
});

test('an SMS goes to a phone, newest first, and `since` leaves out what is older', async () => {
  const to = '+14155550199';
  await publish('signup.address_taken', { channel: 'SMS', to });
  const sms = await firstTo(to);
  expect(sms).toMatchObject({ channel: 'sms', subject: '', html: '' });
  expect(sms.text).toContain('http://localhost:3000/sign-in');
  await publish('signup.address_taken', { channel: 'SMS', to });
  await waitFor(async () => (await mails(`to=%2B14155550199`)).length === 2);
  const all = await mails('');
  expect(all.map(({ id }) => id)).toEqual(
    all
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
  const later = new Date(Date.parse(sms.createdAt) + 60_000).toISOString();
  expect(await mails(`to=%2B14155550199&since=${later}`)).toEqual([]);
  expect(await mails(`to=%2B14155550199&since=${sms.createdAt}`)).toContainEqual(sms);
});

test('the page shows messages safely and needs no script', async () => {
  const to = '"><script>alert(1)</script>@example.com';
  await publish('signup.address_taken', { channel: 'EMAIL', to });
  await firstTo(to);
  const { body, headers, statusCode } = await page();
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(body).not.toContain('<script');
  expect(body).toContain('&lt;script&gt;alert(1)');
  expect(body).toMatch(/<iframe [^>]*sandbox="[^"]*" srcdoc="/);
  expect(body).not.toContain('allow-scripts');
  expect(body).not.toContain('http-equiv="refresh"');
  expect((await page('?refresh=1')).body).toContain('<meta http-equiv="refresh" content="3">');
});

test('the page can be narrowed to an address', async () => {
  const to = 'only@example.com';
  await publish('signup.address_taken', { channel: 'EMAIL', to });
  await firstTo(to);
  const { body } = await page('?to=ONLY@example.com');
  expect(body.match(/<article>/g)).toHaveLength(1);
  expect(body).toContain('value="ONLY@example.com"');
  expect((await page('?to=nobody@example.com')).body).toContain('Nothing here yet');
  expect((await page('?to=')).body.match(/<article>/g)?.length).toBeGreaterThan(1);
});

test('every message can be looked at in every language', async () => {
  const german = await page('/templates?locale=de');
  expect(german.statusCode).toBe(200);
  expect(german.body.match(/<article>/g)?.length).toBe(samples.length);
  expect(german.body).toContain('Dein Tag');
  expect(german.body).not.toContain('<script');
  const one = (await page('/templates?kind=weekly&locale=hi')).body;
  expect(one.match(/<article>/g)).toHaveLength(1);
  expect(one).toContain('आपका हफ़्ता');
  expect((await page('/templates?kind=%3Cscript%3E')).body).toContain('There is no such message');
});

describe('bad input', () => {
  test.each([
    '/messages?to=%00',
    `/messages?to=${'a'.repeat(255)}`,
    '/messages?since=yesterday',
    '/messages?since=0000-01-01T00:00:00Z',
    '/messages?from=x',
    '/messages?to=a&to=b',
    '?to=%00',
    '?refresh=maybe',
    '?x=1',
    '/templates?x=1',
    '/templates?kind=%00',
  ])('/dev/mailbox%s is 400', async (path) => {
    expect((await page(path)).statusCode).toBe(400);
  });
});

test('only the newest messages are kept', async () => {
  const before = await mails('');
  await deleteOldMessages(t.platform.database.db, 2);
  expect(await mails('')).toEqual(before.slice(0, 2));
  await deleteOldMessages(t.platform.database.db, 5);
  expect(await mails('')).toHaveLength(2);
});

test('where real providers are meant to be there is no mailbox, and nothing is lost silently', async () => {
  const real = await testApp([authService, notificationsService], { config: { DEV_MAILBOX: false } });
  try {
    for (const path of ['/dev/mailbox', '/dev/mailbox/messages', '/dev/mailbox/templates']) {
      expect((await real.app.inject(path)).statusCode).toBe(404);
    }
    const { database, jobs, outbox } = real.platform;
    const data = { channel: 'EMAIL', to: 'ada@example.com' } as const;
    await database.db.transaction((tx) => outbox.publish(tx, 'signup.address_taken', data));
    const dead = await waitFor(
      async () => (await jobs.boss.fetch<{ deliveryId: string }>(`${DELIVERY_QUEUE}.dead`))[0],
    );
    const { rows } = await database.pool.query(
      `SELECT d.status, d.attempts, s.step, s.error FROM notifications.deliveries d
       JOIN notifications.delivery_steps s ON s.delivery_id = d.id WHERE d.id = $1`,
      [dead.data.deliveryId],
    );
    const error = 'no provider is configured for email';
    expect(rows).toEqual([{ status: 'dead', attempts: 0, step: 'dead', error }]);
  } finally {
    await real.close();
  }
});
