import { issuedCode, publishedEvents, type SignedUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Flows,
  flowsApp,
  mailedToken,
  newEmail,
  newPhone,
  statusesOf,
  tally,
  wrong,
} from '../fixtures/flows.ts';

const HOUR = 3_600_000;
let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += HOUR;
});

type Person = Pick<SignedUp, 'headers' | 'password' | 'email'>;
const change = ({ headers, password }: Person, newEmail: string) =>
  t.post('/email/change', { newEmail, password }, headers);
const verify = ({ headers }: Pick<Person, 'headers'>, code: string, more = {}) =>
  t.post('/email/change/verify', { code, ...more }, headers);
const cancel = (token: string, kind = 'email') => t.post(`/${kind}/change/cancel`, { token });
const cancelToken = (to: string) => mailedToken(t.platform, 'address.change_requested', to);
const me = (headers: Record<string, string>) => t.app.inject({ url: '/v1/users/me', headers });
/** Signs in again: the clock has moved past the life of earlier access tokens. */
async function again(person: SignedUp, identifier = person.email): Promise<SignedUp> {
  const answer = await t.post('/login', { identifier, password: person.password });
  return { ...person, headers: { authorization: `Bearer ${answer.json().tokens.accessToken}` } };
}

test('the new address takes over once its code comes back; the old one is told', async () => {
  const person = await t.person();
  const to = `New.${newEmail()}`;
  const asked = await change(person, to);
  expect(asked.statusCode).toBe(202);
  expect(asked.json()).toMatchObject({ status: 'verification_required', channel: 'EMAIL' });
  expect((await me(person.headers)).json().email).toBe(person.email);
  expect((await t.post('/login', { identifier: person.email, password: person.password })).statusCode).toBe(
    200,
  );
  const [told] = (await publishedEvents(t.platform, 'address.change_requested')).filter(
    (data) => data.to === person.email,
  );
  expect(told).toMatchObject({ channel: 'EMAIL', kind: 'EMAIL', newAddress: 'N…@example.com' });
  expect(t.platform.secrets.open(told?.sealedLink as string)).toMatch(
    /^http:\/\/localhost:3000\/cancel-change\?token=/,
  );
  const code = await issuedCode(t.platform, to);
  expect((await verify(person, wrong(code))).statusCode).toBe(400);
  expect((await verify(person, code, { newEmail: newEmail() })).statusCode).toBe(410);
  const done = await verify(person, code, { newEmail: to.toLowerCase() });
  expect([done.statusCode, done.json().email]).toEqual([200, to]);
  expect((await verify(person, code)).statusCode).toBe(410);
  expect((await t.post('/login', { identifier: person.email, password: person.password })).statusCode).toBe(
    401,
  );
  expect((await t.post('/login', { identifier: to, password: person.password })).statusCode).toBe(200);
});

test('needs the password; a young session is not enough for who has one', async () => {
  const person = await t.person();
  const ask = (body: object) => t.post('/email/change', { newEmail: newEmail(), ...body }, person.headers);
  expect(statusesOf([await ask({}), await ask({ password: 'wrong password' })])).toEqual([403, 403]);
});

test('an address of somebody else answers alike and gets no code', async () => {
  const [person, other] = [await t.person(), await t.person()];
  const free = newEmail();
  const before = (await publishedEvents(t.platform, 'code.issued')).length;
  const taken = await change(person, other.email.toUpperCase());
  expect((await publishedEvents(t.platform, 'code.issued')).length).toBe(before);
  const untaken = await change(await t.person(), free);
  expect([taken.statusCode, Object.keys(taken.json())]).toEqual([
    untaken.statusCode,
    Object.keys(untaken.json()),
  ]);
  const guesses = [];
  for (let guess = 0; guess < 4; guess += 1) guesses.push(await verify(person, `00000${guess}`));
  expect(statusesOf(guesses)).toEqual([400, 400, 400, 410]);
});

test('a code belongs to who asked for it', async () => {
  const [person, thief] = [await t.person(), await t.person()];
  const to = newEmail();
  await change(person, to);
  const code = await issuedCode(t.platform, to);
  expect((await verify(thief, code)).statusCode).toBe(410);
  await change(thief, newEmail());
  expect((await verify(thief, code, { newEmail: to })).statusCode).toBe(410);
  expect((await verify(person, code)).statusCode).toBe(200);
});

