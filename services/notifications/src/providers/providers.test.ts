import { testConfig } from '@spacedly/kit/testing';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OutgoingMessage, ProviderError } from '../delivery/provider.ts';
import { type HttpPeer, startHttpPeer } from '../fixtures/http-peer.ts';
import { type ReceivedMail, startSmtp, type TestSmtp } from '../fixtures/smtp-server.ts';
import { paced } from './pace.ts';
import { createSendGrid } from './sendgrid.ts';
import { createSmtp } from './smtp.ts';
import { createSns } from './sns.ts';
import { createTwilio } from './twilio.ts';
import { pushVerdict, retryAfterMs, smtpVerdict } from './verdicts.ts';

const deliveryId = '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10';
const mail: OutgoingMessage = {
  deliveryId,
  channel: 'email',
  to: 'ada@example.com',
  subject: 'Grüße 🥛',
  text: 'Hello\n.\nAda',
  html: '<p>Hello Ada</p>',
  url: 'https://plan.example.com',
  subscriptionId: null,
  unsubscribeUrl: 'https://plan.example.com/v1/notifications/links/unsubscribe?token=t',
  isUrgent: false,
};
const sms: OutgoingMessage = { ...mail, channel: 'sms', to: '+14155550123', subject: '', html: '' };

const failureOf = (sending: Promise<unknown>): Promise<ProviderError> =>
  sending.then(
    () => {
      throw new Error('it was taken');
    },
    (error) => {
      expect(error).toBeInstanceOf(ProviderError);
      return error;
    },
  );

