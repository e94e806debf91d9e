import { authService } from '@spacedly/auth';
import { DELIVERY_QUEUE, deadLetterQueue } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { driver } from '../fixtures/envelope.ts';
import { type HttpPeer, startHttpPeer } from '../fixtures/http-peer.ts';
import { startSmtp, type TestSmtp } from '../fixtures/smtp-server.ts';
import { notificationsService } from '../index.ts';
import { createLinks } from '../links/make.ts';
import { createProviders } from '../providers/index.ts';
import { createSmtp } from '../providers/smtp.ts';
import { createDelivery } from './service.ts';

let t: TestApp;
let d: ReturnType<typeof driver>;
let smtp: TestSmtp;
let sendGrid: HttpPeer;
let twilio: HttpPeer;
let sns: HttpPeer;
let admin: SignedUp;
let clockAheadMs = 0;

const PUBLISHED =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>';
const snsTakes = { status: 200, text: PUBLISHED, headers: { 'content-type': 'text/xml' } };

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  smtp = await startSmtp();
  sendGrid = await startHttpPeer({ status: 202 });
  twilio = await startHttpPeer({ status: 201, body: { sid: 'SM1' } });
  sns = await startHttpPeer(snsTakes);
  t = await testApp([authService, notificationsService], {
    now: () => new Date(Date.now() + clockAheadMs),
    config: {
      DEV_MAILBOX: false,
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: 'Spacedly <plan@example.com>',
      SENDGRID_API_KEY: 'SG.test',
      SENDGRID_BASE_URL: sendGrid.url,
      TWILIO_ACCOUNT_SID: 'ACtest',
      TWILIO_AUTH_TOKEN: 'secret',
      TWILIO_FROM: '+14155550100',
      TWILIO_BASE_URL: twilio.url,
      SNS_REGION: 'us-east-1',
      SNS_ENDPOINT: sns.url,
    },
  });
  d = driver(t);
  // The first account of an installation.
  admin = await signUp(t);
  await d.untilIdle();
});
afterEach(() => {
  clockAheadMs = 0;
  smtp.behaviour.onRecipient = undefined;
  smtp.behaviour.onData = undefined;
  sendGrid.answer = () => ({ status: 202 });
  twilio.answer = () => ({ status: 201, body: { sid: 'SM1' } });
  sns.answer = () => snsTakes;
});
afterAll(async () => {
  await t.close();
  await Promise.all([smtp.close(), sendGrid.close(), twilio.close(), sns.close()]);
});

let counter = 0;
/** Sends a note to a new address. */
async function send(channel: 'EMAIL' | 'SMS'): Promise<string> {
  counter += 1;
  const to =
    channel === 'EMAIL' ? `note${counter}@example.com` : `+1415555${String(counter).padStart(4, '0')}`;
  await d.publish('signup.address_taken', { channel, to });
  await d.untilIdle();
  return to;
}
const one = async (to: string) => {
  const [row] = await d.deliveries('address = $1', to);
  if (row === undefined) throw new Error(`nothing was sent to ${to}`);
  return row;
};
const pathOf = async (to: string) =>
  (await d.steps((await one(to)).id)).map(({ step, provider }) => `${step} ${provider ?? ''}`.trim());

test('a mail goes out by SMTP, an SMS by Twilio, each step written down with its time', async () => {
  const [mail, sms] = [await send('EMAIL'), await send('SMS')];
  expect(smtp.received.at(-1)).toMatchObject({
    recipient: mail,
    messageId: `<${(await one(mail)).id}@localhost>`,
  });
  expect(new URLSearchParams(twilio.requests.at(-1)?.body.toString()).get('To')).toBe(sms);
  for (const [to, provider] of [
    [mail, 'smtp'],
    [sms, 'twilio'],
  ] as const) {
    expect(await one(to)).toMatchObject({ status: 'sent', attempts: 1 });
    const [step] = await d.steps((await one(to)).id);
    expect(step).toMatchObject({ step: 'sent', provider, provider_id: expect.any(String) });
    expect(step?.latency_ms).toBeGreaterThanOrEqual(0);
  }
});

test('Twilio down: SNS takes it, in the same try', async () => {
  twilio.answer = () => ({ status: 503 });
  const to = await send('SMS');
  expect(await pathOf(to)).toEqual(['failed twilio', 'sent sns']);
  expect(new URLSearchParams(sns.requests.at(-1)?.body.toString()).get('PhoneNumber')).toBe(to);
});

test.each([
  ['421', () => ({ code: 421, text: '4.3.2 Shutting down' })],
  ['greylisting', () => ({ code: 451, text: '4.7.1 Come back later' })],
])('SMTP answers %s: the next provider takes the mail', async (_, onRecipient) => {
  smtp.behaviour.onRecipient = onRecipient;
  expect(await pathOf(await send('EMAIL'))).toEqual(['failed smtp', 'sent sendgrid']);
});

