import { issuedCode, publishedEvents } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  appCode,
  type Flows,
  flowsApp,
  newPhone,
  statusesOf,
  tally,
  withTotp,
  wrong,
} from '../fixtures/flows.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += HOUR;
});

type Headers = Record<string, string>;
const remove = (payload: object, headers: Headers) =>
  t.app.inject({ method: 'DELETE', url: '/v1/auth/2fa/totp', payload, headers });
const factors = async (headers: Headers) => (await t.app.inject({ url: '/v1/auth/2fa', headers })).json();
const signIn = async ({ email, password }: { email: string; password: string }) => {
  const answer = await t.post('/login', { identifier: email, password });
  return { authorization: `Bearer ${answer.json().tokens.accessToken}` };
};

test('set up, confirmed, told: ten recovery codes shown once, nothing readable kept', async () => {
  const { headers, user, email } = await t.person();
  const setup = (await t.post('/2fa/totp/setup', undefined, headers)).json();
  expect(setup.otpauthUrl).toContain(`secret=${setup.secret}`);
  expect(setup.qrSvg).toMatch(/^<svg [\s\S]*<\/svg>$/);
  expect(await factors(headers)).toEqual({ totp: false, email: false, recoveryCodesLeft: 0 });
  const answer = await t.post('/2fa/totp/confirm', { code: appCode(setup.secret, t.clock.now) }, headers);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const { recoveryCodes } = answer.json();
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await factors(headers)).toEqual({ totp: true, email: false, recoveryCodesLeft: 10 });
  const { rows } = await t.platform.database.pool.query(
    `SELECT row_to_json(f)::text AS text FROM auth.second_factors f
     UNION ALL SELECT row_to_json(r)::text FROM auth.recovery_codes r UNION ALL SELECT data::text FROM jobs.job`,
  );
  const kept = rows.map(({ text }) => text).join('\n');
  for (const secret of [setup.secret, ...recoveryCodes, recoveryCodes[0].replace('-', '')]) {
    expect(kept).not.toContain(secret);
  }
  const told = (await publishedEvents(t.platform, 'second_factor.changed')).filter(
    ({ userId }) => userId === user.id,
  );
  expect(told.map(({ change }) => change)).toEqual(['totp_on']);
  expect(email).toBeTruthy();
});

test('a wrong code does not turn it on; ten tries an hour', async () => {
  const { headers } = await t.person();
  expect((await t.post('/2fa/totp/confirm', { code: '123456' }, headers)).statusCode).toBe(404);
  const { secret } = (await t.post('/2fa/totp/setup', {}, headers)).json();
  const code = wrong(appCode(secret, t.clock.now));
  const answers = await Promise.all(
    Array.from({ length: 15 }, () => t.post('/2fa/totp/confirm', { code }, headers)),
  );
  expect(tally(answers)).toEqual({ 400: 9, 429: 6 });
  expect((await factors(headers)).totp).toBe(false);
});

test('it is set up once; a second set-up replaces a secret that was never confirmed', async () => {
  const { headers } = await t.person();
  const first = (await t.post('/2fa/totp/setup', {}, headers)).json().secret;
  const second = (await t.post('/2fa/totp/setup', {}, headers)).json().secret;
  const confirm = (secret: string) =>
    t.post('/2fa/totp/confirm', { code: appCode(secret, t.clock.now) }, headers);
  expect((await confirm(first)).statusCode).toBe(400);
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(second)));
  expect(tally(answers)).toEqual({ 200: 1, 409: 4 });
  expect((await t.post('/2fa/totp/setup', {}, headers)).statusCode).toBe(409);
});

test('an old session needs the password or a fresh code', async () => {
  const person = await t.person();
  t.clock.now += 10 * MINUTE;
  const { headers, email, password } = person;
  const setup = (body: object) => t.post('/2fa/totp/setup', body, headers);
  expect(statusesOf([await setup({}), await setup({ password: 'wrong password' })])).toEqual([403, 403]);
  expect((await setup({ code: '000000' })).statusCode).toBe(410);
  expect((await setup({ password })).statusCode).toBe(200);
  await t.post('/otp/request', { email });
  expect((await setup({ code: await issuedCode(t.platform, email) })).statusCode).toBe(200);
});