describe('SMTP', () => {
  let server: TestSmtp;
  const settings = () => ({
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    SMTP_REQUIRE_TLS: false,
    MAIL_FROM: 'Spacedly <plan@example.com>',
    PUBLIC_URL: 'https://plan.example.com',
  });
  beforeEach(async () => {
    server = await startSmtp();
  });
  afterEach(() => server.close());

  test('a mail arrives whole, with its key and one-click unsubscribing', async () => {
    const smtp = createSmtp(settings());
    expect(await smtp.send(mail)).toEqual({ providerId: 'q1' });
    const [{ subject, text, html, messageId, from, headers, recipient }] = server.received as [ReceivedMail];
    expect({ subject, html: html?.trim(), messageId, recipient }).toEqual({
      subject: mail.subject,
      html: mail.html,
      messageId: `<${deliveryId}@plan.example.com>`,
      recipient: mail.to,
    });
    expect(text?.replaceAll('\r\n', '\n').trim()).toBe(mail.text);
    expect(from).toEqual({ name: 'Spacedly', address: 'plan@example.com' });
    const named = Object.fromEntries(headers.map(({ key, value }) => [key, value]));
    expect(named['list-unsubscribe']).toBe(`<${mail.unsubscribeUrl}>`);
    expect(named['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    smtp.close?.();
  });

  test.each([
    ['नमस्ते आदा। '.repeat(40), 'base64'],
    [`Grüße = ${'long words and no end '.repeat(60)}\n--=_alternative--\n.\nAda`, 'quoted-printable'],
  ])('%s is sent in short lines of ASCII, as %s', async (text, encoding) => {
    const smtp = createSmtp(settings());
    await smtp.send({ ...mail, text, html: `<p>${text}</p>` });
    const [{ raw, text: read, html }] = server.received as [ReceivedMail];
    expect(read?.replaceAll('\r\n', '\n').trim()).toBe(text.trim());
    expect(html?.replaceAll('\r\n', '\n').trim()).toBe(`<p>${text}</p>`);
    expect(raw.match(/^Content-Transfer-Encoding: .*/gm)).toEqual(
      Array(2).fill(`Content-Transfer-Encoding: ${encoding}`),
    );
    expect(raw).toMatch(/^[\r\n\x20-\x7e]+$/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
    smtp.close?.();
  });

  test('nothing in an address or a subject becomes a header or another recipient', async () => {
    const smtp = createSmtp(settings());
    await smtp
      .send({ ...mail, to: 'ada@example.com>, <eve@example.com', subject: 'Hi\r\nBcc: eve@example.com' })
      .catch(() => {});
    await smtp.send({ ...mail, subject: 'Hi\r\nBcc: eve@example.com\r\n\r\nbody' });
    for (const { recipient, headers } of server.received) {
      expect(recipient).not.toBe('eve@example.com');
      expect(headers.map(({ key }) => key)).not.toContain('bcc');
    }
    expect(server.received.at(-1)?.recipient).toBe('ada@example.com');
    smtp.close?.();
  });

  test.each([
    [{ code: 451, text: '4.7.1 Greylisted' }, 'unavailable', false],
    [{ code: 421, text: '4.3.2 Shutting down' }, 'unavailable', false],
    [{ code: 550, text: '5.1.1 No such user' }, 'refused', true],
    [{ code: 550, text: '5.7.1 Blocked' }, 'refused', false],
  ] as const)('a recipient answered with %j is %s', async (reply, verdict, isBadAddress) => {
    server.behaviour.onRecipient = () => reply;
    const smtp = createSmtp(settings());
    expect(await failureOf(smtp.send(mail))).toMatchObject({ verdict, isBadAddress });
    smtp.close?.();
  });

  test('a greylisted mail is taken later', async () => {
    let tries = 0;
    server.behaviour.onRecipient = () => (tries++ < 2 ? { code: 451, text: '4.7.1 Greylisted' } : null);
    const smtp = createSmtp(settings());
    for (let n = 0; n < 2; n++) expect((await failureOf(smtp.send(mail))).verdict).toBe('unavailable');
    await smtp.send(mail);
    expect(server.received).toHaveLength(1);
    smtp.close?.();
  });

  test('a server that drops the line after the message may have taken it', async () => {
    server.behaviour.onData = () => 'drop';
    const smtp = createSmtp(settings());
    expect((await failureOf(smtp.send(mail))).verdict).toBe('unknown');
    smtp.close?.();
  });

  test('a message refused for its content says nothing about the address', async () => {
    server.behaviour.onData = () => ({ code: 554, text: '5.6.0 Spam' });
    const smtp = createSmtp(settings());
    const failure = await failureOf(smtp.send(mail));
    expect(failure).toMatchObject({ verdict: 'refused', isBadAddress: false });
    smtp.close?.();
  });

  test('a server that is not there took nothing', async () => {
    const { SMTP_URL: _, ...rest } = settings();
    const smtp = createSmtp({ ...rest, SMTP_URL: 'smtp://127.0.0.1:1' });
    expect((await failureOf(smtp.send(mail))).verdict).toBe('unavailable');
  });
});

describe('SMTP over TLS', () => {
  test('goes by STARTTLS to a server whose certificate is trusted, and nowhere else', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const server = await startSmtp({ key, cert });
    const plain = await startSmtp();
    const from = {
      MAIL_FROM: 'a@example.com',
      PUBLIC_URL: 'https://plan.example.com',
      SMTP_REQUIRE_TLS: true,
    };
    const trusting = createSmtp({ ...from, SMTP_URL: `smtp://localhost:${server.port}`, ca: cert });
    await trusting.send(mail);
    expect(server.received.map(({ isSecure }) => isSecure)).toEqual([true]);
    const wary = createSmtp({ ...from, SMTP_URL: `smtp://localhost:${server.port}` });
    expect((await failureOf(wary.send(mail))).verdict).toBe('unavailable');
    const downgraded = createSmtp({ ...from, SMTP_URL: `smtp://localhost:${plain.port}` });
    expect((await failureOf(downgraded.send(mail))).verdict).toBe('unavailable');
    expect([server.received.length, plain.received.length]).toEqual([1, 0]);
    for (const provider of [trusting, wary, downgraded]) provider.close?.();
    await Promise.all([server.close(), plain.close()]);
  });
});

describe('SendGrid', () => {
  let api: HttpPeer;
  beforeEach(async () => {
    api = await startHttpPeer({ status: 202, headers: { 'x-message-id': 'sg-1' } });
  });
  afterEach(() => api.close());
  const create = () =>
    createSendGrid(
      testConfig({
        SENDGRID_API_KEY: 'SG.test',
        SENDGRID_BASE_URL: api.url,
        MAIL_FROM: '"Spacedly" <plan@example.com>',
      }),
    );

  test('a mail arrives with its key, without tracking', async () => {
    expect(await create().send(mail)).toEqual({ providerId: 'sg-1' });
    const [{ method, path, headers, body }] = api.requests as [HttpPeer['requests'][number]];
    expect([method, path, headers.authorization]).toEqual(['POST', '/v3/mail/send', 'Bearer SG.test']);
    const sent = JSON.parse(body.toString());
    expect(sent.from).toEqual({ email: 'plan@example.com', name: 'Spacedly' });
    expect(sent.personalizations).toEqual([{ to: [{ email: mail.to }] }]);
    expect(sent).toMatchObject({
      custom_args: { deliveryId },
      headers: { 'List-Unsubscribe': `<${mail.unsubscribeUrl}>` },
    });
    expect(sent.tracking_settings.click_tracking.enable).toBe(false);
  });

  test.each([
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { verdict: 'unavailable', retryAfterMs: 7_000 },
    ],
    [{ status: 503 }, { verdict: 'unavailable' }],
    [{ status: 401 }, { verdict: 'unavailable' }],
    [
      {
        status: 400,
        body: { errors: [{ message: 'Does not exist', field: 'personalizations.0.to.0.email' }] },
      },
      { verdict: 'refused', isBadAddress: true },
    ],
    [{ status: 413 }, { verdict: 'refused', isBadAddress: false }],
    [{ status: 0, drop: true }, { verdict: 'unknown' }],
  ] as const)('%j is %j', async (answer, expected) => {
    api.answer = () => answer as never;
    expect(await failureOf(create().send(mail))).toMatchObject(expected);
  });
});

describe('Twilio', () => {
  let api: HttpPeer;
  beforeEach(async () => {
    api = await startHttpPeer({ status: 201, body: { sid: 'SM1' } });
  });
  afterEach(() => api.close());
  const create = (from = '+14155550100') =>
    createTwilio(
      testConfig({
        TWILIO_ACCOUNT_SID: 'ACtest',
        TWILIO_AUTH_TOKEN: 'secret',
        TWILIO_FROM: from,
        TWILIO_BASE_URL: api.url,
      }),
    );

  test('an SMS arrives with its key', async () => {
    expect(await create().send(sms)).toEqual({ providerId: 'SM1' });
    const [{ path, headers, body }] = api.requests as [HttpPeer['requests'][number]];
    expect(path).toBe('/2010-04-01/Accounts/ACtest/Messages.json');
    expect(headers.authorization).toBe(`Basic ${Buffer.from('ACtest:secret').toString('base64')}`);
    expect(headers['i-twilio-idempotency-token']).toBe(deliveryId);
    expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
      To: sms.to,
      From: '+14155550100',
      Body: sms.text,
    });
    await create('MG123').send(sms);
    expect(api.requests[1]?.body.toString()).toContain('MessagingServiceSid=MG123');
  });

  test.each([
    [
      { status: 429, headers: { 'retry-after': '3' }, body: { code: 20429, message: 'Slow' } },
      'unavailable',
      false,
    ],
    [{ status: 500, body: { message: 'Oops' } }, 'unavailable', false],
    [{ status: 401, body: { code: 20003, message: 'Who?' } }, 'unavailable', false],
    [{ status: 400, body: { code: 21211, message: 'Invalid number' } }, 'refused', true],
    [{ status: 400, body: { code: 21610, message: 'Opted out' } }, 'refused', true],
    [{ status: 400, body: { code: 21408, message: 'Not that country' } }, 'unavailable', false],
    [{ status: 0, drop: true }, 'unknown', false],
  ] as const)('%j is %s', async (answer, verdict, isBadAddress) => {
    api.answer = () => answer as never;
    expect(await failureOf(create().send(sms))).toMatchObject({ verdict, isBadAddress });
  });

  test('an API that is not there took nothing', async () => {
    await api.close();
    expect((await failureOf(create().send(sms))).verdict).toBe('unavailable');
    api = await startHttpPeer({ status: 201 });
  });
});

