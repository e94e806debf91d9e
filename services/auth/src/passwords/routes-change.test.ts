import { issuedCode, publishedEvents, type SignedUp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Flows, flowsApp, newPhone, statusesOf, tally, wrong } from '../fixtures/flows.ts';

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

const login = (email: string, password: string) => t.post('/login', { identifier: email, password });
const me = (headers: Record<string, string>) => t.app.inject({ url: '/v1/users/me', headers });
const toldHow = async ({ user }: SignedUp) =>
  (await publishedEvents(t.platform, 'password.changed'))
    .filter(({ userId }) => userId === user.id)
    .map(({ how }) => how);

/** An account that came by code and never had a password. */
async function withoutPassword() {
  const phone = newPhone();
  await t.post('/signup', { phone, name: 'Phoebe' });
  const made = await t.post('/signup/verify', { phone, code: await issuedCode(t.platform, phone) });
  return { phone, headers: { authorization: `Bearer ${made.json().tokens.accessToken}` } };
}

test('changing the password ends the other sessions, not this one', async () => {
  const person = await t.person();
  const other = {
    authorization: `Bearer ${(await login(person.email, person.password)).json().tokens.accessToken}`,
  };
  const change = (body: object) => t.post('/password/change', body, person.headers);
  const { password: currentPassword } = person;
  expect((await change({ currentPassword: 'wrong password', newPassword: NEXT })).statusCode).toBe(403);
  expect((await change({ currentPassword, newPassword: 'Password123' })).statusCode).toBe(400);
  expect((await change({ currentPassword, newPassword: NEXT })).statusCode).toBe(204);
  await waitFor(async () => (await me(other)).statusCode === 401, 1_000);
  expect((await me(person.headers)).statusCode).toBe(200);
  expect((await login(person.email, NEXT)).statusCode).toBe(200);
  expect(await toldHow(person)).toEqual(['changed']);
});

test('a found browser cannot guess the password: five tries, also in parallel', async () => {
  const person = await t.person();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      t.post('/password/change', { currentPassword: `wrong ${n}`, newPassword: NEXT }, person.headers),
    ),
  );
  expect(tally(answers)).toEqual({ 403: 5, 429: 45 });
});

test('an account without a password sets one, in a young session or with a code, once', async () => {
  const first = await withoutPassword();
  expect((await t.post('/password/set', { newPassword: NEXT }, first.headers)).statusCode).toBe(204);
  expect((await t.post('/password/set', { newPassword: NEXT }, first.headers)).statusCode).toBe(409);
  const { phone, headers } = await withoutPassword();
  t.clock.now += 10 * MINUTE;
  const set = (body: object) => t.post('/password/set', body, headers);
  expect((await set({ newPassword: NEXT })).statusCode).toBe(403);
  await t.post('/otp/request', { phone });
  const code = await issuedCode(t.platform, phone);
  expect((await set({ newPassword: NEXT, code: wrong(code) })).statusCode).toBe(400);
  expect((await set({ newPassword: NEXT, code })).statusCode).toBe(204);
  expect((await t.post('/login', { identifier: phone, password: NEXT })).statusCode).toBe(200);
});

test('50 parallel first passwords: one is set', async () => {
  const { headers } = await withoutPassword();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => t.post('/password/set', { newPassword: `${NEXT} ${n}` }, headers)),
  );
  expect(tally(answers)).toEqual({ 204: 1, 409: 49 });
});

test.each([
  ['$2b$', '$2b$04$'],
  ['a weak Argon2id', '$argon2id$'],
])('a hash of another system (%s) works and is replaced at the first sign-in', async (_name, prefix) => {
  const person = await t.person();
  const { hash: bcrypt } = await import('@node-rs/bcrypt');
  const { hash: argon2 } = await import('@node-rs/argon2');
  const foreign = prefix.startsWith('$2b')
    ? await bcrypt(person.password, { cost: 4 })
    : await argon2(person.password, { algorithm: 2, memoryCost: 4_096, timeCost: 1 });
  expect(foreign.startsWith(prefix)).toBe(true);
  const { pool } = t.platform.database;
  await pool.query('UPDATE auth.users SET password_hash = $2 WHERE id = $1', [person.user.id, foreign]);
  expect((await login(person.email, 'wrong password')).statusCode).toBe(401);
  expect((await login(person.email, person.password)).statusCode).toBe(200);
  const { rows } = await pool.query('SELECT password_hash FROM auth.users WHERE id = $1', [person.user.id]);
  expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await login(person.email, person.password)).statusCode).toBe(200);
});

test('these need a sign-in', async () => {
  const answers = [
    await t.post('/password/change', { currentPassword: 'x', newPassword: NEXT }),
    await t.post('/password/set', { newPassword: NEXT }),
  ];
  expect(statusesOf(answers)).toEqual([401, 401]);
});