test('two people after one address: the code is for who asked last, and the other cannot use it up', async () => {
  const [first, second] = [await t.person(), await t.person()];
  const to = newEmail();
  await change(first, to);
  t.clock.now += 61_000;
  await change(second, to);
  const code = await issuedCode(t.platform, to);
  const tries = [];
  for (let guess = 0; guess < 5; guess += 1) tries.push(await verify(first, code));
  expect(statusesOf(tries)).toEqual([410, 410, 410, 410, 410]);
  expect((await verify(second, code)).statusCode).toBe(200);
});

test('an address that is taken in between is refused', async () => {
  const person = await t.person();
  const to = newEmail();
  await change(person, to);
  const code = await issuedCode(t.platform, to);
  const { pool } = t.platform.database;
  const thief = await t.person();
  await pool.query('UPDATE auth.users SET email = $2 WHERE id = $1', [thief.user.id, to]);
  expect((await verify(person, code)).statusCode).toBe(409);
});

test('50 parallel right codes: one change', async () => {
  const person = await t.person();
  const to = newEmail();
  await change(person, to);
  const code = await issuedCode(t.platform, to);
  const answers = await Promise.all(Array.from({ length: 50 }, () => verify(person, code)));
  expect(tally(answers)).toEqual({ 200: 1, 410: 49 });
});

test('the owner may have the old address again', async () => {
  const person = await t.person();
  const to = newEmail();
  await change(person, to);
  await verify(person, await issuedCode(t.platform, to));
  t.clock.now += HOUR;
  const later = await again(person, to);
  await change(later, person.email);
  const done = await verify(later, await issuedCode(t.platform, person.email));
  expect([done.statusCode, done.json().email]).toEqual([200, person.email]);
});

test('a phone is added and changed the same way; the mailbox is told where there was none', async () => {
  const person = await t.person();
  const { headers, password } = person;
  const newPhone1 = newPhone();
  const asked = await t.post('/phone/change', { newPhone: newPhone1, password }, headers);
  expect([asked.statusCode, asked.json().channel]).toEqual([202, 'SMS']);
  const code = await issuedCode(t.platform, newPhone1);
  const done = await t.post('/phone/change/verify', { code, newPhone: newPhone1 }, headers);
  expect(done.json()).toMatchObject({ phone: newPhone1, email: person.email });
  expect(done.json().phoneVerifiedAt).not.toBeNull();
  const token = await cancelToken(person.email);
  expect((await cancel(token, 'phone')).statusCode).toBe(204);
  const { rows } = await t.platform.database.pool.query(
    'SELECT email, phone, phone_verified_at FROM auth.users WHERE id = $1',
    [person.user.id],
  );
  expect(rows).toEqual([{ email: person.email, phone: null, phone_verified_at: null }]);
});

test('without a password a young session is enough, later a fresh code is needed', async () => {
  const phone = newPhone();
  await t.post('/signup', { phone, name: 'Phoebe' });
  const made = await t.post('/signup/verify', { phone, code: await issuedCode(t.platform, phone) });
  const headers = { authorization: `Bearer ${made.json().tokens.accessToken}` };
  const ask = (body = {}) => t.post('/email/change', { newEmail: newEmail(), ...body }, headers);
  expect((await ask()).statusCode).toBe(202);
  t.clock.now += 10 * 60_000;
  expect((await ask()).statusCode).toBe(403);
  await t.post('/otp/request', { phone });
  expect((await ask({ code: await issuedCode(t.platform, phone) })).statusCode).toBe(202);
});

test('resends wait, the hour is limited, the own address is none', async () => {
  const person = await t.person();
  expect((await change(person, person.email.toUpperCase())).statusCode).toBe(400);
  const to = newEmail();
  expect(statusesOf([await change(person, to), await change(person, to)])).toEqual([202, 429]);
});

test.each(['/email/change', '/email/change/verify', '/phone/change', '/phone/change/verify'])(
  '%s needs a sign-in',
  async (url) => {
    expect((await t.post(url, {})).statusCode).toBe(401);
  },
);

test.each([
  ['/email/change', { newEmail: 'nobody', password: 'x' }],
  ['/email/change', { newEmail: { $gt: '' }, password: 'x' }],
  ['/email/change', { newEmail: 'a@example.com', password: 'x', emailVerifiedAt: '2026-01-01T00:00:00Z' }],
  ['/phone/change', { newPhone: '4155550100', password: 'x' }],
  ['/email/change/verify', { code: 123456 }],
  ['/phone/change/verify', { code: '123456', phone: '+14155550100' }],
  ['/email/change/cancel', { token: 7 }],
  ['/phone/change/cancel', {}],
])('%s refuses %j', async (url, body) => {
  const { headers } = await t.person();
  expect((await t.post(url, body, headers)).statusCode).toBe(400);
});