test('a mail that may have been taken is repeated there, under the same key, before another provider is asked', async () => {
  const before = sendGrid.requests.length;
  smtp.behaviour.onData = () => 'drop';
  const to = await send('EMAIL');
  expect(await pathOf(to)).toEqual(['failed smtp']);
  expect(await one(to)).toMatchObject({ status: 'failed', next_try: 2 });
  smtp.behaviour.onData = undefined;
  await d.hurry();
  await d.untilIdle();
  expect(await pathOf(to)).toEqual(['failed smtp', 'sent smtp']);
  const keys = smtp.received.filter(({ recipient }) => recipient === to).map(({ messageId }) => messageId);
  expect(keys).toEqual([`<${(await one(to)).id}@localhost>`, `<${(await one(to)).id}@localhost>`]);
  expect(sendGrid.requests.length).toBe(before);
});

test('an address that does not exist is left alone from then on, until it is lifted', async () => {
  smtp.behaviour.onRecipient = () => ({ code: 550, text: '5.1.1 No such user' });
  const to = await send('EMAIL');
  expect(await pathOf(to)).toEqual(['refused smtp']);
  smtp.behaviour.onRecipient = undefined;
  await d.publish('signup.address_taken', { channel: 'EMAIL', to });
  await d.untilIdle();
  expect((await d.deliveries('address = $1', to)).map(({ status }) => status)).toEqual([
    'refused',
    'suppressed',
  ]);
  // What a person must hear of is tried again after a day; success lifts the suppression.
  clockAheadMs = 86_400_000;
  await d.publish('signup.address_taken', { channel: 'EMAIL', to });
  await d.untilIdle();
  expect((await d.deliveries('address = $1', to)).at(-1)).toMatchObject({ status: 'sent' });
  expect(await d.query('SELECT 1 FROM notifications.suppressions WHERE address = $1', to)).toEqual([]);
});

async function deadLetters(deliveryId: string) {
  return d.query<{ id: string; source_output: { message: string } }>(
    `SELECT * FROM jobs.job WHERE name = $1 AND data->>'deliveryId' = $2 AND state = 'created'`,
    deadLetterQueue(DELIVERY_QUEUE),
    deliveryId,
  );
}

async function exhaust(to: string): Promise<string> {
  const { id } = await one(to);
  await waitFor(async () => {
    await d.hurry();
    await d.untilIdle();
    return (await one(to)).status === 'dead';
  }, 20_000);
  await waitFor(async () => (await deadLetters(id)).length === 1);
  return id;
}

test('after five tries a message is a dead letter, which an admin can send again', async () => {
  twilio.answer = () => ({ status: 500 });
  sns.answer = () => ({ status: 500 });
  const to = await send('SMS');
  const id = await exhaust(to);
  expect((await d.steps(id)).filter(({ provider }) => provider === 'twilio')).toHaveLength(5);
  expect((await d.steps(id)).filter(({ provider }) => provider === 'sns')).toHaveLength(5);
  expect((await deadLetters(id))[0]?.source_output.message).toContain('500');

  twilio.answer = () => ({ status: 201, body: { sid: 'SM2' } });
  const { headers } = admin;
  const list = (await t.app.inject({ url: '/v1/admin/jobs?state=dead', headers })).json();
  expect(list.items).toMatchObject([
    {
      queue: DELIVERY_QUEUE,
      state: 'dead',
      type: 'sms',
      subjectId: id,
      reason: expect.stringContaining('500'),
    },
  ]);
  const retried = await t.app.inject({
    method: 'POST',
    url: `/v1/admin/jobs/${list.items[0].id}/retry`,
    headers,
  });
  expect(retried.statusCode).toBe(204);
  await waitFor(async () => (await one(to)).status === 'sent');
  expect((await t.app.inject({ url: '/v1/admin/jobs?state=dead', headers })).json().items).toEqual([]);
  const log = (await t.app.inject({ url: `/v1/admin/jobs/deliveries/${id}`, headers })).json();
  expect(log.items[0]).toMatchObject({
    step: 'queued',
    channel: 'sms',
    address: expect.stringContaining('…'),
  });
  expect(log.items.at(-1)).toMatchObject({ step: 'sent', provider: 'twilio', providerId: 'SM2' });
});

test('two jobs for one delivery, and one for an earlier try, send it once', async () => {
  const to = await send('EMAIL');
  const { id } = await one(to);
  await d.query(`UPDATE notifications.deliveries SET status = 'failed', next_try = 3 WHERE id = $1`, id);
  const mail = createSmtp(t.platform.config);
  const deliver = createDelivery(t.platform, createProviders([mail], []), createLinks(t.platform));
  const before = smtp.received.length;
  await deliver({ deliveryId: id, try: 1 });
  await deliver({ deliveryId: id, try: 2 });
  expect(smtp.received.length).toBe(before);
  await deliver({ deliveryId: id, try: 3 });
  await deliver({ deliveryId: id, try: 3 });
  expect(smtp.received.length).toBe(before + 1);
  mail.close?.();
});
