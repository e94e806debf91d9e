import { issuedCode, publishedEvents, type SignedUp } from '@spacedly/kit/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { appCode, type Flows, flowsApp, newEmail, tally, withTotp, wrong } from '../fixtures/flows.ts';

const HOUR = 3_600_000;
let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += HOUR;
});

const login = ({ email, password }: Pick<SignedUp, 'email' | 'password'>, more = {}) =>
  t.post('/login', { identifier: email, password, ...more });
const finish = (challenge: string, method: string, code: string, more = {}) =>
  t.post('/login/second-factor', { challenge, method, code, ...more });

async function withApp() {
  const person = await t.person();
  return { ...person, ...(await withTotp(t, person)) };
}

test('asks for the second factor only after the right password', async () => {
  const person = await withApp();
  const refused = await login({ ...person, password: 'not the password' });
  const unknown = await login({ email: newEmail(), password: 'not the password' });
  const view = ({ statusCode, body }: typeof refused) => [
    statusCode,
    body.replace(/"requestId":"[^"]*"/, ''),
  ];
  expect(view(refused)).toEqual(view(unknown));
  const asked = await login(person);
  expect(asked.statusCode).toBe(202);
  expect(asked.json()).toEqual({
    status: 'second_factor_required',
    challenge: expect.any(String),
    methods: ['totp', 'recovery'],
    expiresAt: new Date(t.clock.now + 5 * 60_000).toISOString(),
  });
  expect(asked.cookies).toEqual([]);
});

test('a code of the app finishes the sign-in; the token says mfa; the challenge and the code are used', async () => {
  const person = await withApp();
  const { challenge } = (await login(person)).json();
  const code = appCode(person.secret, t.clock.now);
  const done = await finish(challenge, 'totp', code);
  expect(done.statusCode).toBe(200);
  expect(decodeJwt(done.json().tokens.accessToken).amr).toEqual(['pwd', 'otp', 'mfa']);
  const refreshed = await t.post('/refresh', { refreshToken: done.json().tokens.refreshToken });
  expect(decodeJwt(refreshed.json().accessToken).amr).toEqual(['pwd', 'otp', 'mfa']);
  t.clock.now += 30_000;
  expect((await finish(challenge, 'totp', appCode(person.secret, t.clock.now))).statusCode).toBe(410);
  const next = (await login(person)).json().challenge;
  expect((await finish(next, 'totp', code)).statusCode).toBe(400);
  t.clock.now += 30_000;
  expect((await finish(next, 'totp', appCode(person.secret, t.clock.now))).statusCode).toBe(200);
});

test('50 parallel right codes make one session, also over two challenges', async () => {
  const person = await withApp();
  const challenges = [(await login(person)).json().challenge, (await login(person)).json().challenge];
  const code = appCode(person.secret, t.clock.now);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => finish(challenges[index % 2], 'totp', code)),
  );
  expect(tally(answers)[200]).toBe(1);
});

test('a challenge takes five tries, also in parallel, and five minutes', async () => {
  const person = await withApp();
  const { challenge } = (await login(person)).json();
  const bad = wrong(appCode(person.secret, t.clock.now));
  const answers = await Promise.all(Array.from({ length: 50 }, () => finish(challenge, 'totp', bad)));
  expect(tally(answers)).toEqual({ 400: 5, 410: 45 });
  const late = (await login(person)).json().challenge;
  t.clock.now += 5 * 60_000;
  expect((await finish(late, 'totp', appCode(person.secret, t.clock.now))).statusCode).toBe(410);
});

test('tries count over challenges: ten an hour', async () => {
  const person = await withApp();
  const answers = [];
  for (let round = 0; round < 3; round += 1) {
    const { challenge } = (await login(person)).json();
    const bad = wrong(appCode(person.secret, t.clock.now));
    for (let tries = 0; tries < 5; tries += 1) answers.push(await finish(challenge, 'totp', bad));
  }
  expect(tally(answers)).toEqual({ 400: 10, 429: 5 });
});

test('a recovery code works once, however it is typed, and the owner is told', async () => {
  const person = await withApp();
  const [code = ''] = person.recoveryCodes;
  const first = (await login(person)).json().challenge;
  expect((await finish(first, 'recovery', ` ${code.toUpperCase().replace('-', ' ')} `)).statusCode).toBe(200);
  const second = (await login(person)).json().challenge;
  expect((await finish(second, 'recovery', code)).statusCode).toBe(400);
  const told = (await publishedEvents(t.platform, 'second_factor.changed')).filter(
    ({ userId, change }) => userId === person.user.id && change === 'recovery_code_used',
  );
  expect(told).toHaveLength(1);
});

