import { issuedCode, publishedEvents, type SignedUp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Flows, flowsApp, mailedToken, newEmail, tally } from '../fixtures/flows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
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

test('a pending change is cancelled by the link, once', async () => {
  const person = await t.person();
  const to = newEmail();
  await change(person, to);
  const code = await issuedCode(t.platform, to);
  const token = await cancelToken(person.email);
  expect((await cancel(token, 'phone')).statusCode).toBe(410);
  const answers = await Promise.all(Array.from({ length: 20 }, () => cancel(token)));
  expect(tally(answers)).toEqual({ 204: 1, 410: 19 });
  expect((await verify(person, code)).statusCode).toBe(410);
  expect((await me(person.headers)).statusCode).toBe(200);
});

test('a finished change is taken back within 7 days: thief out, password gone, a link to set another', async () => {
  const person = await t.person();
  const to = newEmail();
  await change(person, to);
  await verify(person, await issuedCode(t.platform, to));
  const token = await cancelToken(person.email);
  t.clock.now += 7 * DAY - HOUR;
  const thief = await again(person, to);
  expect((await me(thief.headers)).json().email).toBe(to);
  expect((await cancel(token)).statusCode).toBe(204);
  await waitFor(async () => (await me(thief.headers)).statusCode === 401, 1_000);
  expect((await t.post('/login', { identifier: to, password: person.password })).statusCode).toBe(401);
  expect((await t.post('/login', { identifier: person.email, password: person.password })).statusCode).toBe(
    401,
  );
  const reset = await mailedToken(t.platform, 'address.change_reverted', person.email);
  const newPassword = 'another harbour at dusk';
  expect((await t.post('/password/reset', { token: reset, newPassword })).statusCode).toBe(204);
  const back = await t.post('/login', { identifier: person.email, password: newPassword });
  expect(back.json().user.email).toBe(person.email);
});

test('taking the first of two changes back undoes both', async () => {
  const person = await t.person();
  for (const to of [newEmail(), newEmail()]) {
    await change(person, to);
    expect((await verify(person, await issuedCode(t.platform, to))).statusCode).toBe(200);
  }
  expect((await cancel(await cancelToken(person.email))).statusCode).toBe(204);
  const { rows } = await t.platform.database.pool.query('SELECT email FROM auth.users WHERE id = $1', [
    person.user.id,
  ]);
  expect(rows[0].email).toBe(person.email);
});

test('after 7 days the link is dead; until then nobody else gets the old address', async () => {
  const person = await t.person();
  const to = newEmail();
  await change(person, to);
  await verify(person, await issuedCode(t.platform, to));
  const token = await cancelToken(person.email);
  t.clock.now += HOUR;
  const stranger = async () => {
    await t.post('/signup', { email: person.email, name: 'Mallory' });
    return (await publishedEvents(t.platform, 'signup.address_taken')).some(
      (data) => data.to === person.email,
    );
  };
  expect(await stranger()).toBe(true);
  t.clock.now += 7 * DAY - HOUR;
  expect((await cancel(token)).statusCode).toBe(410);
});

test('a link that never was is used up', async () => {
  expect((await cancel('never-issued')).statusCode).toBe(410);
});
