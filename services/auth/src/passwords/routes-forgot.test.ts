import { issuedCode, publishedEvents, type SignedUp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Flows, flowsApp, mailedToken, tally, wrong } from '../fixtures/flows.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const NEXT = 'another harbour at dusk';
let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += HOUR;
});

const forgot = (email: string) => t.post('/password/forgot', { email });
const reset = (token: string, newPassword = NEXT) => t.post('/password/reset', { token, newPassword });
const login = (email: string, password: string) => t.post('/login', { identifier: email, password });
const me = (headers: Record<string, string>) => t.app.inject({ url: '/v1/users/me', headers });
const linkOf = (email: string) => mailedToken(t.platform, 'code.issued', email);
const toldHow = async ({ user }: SignedUp) =>
  (await publishedEvents(t.platform, 'password.changed'))
    .filter(({ userId }) => userId === user.id)
    .map(({ how }) => how);

test('the link sets a new password; everything that was signed in is dead within a second', async () => {
  const person = await t.person();
  const trusting = await t.post('/login', {
    identifier: person.email,
    password: person.password,
    rememberDevice: true,
  });
  const second = { authorization: `Bearer ${trusting.json().tokens.accessToken}` };
  const asked = await forgot(person.email);
  expect([asked.statusCode, asked.json().channel]).toEqual([202, 'EMAIL']);
  const token = await linkOf(person.email);
  const isDead = async (headers: Record<string, string>) => (await me(headers)).statusCode === 401;
  expect([await isDead(person.headers), await isDead(second)]).toEqual([false, false]);
  expect((await reset(token)).statusCode).toBe(204);
  await waitFor(async () => (await isDead(person.headers)) && (await isDead(second)), 1_000);
  for (const refreshToken of [person.refreshToken, trusting.json().tokens.refreshToken]) {
    expect((await t.post('/refresh', { refreshToken })).statusCode).toBe(401);
  }
  const { rows } = await t.platform.database.pool.query('SELECT id FROM auth.devices WHERE user_id = $1', [
    person.user.id,
  ]);
  expect(rows).toEqual([]);
  expect((await login(person.email, person.password)).statusCode).toBe(401);
  expect((await login(person.email, NEXT)).statusCode).toBe(200);
  expect(await toldHow(person)).toEqual(['reset']);
});

test('the code gives a token of 15 minutes that works once', async () => {
  const { email } = await t.person();
  await forgot(email);
  const code = await issuedCode(t.platform, email);
  expect((await t.post('/password/verify', { email, code: wrong(code) })).statusCode).toBe(400);
  const verified = await t.post('/password/verify', { email, code });
  expect(verified.statusCode).toBe(200);
  const { resetToken, expiresAt } = verified.json();
  expect(Date.parse(expiresAt) - t.clock.now).toBe(15 * MINUTE);
  expect((await t.post('/password/verify', { email, code })).statusCode).toBe(410);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => reset(resetToken, `${NEXT} ${n}`)));
  expect(tally(answers)).toEqual({ 204: 1, 410: 19 });
});

test('tokens expire: the link after an hour, the token of a code after 15 minutes', async () => {
  const { email } = await t.person();
  await forgot(email);
  const link = await linkOf(email);
  t.clock.now += HOUR;
  expect((await reset(link)).statusCode).toBe(410);
  await forgot(email);
  const code = await issuedCode(t.platform, email);
  const { resetToken } = (await t.post('/password/verify', { email, code })).json();
  t.clock.now += 15 * MINUTE;
  expect((await reset(resetToken)).statusCode).toBe(410);
});

test('a newer link replaces the older one, and a reset uses up all of them', async () => {
  const { email } = await t.person();
  await forgot(email);
  const first = await linkOf(email);
  t.clock.now += 61_000;
  await forgot(email);
  const second = await linkOf(email);
  const code = await issuedCode(t.platform, email);
  expect((await reset(first)).statusCode).toBe(410);
  expect((await reset(second)).statusCode).toBe(204);
  expect((await t.post('/password/verify', { email, code })).statusCode).toBe(410);
});

test('a refused password leaves the link good; a GET uses nothing up', async () => {
  const { email } = await t.person();
  await forgot(email);
  const token = await linkOf(email);
  for (const weak of ['Password123', 'short', email]) expect((await reset(token, weak)).statusCode).toBe(400);
  await t.app.inject(`/reset-password?token=${token}`);
  await t.app.inject(`/v1/auth/password/reset?token=${token}`);
  expect((await reset(token)).statusCode).toBe(204);
});

test('three resets an hour, whether or not there is an account', async () => {
  const { email } = await t.person();
  for (const address of [email, 'nobody-at-all@example.com']) {
    const statuses = [];
    for (let round = 0; round < 4; round += 1) {
      statuses.push((await forgot(address)).statusCode);
      t.clock.now += 61_000;
    }
    expect(statuses).toEqual([202, 202, 202, 429]);
  }
});

test('the link of a mail is for its address: not after the account moved on or was closed', async () => {
  const person = await t.person();
  await forgot(person.email);
  const token = await linkOf(person.email);
  const { pool } = t.platform.database;
  await pool.query(`UPDATE auth.users SET email = 'moved-' || email WHERE id = $1`, [person.user.id]);
  expect((await reset(token)).statusCode).toBe(410);
  await pool.query('UPDATE auth.users SET email = $2, is_active = false WHERE id = $1', [
    person.user.id,
    person.email,
  ]);
  expect((await reset(token)).statusCode).toBe(410);
});

test('a link leads to our own address, whatever the request says', async () => {
  const { email } = await t.person();
  await t.post(
    '/password/forgot',
    { email },
    {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    },
  );
  const sent = (await publishedEvents(t.platform, 'code.issued')).filter(({ to }) => to === email);
  const link = t.platform.secrets.open(sent.at(-1)?.sealedLink as string);
  expect(link).toMatch(/^http:\/\/localhost:3000\/reset-password\?token=[\w-]{43}$/);
});

test('a sign-in with the old password that is on its way when the reset commits opens no session', async () => {
  const person = await t.person();
  await forgot(person.email);
  const token = await linkOf(person.email);
  const attempts = Array.from({ length: 4 }, () => login(person.email, person.password));
  await Promise.all([reset(token), ...attempts]);
  const { rows } = await t.platform.database.pool.query(
    `SELECT count(*)::int AS live FROM auth.sessions WHERE user_id = $1 AND ended_at IS NULL`,
    [person.user.id],
  );
  expect(rows[0].live).toBe(0);
});

test.each([
  ['/password/forgot', {}],
  ['/password/forgot', { email: 'a@example.com', userId: 'x' }],
  ['/password/verify', { email: 'a@example.com', code: 123456 }],
  ['/password/reset', { token: ['x'], newPassword: NEXT }],
  ['/password/reset', { token: 'x', newPassword: 'short' }],
  ['/password/reset', { token: 'x', newPassword: `${NEXT}\u0000` }],
  ['/password/reset', { token: 'x', newPassword: NEXT, userId: 'x' }],
])('%s refuses %j', async (url, body) => {
  expect((await t.post(url, body)).statusCode).toBe(400);
});

test('a token that never was is used up', async () => {
  expect((await reset('never-issued')).statusCode).toBe(410);
});
