import { publishedEvents, type SignedUp, signUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { appCode, type Flows, flowsApp, withTotp } from '../fixtures/flows.ts';
import { looksFamiliar } from './rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += HOUR;
});

const login = ({ email, password }: Pick<SignedUp, 'email' | 'password'>, more = {}, headers = {}) =>
  t.post('/login', { identifier: email, password, ...more }, headers);
const devices = async (headers: Record<string, string>) =>
  (await t.app.inject({ url: '/v1/auth/devices', headers })).json().items;

/** A person with an authenticator app who trusts this device. */
async function trusting(delivery: 'json' | 'cookie' = 'json') {
  const person = await t.person();
  const { secret } = await withTotp(t, person);
  const { challenge } = (await login(person)).json();
  const code = appCode(secret, t.clock.now);
  const body = { challenge, method: 'totp', code, trustDevice: true, delivery };
  return { person, secret, answer: await t.post('/login/second-factor', body) };
}

test('a trusted device skips the second factor for 30 days, with its token', async () => {
  const { person, answer } = await trusting();
  const { deviceToken } = answer.json();
  expect(deviceToken).toMatch(/^[\w-]{43}$/);
  expect((await login(person)).statusCode).toBe(202);
  const spared = await login(person, { deviceToken });
  expect(spared.statusCode).toBe(200);
  t.clock.now += 30 * DAY - HOUR;
  expect((await login(person, { deviceToken })).statusCode).toBe(200);
  t.clock.now += HOUR;
  expect((await login(person, { deviceToken })).statusCode).toBe(202);
});

test('a browser keeps it as a cookie that no script can read', async () => {
  const { person, answer } = await trusting('cookie');
  expect(answer.json()).not.toHaveProperty('deviceToken');
  const cookie = answer.cookies.find(({ name }) => name === 'spacedly_device');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/v1/auth' });
  const headers = { cookie: `spacedly_device=${cookie?.value}` };
  expect((await login(person, {}, headers)).statusCode).toBe(200);
});

test('trust is for one person, and the password is still needed', async () => {
  const { person, answer } = await trusting();
  const other = await trusting();
  const { deviceToken } = answer.json();
  expect((await login(other.person, { deviceToken })).statusCode).toBe(202);
  expect((await login({ ...person, password: 'wrong password' }, { deviceToken })).statusCode).toBe(401);
});

test('trusted devices are listed and removed by their owner alone', async () => {
  const { person, answer } = await trusting();
  const { tokens, deviceToken } = answer.json();
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  const [device] = await devices(headers);
  expect(device).toMatchObject({
    device: 'lightMyRequest',
    ip: '127.0.0.1',
    current: false,
    trustedUntil: new Date(t.clock.now + 30 * DAY).toISOString(),
  });
  const cookie = `spacedly_device=${deviceToken}`;
  expect((await devices({ ...headers, cookie }))[0].current).toBe(true);
  const stranger = await t.person();
  const remove = (by: Record<string, string>, id = device.id) =>
    t.app.inject({ method: 'DELETE', url: `/v1/auth/devices/${id}`, headers: by });
  expect((await remove(stranger.headers)).statusCode).toBe(404);
  expect((await remove(headers, 'nonsense')).statusCode).toBe(400);
  expect((await remove({})).statusCode).toBe(401);
  expect((await remove(headers)).statusCode).toBe(204);
  expect((await remove(headers)).statusCode).toBe(404);
  expect(await devices(headers)).toEqual([]);
  expect((await login(person, { deviceToken })).statusCode).toBe(202);
});

test('a known device that is not trusted is not listed and skips nothing', async () => {
  const person = await t.person();
  const { deviceToken, tokens } = (await login(person, { rememberDevice: true })).json();
  expect(deviceToken).toMatch(/^[\w-]{43}$/);
  expect(await devices({ authorization: `Bearer ${tokens.accessToken}` })).toEqual([]);
  await withTotp(t, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
  expect((await login(person, { deviceToken })).statusCode).toBe(202);
});

test('a new password ends the trust', async () => {
  const { person, answer } = await trusting();
  const { tokens, deviceToken } = answer.json();
  const body = { currentPassword: person.password, newPassword: 'another harbour at dusk' };
  await t.post('/password/change', body, { authorization: `Bearer ${tokens.accessToken}` });
  const again = await login({ ...person, password: body.newPassword }, { deviceToken });
  expect(again.statusCode).toBe(202);
});

test('a sign-in from a new device is told to the owner, one from a known device is not', async () => {
  const person = await signUp(t);
  const told = async () =>
    (await publishedEvents(t.platform, 'session.new_device')).filter(
      ({ userId }) => userId === person.user.id,
    );
  await login(person);
  expect(await told()).toHaveLength(0);
  const { deviceToken } = (await login(person, { rememberDevice: true }, { 'user-agent': FIREFOX })).json();
  expect(await told()).toMatchObject([{ device: 'Firefox on Linux', ip: '127.0.0.1' }]);
  await login(person, {}, { 'user-agent': FIREFOX.replaceAll('140', '141') });
  await login(person, { deviceToken }, { 'user-agent': 'a new program' });
  expect(await told()).toHaveLength(1);
  await login(person, {}, { 'user-agent': 'curl/8.5.0' });
  expect(await told()).toHaveLength(2);
});

test.each([
  ['the same', { ip: '192.0.2.1', userAgent: FIREFOX }, true],
  ['a newer version', { ip: '192.0.2.1', userAgent: FIREFOX.replaceAll('140', '150') }, true],
  ['another network', { ip: '192.0.2.2', userAgent: FIREFOX }, false],
  ['another browser', { ip: '192.0.2.1', userAgent: 'curl/8' }, false],
])('looks familiar: %s', (_name, here, expected) => {
  const seen = [
    { ip: null, userAgent: FIREFOX },
    { ip: '192.0.2.1', userAgent: FIREFOX },
  ];
  expect(looksFamiliar(seen, here)).toBe(expected);
  expect(looksFamiliar([{ ip: '2001:db8::1', userAgent: '' }], { ip: '2001:db8::2', userAgent: '' })).toBe(
    true,
  );
});
