import { createECDH, randomBytes } from 'node:crypto';
import { newId } from '@spacedly/kit';
import { testPlatform } from '@spacedly/kit/testing';
import { decrypt } from 'http_ece';
import { importJWK, jwtVerify } from 'jose';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OutgoingMessage } from '../delivery/provider.ts';
import { type HttpPeer, startHttpPeer } from '../fixtures/http-peer.ts';
import { createVapidKeys } from '../push/keys.ts';
import { saveSubscription } from '../push/store.ts';
import { createWebPush } from './web-push.ts';

let platform: Awaited<ReturnType<typeof testPlatform>>;
let service: HttpPeer;
let cert: string;
const browser = createECDH('prime256v1');
const p256dh = browser.generateKeys();
const authSecret = randomBytes(16);

beforeAll(async () => {
  platform = await testPlatform({ config: { PRIVATE_HOSTS_ALLOWED: ['localhost'] } });
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  cert = made.cert;
  service = await startHttpPeer({ status: 201 }, { key: made.private, cert });
});
beforeEach(() => {
  service.requests.length = 0;
  service.answer = () => ({ status: 201, headers: { location: '/m/1' } });
});
afterAll(async () => {
  await service.close();
  await platform.close();
});

async function subscribe(path = newId(), endpoint = `${service.url}/${path}`): Promise<string> {
  const keys = { p256dh: p256dh.toString('base64url'), auth: authSecret.toString('base64url') };
  const values = { userId: newId(), endpoint, ...keys, userAgent: '', createdAt: new Date() };
  return (await saveSubscription(platform.database.db, values)).row.id;
}

const message = (subscriptionId: string): OutgoingMessage => ({
  deliveryId: '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10',
  channel: 'push',
  to: 'localhost',
  subject: 'Reminder: Grüße 🥛',
  text: 'Due now',
  html: '',
  url: 'http://localhost:3000/tasks/1',
  subscriptionId,
  unsubscribeUrl: null,
  isUrgent: false,
});
const create = (ca = cert) => createWebPush(platform, { keys: createVapidKeys(platform), ca });

test('a push is readable by the browser alone, signed by us, and replaces its own repetition', async () => {
  const push = create();
  expect(await push.send(message(await subscribe('device')))).toEqual({ providerId: '/m/1' });
  const [{ headers, body, path }] = service.requests as [HttpPeer['requests'][number]];
  expect(path).toBe('/device');
  const decrypted = decrypt(body, { version: 'aes128gcm', privateKey: browser, authSecret });
  expect(JSON.parse(decrypted.toString())).toEqual({
    title: 'Reminder: Grüße 🥛',
    body: 'Due now',
    url: 'http://localhost:3000/tasks/1',
    tag: '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10',
  });
  expect(headers.topic).toBe('019a7d7e9d3c7c3a9a510b5f3c1f2a10');
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(String(headers.authorization)) ?? [];
  expect(key).toBe((await createVapidKeys(platform)()).publicKey);
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), { audience: service.url });
  expect(payload.sub).toMatch(/^mailto:/);
  push.close?.();
});

test.each([
  [404, 'refused', true],
  [410, 'refused', true],
  [413, 'refused', false],
  [429, 'unavailable', false],
  [503, 'unavailable', false],
] as const)('%i is %s', async (status, verdict, isBadAddress) => {
  service.answer = () => ({ status, headers: { 'retry-after': '5' } });
  const push = create();
  const retryAfterMs = verdict === 'unavailable' ? 5_000 : 0;
  await expect(push.send(message(await subscribe()))).rejects.toMatchObject({
    verdict,
    isBadAddress,
    retryAfterMs,
  });
  push.close?.();
});

test('a device that is gone, a private address and an unknown certificate get nothing', async () => {
  const push = create();
  await expect(push.send(message(newId()))).rejects.toMatchObject({ verdict: 'refused' });
  for (const endpoint of [`https://127.0.0.1:${service.port}/x`, 'https://10.0.0.1/x']) {
    const id = await subscribe(newId(), endpoint);
    await expect(push.send(message(id))).rejects.toMatchObject({ verdict: 'refused', isBadAddress: true });
  }
  const wary = createWebPush(platform, { keys: createVapidKeys(platform) });
  await expect(wary.send(message(await subscribe()))).rejects.toMatchObject({ verdict: 'unavailable' });
  expect(service.requests).toEqual([]);
  for (const provider of [push, wary]) provider.close?.();
});

test('two processes that make the keys at once end with the same', async () => {
  await platform.database.pool.query('DELETE FROM notifications.vapid_keys');
  const made = await Promise.all(Array.from({ length: 10 }, () => createVapidKeys(platform)()));
  expect(new Set(made.map(({ publicKey, privateKey }) => publicKey + privateKey)).size).toBe(1);
});