test('codes by message: sent by itself, sent again on request, bound to the person', async () => {
  const person = await t.person();
  await t.post('/2fa/email', { enabled: true }, person.headers);
  const asked = (await login(person)).json();
  expect(asked.methods).toEqual(['email']);
  const first = await issuedCode(t.platform, person.email);
  const early = await t.post('/login/second-factor/send', { challenge: asked.challenge, method: 'email' });
  expect(early.statusCode).toBe(429);
  t.clock.now += 61_000;
  const again = await t.post('/login/second-factor/send', { challenge: asked.challenge, method: 'email' });
  expect([again.statusCode, again.json().channel]).toEqual([202, 'EMAIL']);
  expect(Date.parse(again.json().expiresAt) - t.clock.now).toBe(5 * 60_000);
  const code = await issuedCode(t.platform, person.email);
  if (first !== code) expect((await finish(asked.challenge, 'email', first)).statusCode).toBe(400);
  const done = await finish(asked.challenge, 'email', code);
  expect(done.statusCode).toBe(200);
  expect(decodeJwt(done.json().tokens.accessToken).amr).toEqual(['pwd', 'otp', 'mfa']);
});

test('a code by mail is no second factor where it was the first', async () => {
  const person = await t.person();
  await t.post('/2fa/email', { enabled: true }, person.headers);
  await t.post('/otp/request', { email: person.email });
  const code = await issuedCode(t.platform, person.email);
  const asked = await t.post('/otp/verify', { email: person.email, code });
  expect(asked.statusCode).toBe(202);
  const { challenge, methods } = asked.json();
  expect(methods).toEqual(['password']);
  expect((await finish(challenge, 'email', '123456')).statusCode).toBe(422);
  expect((await finish(challenge, 'password', 'wrong')).statusCode).toBe(400);
  const done = await finish(challenge, 'password', person.password);
  expect(done.statusCode).toBe(200);
  expect(decodeJwt(done.json().tokens.accessToken).amr).toEqual(['otp', 'pwd', 'mfa']);
});

test('a code by mail does not skip the app', async () => {
  const person = await withApp();
  await t.post('/otp/request', { email: person.email });
  const code = await issuedCode(t.platform, person.email);
  const asked = await t.post('/otp/verify', { email: person.email, code });
  expect([asked.statusCode, asked.json().methods]).toEqual([202, ['totp', 'recovery']]);
});

test('a challenge is no access or refresh token, and no other token is a challenge', async () => {
  const person = await withApp();
  const { challenge } = (await login(person)).json();
  const me = await t.app.inject({ url: '/v1/users/me', headers: { authorization: `Bearer ${challenge}` } });
  expect(me.statusCode).toBe(401);
  expect((await t.post('/refresh', { refreshToken: challenge })).statusCode).toBe(401);
  const code = appCode(person.secret, t.clock.now);
  for (const token of [person.accessToken.slice(0, 200), person.refreshToken, 'x']) {
    expect((await finish(token, 'totp', code)).statusCode).toBe(410);
  }
});

test('methods that are not set up are refused', async () => {
  const person = await withApp();
  const { challenge } = (await login(person)).json();
  for (const method of ['email', 'sms', 'password']) {
    expect((await finish(challenge, method, '123456')).statusCode).toBe(422);
  }
  const send = await t.post('/login/second-factor/send', { challenge, method: 'email' });
  expect(send.statusCode).toBe(422);
  const unknown = await t.post('/login/second-factor/send', { challenge: 'x', method: 'email' });
  expect(unknown.statusCode).toBe(410);
});

test('a deactivated person cannot finish', async () => {
  const person = await withApp();
  const { challenge } = (await login(person)).json();
  await t.platform.database.pool.query('UPDATE auth.users SET is_active = false WHERE id = $1', [
    person.user.id,
  ]);
  expect((await finish(challenge, 'totp', appCode(person.secret, t.clock.now))).statusCode).toBe(410);
});

test.each([
  [{}],
  [{ challenge: 'x', method: 'magic', code: '123456' }],
  [{ challenge: 'x', method: 'totp', code: 123456 }],
  [{ challenge: ['x'], method: 'totp', code: '123456' }],
  [{ challenge: 'x', method: 'totp', code: '123456', trustDevice: 'yes' }],
  [{ challenge: 'x', method: 'totp', code: '123456', userId: 'me' }],
])('refuses %j', async (body) => {
  expect((await t.post('/login/second-factor', body)).statusCode).toBe(400);
});