describe('Amazon SNS', () => {
  let api: HttpPeer;
  beforeEach(async () => {
    process.env.AWS_ACCESS_KEY_ID ??= 'test';
    process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
    api = await startHttpPeer({ status: 200 });
  });
  afterEach(() => api.close());
  const create = () => createSns(testConfig({ SNS_REGION: 'us-east-1', SNS_ENDPOINT: api.url }));
  const xml = (body: string) => ({ headers: { 'content-type': 'text/xml' }, text: body });

  test('an SMS arrives with its key', async () => {
    api.answer = () => ({
      status: 200,
      ...xml(
        '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>',
      ),
    });
    expect(await create().send(sms)).toEqual({ providerId: 'm-1' });
    const form = new URLSearchParams(api.requests[0]?.body.toString());
    expect(form.get('PhoneNumber')).toBe(sms.to);
    expect(form.get('Message')).toBe(sms.text);
    expect([...form.values()]).toContain(deliveryId);
  });

  test.each([
    [400, 'InvalidParameter', 'refused', true],
    [400, 'Throttling', 'unavailable', false],
    [403, 'AuthorizationError', 'unavailable', false],
    [500, 'InternalError', 'unavailable', false],
  ] as const)('%i %s is %s', async (status, code, verdict, isBadAddress) => {
    api.answer = () => ({
      status,
      ...xml(
        `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
      ),
    });
    expect(await failureOf(create().send(sms))).toMatchObject({ verdict, isBadAddress });
    expect(api.requests).toHaveLength(1);
  });
});

test('messages are handed over no faster than agreed', async () => {
  const at: number[] = [];
  const provider = paced(
    {
      name: 'x',
      channel: 'sms',
      send: async () => {
        at.push(performance.now());
        return { providerId: '' };
      },
    },
    100,
  );
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 21 }, () => provider.send(sms)));
  expect(at).toHaveLength(21);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(195);
});

test('what failures mean where no server has to be asked', () => {
  expect(smtpVerdict({ message: 'x', responseCode: 535, command: 'AUTH PLAIN' }).verdict).toBe('unavailable');
  expect(smtpVerdict({ message: 'x', responseCode: 550, command: 'MAIL FROM' }).verdict).toBe('unavailable');
  const never = { message: 'Greeting never received', code: 'ETIMEDOUT', command: 'CONN' };
  expect(smtpVerdict(never).verdict).toBe('unavailable');
  expect(smtpVerdict({ message: 'Timeout', code: 'ETIMEDOUT', command: 'CONN' }).verdict).toBe('unknown');
  expect(smtpVerdict({ message: 'x', code: 'ETIMEDOUT', command: 'DATA' }).verdict).toBe('unknown');
  expect(pushVerdict(410, 'gone')).toMatchObject({ verdict: 'refused', isBadAddress: true });
  expect(pushVerdict(404, 'gone')).toMatchObject({ verdict: 'refused', isBadAddress: true });
  expect(pushVerdict(413, 'large')).toMatchObject({ verdict: 'refused', isBadAddress: false });
  expect(pushVerdict(429, 'slow', 5_000)).toMatchObject({ verdict: 'unavailable', retryAfterMs: 5_000 });
});

test('Retry-After is seconds or a date, and not believed beyond an hour', () => {
  const now = Date.parse('2026-12-09T09:00:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs('Wed, 09 Dec 2026 09:01:00 GMT', now)).toBe(60_000);
  expect(retryAfterMs('Wed, 09 Dec 2026 08:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('999999999', now)).toBe(3_600_000);
  for (const nothing of [undefined, null, '', 'soon']) expect(retryAfterMs(nothing, now)).toBe(0);
});
