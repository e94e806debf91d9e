import { issuedCode, publishedEvents, signUp } from '@spacedly/kit/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Flows, flowsApp, newEmail, newPhone, tally, wrong } from '../fixtures/flows.ts';

const HOUR = 3_600_000;
let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += HOUR;
});

const request = (email: string) => t.post('/otp/request', { email });
const verify = (email: string, code: string, more = {}) => t.post('/otp/verify', { email, code, ...more });

test('signs in with a code by mail, once; the token tells how', async () => {
  const { email, user } = await t.person();
  const asked = await request(email.toUpperCase());
  expect([asked.statusCode, asked.json().channel]).toEqual([202, 'EMAIL']);
  const code = await issuedCode(t.platform, email.toUpperCase());
  const answer = await verify(email, code);
  expect(answer.statusCode).toBe(200);
  expect(answer.json().user.id).toBe(user.id);
  expect(decodeJwt(answer.json().tokens.accessToken).amr).toEqual(['otp']);
  expect((await verify(email, code)).statusCode).toBe(410);
});

test('signs in with a code by SMS, with cookies', async () => {
  const phone = newPhone();
  await t.post('/signup', { phone, name: 'Phoebe' });
  await t.post('/signup/verify', { phone, code: await issuedCode(t.platform, phone) });
  expect((await t.post('/otp/request', { phone })).json().channel).toBe('SMS');
  const code = await issuedCode(t.platform, phone);
  const answer = await t.post('/otp/verify', { phone, code, delivery: 'cookie' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).not.toHaveProperty('tokens');
  const names = answer.cookies.map(({ name }) => name);
  expect(names).toEqual(['spacedly_access', 'spacedly_refresh', 'spacedly_device']);
});

test('50 parallel right codes: one session; 50 wrong ones: three are judged', async () => {
  const { email } = await t.person();
  await request(email);
  const code = await issuedCode(t.platform, email);
  const right = await Promise.all(Array.from({ length: 50 }, () => verify(email, code)));
  expect(tally(right)).toEqual({ 200: 1, 410: 49 });
  t.clock.now += 61_000;
  await request(email);
  const other = wrong(await issuedCode(t.platform, email));
  const guesses = await Promise.all(Array.from({ length: 50 }, () => verify(email, other)));
  expect(tally(guesses)).toEqual({ 400: 3, 410: 47 });
});

test('guesses count across resends: ten an hour, then 429 even for the right code', async () => {
  const { email } = await t.person();
  let heard = 0;
  for (let send = 0; send < 5; send += 1) {
    expect((await request(email)).statusCode).toBe(202);
    const code = wrong(await issuedCode(t.platform, email));
    const guesses = await Promise.all(Array.from({ length: 10 }, () => verify(email, code)));
    heard += tally(guesses)[400] ?? 0;
    t.clock.now += 61_000;
  }
  expect(heard).toBe(10);
  const right = await verify(email, await issuedCode(t.platform, email));
  expect(right.statusCode).toBe(429);
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  expect((await request(email)).statusCode).toBe(429);
  t.clock.now += HOUR;
  await request(email);
  expect((await verify(email, await issuedCode(t.platform, email))).statusCode).toBe(200);
});

test('a code lives ten minutes; a second is sent after a minute at the soonest', async () => {
  const { email } = await t.person();
  await request(email);
  const again = await request(email);
  expect([again.statusCode, again.headers['retry-after']]).toEqual([429, '60']);
  const code = await issuedCode(t.platform, email);
  t.clock.now += 10 * 60_000;
  expect((await verify(email, code)).statusCode).toBe(410);
});

test('a code of one purpose does not serve another', async () => {
  const { email } = await t.person();
  await request(email);
  const code = await issuedCode(t.platform, email);
  expect((await t.post('/password/verify', { email, code })).statusCode).toBe(410);
  expect((await t.post('/signup/verify', { email, code })).statusCode).toBe(410);
});

test('a code is void once the account is deactivated', async () => {
  const { email, user } = await signUp(t);
  await request(email);
  await t.platform.database.pool.query('UPDATE auth.users SET is_active = false WHERE id = $1', [user.id]);
  expect((await verify(email, await issuedCode(t.platform, email))).statusCode).toBe(410);
});

test('codes are sealed on their way, and decoys go nowhere', async () => {
  const email = newEmail();
  const before = (await publishedEvents(t.platform, 'code.issued')).length;
  expect((await request(email)).statusCode).toBe(202);
  expect((await publishedEvents(t.platform, 'code.issued')).length).toBe(before);
  const { rows } = await t.platform.database.pool.query(
    `SELECT data->'data' AS data FROM jobs.job WHERE data->>'name' = 'code.withheld'`,
  );
  expect(rows.every(({ data }) => Object.keys(data).length === 0)).toBe(true);
});

test.each([
  ['/otp/request', {}],
  ['/otp/request', { email: 'a@example.com', phone: '+14155550100' }],
  ['/otp/request', { email: ['a@example.com'] }],
  ['/otp/request', { email: 'a\u0000@example.com' }],
  ['/otp/request', { email: 'a@example.com', role: 'ADMIN' }],
  ['/otp/verify', { email: 'a@example.com', code: 123456 }],
  ['/otp/verify', { email: 'a@example.com', code: '12345' }],
  ['/otp/verify', { email: 'a@example.com', code: '123456', isActive: true }],
  ['/otp/verify', { code: '123456' }],
])('%s refuses %j', async (url, body) => {
  expect((await t.post(url, body)).statusCode).toBe(400);
});
