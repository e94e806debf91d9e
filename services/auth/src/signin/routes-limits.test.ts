import { problemType } from '@spacedly/contracts';
import { testConfig } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Flows, flowsApp, newEmail, tally } from '../fixtures/flows.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let t: Flows;
beforeAll(async () => {
  t = await flowsApp({
    config: { LOGIN_FAILURES_PER_ACCOUNT: 8, LOGIN_FAILURES_PER_IP: 40, CODES_PER_IP_HOUR: 1_000 },
  });
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += 2 * DAY;
});

/** A request from another network, as our gateway passes it on. */
const from = (ip: string) => ({
  'x-spacedly-gateway': t.platform.serviceTokens.issue(),
  'x-forwarded-for': ip,
});
const login = (identifier: string, password: string, ip = '192.0.2.1', more = {}) =>
  t.post('/login', { identifier, password, ...more }, from(ip));
const fail = (identifier: string, ip?: string) => login(identifier, 'wrong password', ip);

test('the limits are settings', () => {
  expect(testConfig()).toMatchObject({
    LOGIN_FAILURES: 5,
    LOGIN_FAILURES_PER_IP: 100,
    CODES_PER_HOUR: 5,
    PASSWORD_RESETS_PER_HOUR: 3,
  });
});

test('after five failures from one network the wait doubles: 15 minutes, 30, an hour', async () => {
  const { email, password } = await t.person();
  for (let round = 0; round < 5; round += 1) expect((await fail(email)).statusCode).toBe(401);
  const waits = [];
  for (let round = 0; round < 3; round += 1) {
    const refused = await login(email, password);
    expect(refused.statusCode).toBe(429);
    const seconds = Number(refused.headers['retry-after']);
    waits.push(seconds / 60);
    t.clock.now += seconds * 1_000;
    if (round < 2) expect((await fail(email)).statusCode).toBe(401);
  }
  expect(waits).toEqual([15, 30, 60]);
  expect((await login(email, password)).statusCode).toBe(200);
  expect((await fail(email)).statusCode).toBe(401);
});

test('an unknown account waits alike, in any spelling', async () => {
  const email = newEmail();
  for (let round = 0; round < 5; round += 1) expect((await fail(email)).statusCode).toBe(401);
  expect((await fail(` ${email.toUpperCase()} `)).statusCode).toBe(429);
});

test('a neighbour in the same IPv6 /64 is the same network; another is not', async () => {
  const { email, password } = await t.person();
  for (let round = 0; round < 5; round += 1) await fail(email, `2001:db8:0:1::${round + 1}`);
  expect((await login(email, password, '2001:db8:0:1:ffff::9')).statusCode).toBe(429);
  expect((await login(email, password, '2001:db8:0:2::1')).statusCode).toBe(200);
});

test('X-Forwarded-For is nobody’s to choose', async () => {
  const { email } = await t.person();
  const answers = [];
  for (let round = 0; round < 8; round += 1) {
    const headers = { 'x-forwarded-for': `198.51.100.${round}` };
    answers.push(await t.post('/login', { identifier: email, password: 'wrong password' }, headers));
  }
  expect(tally(answers)).toEqual({ 401: 5, 429: 3 });
});

test('strangers all over slow unknown devices down, and do not shut the owner out', async () => {
  const { email, password } = await t.person();
  const known = (await login(email, password, '203.0.113.7', { rememberDevice: true })).json().deviceToken;
  for (let round = 0; round < 8; round += 1) {
    expect((await fail(email, `198.51.100.${round}`)).statusCode).toBe(401);
  }
  const stranger = await fail(email, '198.51.100.100');
  expect([stranger.statusCode, stranger.headers['retry-after']]).toEqual([429, '1']);
  expect((await login(email, password, '192.0.2.77', { deviceToken: known })).statusCode).toBe(200);
  expect((await login(email, password, '203.0.113.7')).statusCode).toBe(200);
});

test('the slowing of unknown devices ends at a minute', async () => {
  const { email, password } = await t.person();
  for (let round = 0; round < 8; round += 1) await fail(email, `198.51.100.${round}`);
  const waits = [];
  for (let round = 0; round < 8; round += 1) {
    const refused = await fail(email, `198.51.101.${round}`);
    waits.push(Number(refused.headers['retry-after']));
    t.clock.now += (waits.at(-1) as number) * 1_000;
    await fail(email, `198.51.102.${round}`);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  t.clock.now += 60_000;
  expect((await login(email, password, '198.51.103.1')).statusCode).toBe(200);
});

test('one network tries few passwords over all accounts', async () => {
  const ip = '203.0.113.99';
  const answers = [];
  for (let round = 0; round < 45; round += 1) answers.push(await fail(newEmail(), ip));
  expect(tally(answers)).toEqual({ 401: 40, 429: 5 });
  t.clock.now += 15 * MINUTE;
  expect((await fail(newEmail(), ip)).statusCode).toBe(401);
});

test('the counts survive a restart: they are in the database', async () => {
  const { rows } = await t.platform.database.pool.query(
    'SELECT count(*)::int AS throttles FROM auth.login_throttles',
  );
  expect(rows[0].throttles).toBeGreaterThan(0);
});

test('right and wrong passwords for one account at the same moment: the right ones take back what they counted', async () => {
  const { email, password } = await t.person();
  const device = (await login(email, password, '203.0.113.7', { rememberDevice: true })).json().deviceToken;
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        login(email, n % 4 === 0 ? 'wrong password' : password, `198.51.100.${n}`, { deviceToken: device }),
      ),
    );
    expect(tally(answers)).toEqual({ 200: 9, 401: 3 });
    t.clock.now += MINUTE;
  }
  // Nine wrong ones in all, from networks of which none failed too often.
  const { rows } = await t.platform.database.pool.query(
    "SELECT sum(count)::int AS counted FROM auth.counters WHERE key LIKE 'login:198.51.100.%'",
  );
  expect(rows[0].counted).toBe(9);
});

test('more sign-ins than can wait are told when to come back, and do no harm to later ones', async () => {
  const answers = await Promise.all(
    Array.from({ length: 400 }, (_, n) => fail(`nobody-${n}@example.com`, '192.0.2.77')),
  );
  const busy = answers.filter(({ statusCode }) => statusCode === 503);
  expect(busy.length).toBeGreaterThan(0);
  for (const answer of busy) {
    expect([answer.json().type, answer.headers['retry-after']]).toEqual([problemType('SIGN_IN_BUSY'), '2']);
  }
  // What waited got its turn and was counted exactly: as many as the network may fail, the others too many.
  const { 401: wrong, 429: tooMany } = tally(answers);
  expect(wrong).toBe(40);
  expect(40 + (tooMany ?? 0) + busy.length).toBe(400);
  expect((await fail('nobody@example.com', '192.0.2.78')).statusCode).toBe(401);
});