test('turned off only with the password, a code of the app or a recovery code', async () => {
  const person = await t.person();
  const { headers, password, user } = person;
  expect((await remove({ password }, headers)).statusCode).toBe(404);
  const first = await withTotp(t, person);
  expect(
    statusesOf([await remove({}, headers), await remove({ password, code: '123456' }, headers)]),
  ).toEqual([400, 400]);
  expect((await remove({ password: 'wrong password' }, headers)).statusCode).toBe(403);
  expect((await remove({ code: wrong(appCode(first.secret, t.clock.now)) }, headers)).statusCode).toBe(400);
  expect((await remove({ password }, headers)).statusCode).toBe(204);
  expect(await factors(headers)).toEqual({ totp: false, email: false, recoveryCodesLeft: 0 });
  const second = await withTotp(t, { headers: await signIn(person) });
  expect((await remove({ code: appCode(second.secret, t.clock.now) }, headers)).statusCode).toBe(204);
  const third = await withTotp(t, { headers: await signIn(person) });
  expect((await remove({ code: third.recoveryCodes[3] }, headers)).statusCode).toBe(204);
  const changes = (await publishedEvents(t.platform, 'second_factor.changed'))
    .filter(({ userId }) => userId === user.id)
    .map(({ change }) => change);
  expect(changes.filter((change) => change === 'totp_off')).toHaveLength(3);
});

test('new recovery codes kill the old ones', async () => {
  const person = await t.person();
  const { headers, password } = person;
  expect((await t.post('/2fa/recovery-codes', { password }, headers)).statusCode).toBe(404);
  const { recoveryCodes } = await withTotp(t, person);
  t.clock.now += 10 * MINUTE;
  expect((await t.post('/2fa/recovery-codes', {}, headers)).statusCode).toBe(403);
  const renewed = await t.post('/2fa/recovery-codes', { password }, headers);
  expect(renewed.json().recoveryCodes).toHaveLength(10);
  expect((await remove({ code: recoveryCodes[0] }, headers)).statusCode).toBe(400);
  expect((await remove({ code: renewed.json().recoveryCodes[0] }, headers)).statusCode).toBe(204);
});

test('codes by message: on at once, off in an old session only with the password', async () => {
  const { headers, password } = await t.person();
  const set = (body: object) => t.post('/2fa/email', body, headers);
  expect((await set({ enabled: true })).json()).toEqual({ enabled: true });
  expect((await factors(headers)).email).toBe(true);
  t.clock.now += 10 * MINUTE;
  expect((await set({ enabled: false })).statusCode).toBe(403);
  expect((await set({ enabled: false, password })).json()).toEqual({ enabled: false });
  expect((await factors(headers)).email).toBe(false);
});

test('people with a phone alone get the code by SMS', async () => {
  const phone = newPhone();
  await t.post('/signup', { phone, name: 'Phoebe', password: 'a quiet harbour at dawn' });
  const made = await t.post('/signup/verify', { phone, code: await issuedCode(t.platform, phone) });
  const headers = { authorization: `Bearer ${made.json().tokens.accessToken}` };
  expect((await t.post('/2fa/email', { enabled: true }, headers)).statusCode).toBe(200);
  const asked = await t.post('/login', { identifier: phone, password: 'a quiet harbour at dawn' });
  expect(asked.json().methods).toEqual(['sms']);
  const { challenge } = asked.json();
  const code = await issuedCode(t.platform, phone);
  expect((await t.post('/login/second-factor', { challenge, method: 'sms', code })).statusCode).toBe(200);
});

test('nobody verified, no codes by message', async () => {
  const { headers, user } = await t.person();
  await t.platform.database.pool.query('UPDATE auth.users SET email_verified_at = NULL WHERE id = $1', [
    user.id,
  ]);
  expect((await t.post('/2fa/email', { enabled: true }, headers)).statusCode).toBe(422);
});

test.each(['/2fa/totp/setup', '/2fa/totp/confirm', '/2fa/email', '/2fa/recovery-codes'])(
  '%s needs a sign-in and refuses what it does not know',
  async (url) => {
    const { headers } = await t.person();
    expect((await t.post(url, {})).statusCode).toBe(401);
    for (const body of [{ userId: 'x' }, { password: 7 }, { code: 123456, enabled: 'yes' }, []]) {
      expect((await t.post(url, body, headers)).statusCode).toBe(400);
    }
  },
);
