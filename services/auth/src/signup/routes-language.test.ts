import { issuedCode, publishedEvents } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flows, flowsApp, mailedToken, newEmail } from '../fixtures/flows.ts';

let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());

const signup = (body: object, headers?: Record<string, string>) =>
  t.post('/signup', { name: 'Ada', password: 'a quiet harbour at dawn', ...body }, headers);

async function sent(event: string, to: string) {
  return (await publishedEvents(t.platform, event)).filter((data) => data.to === to);
}

test('what a browser tells of language and zone is that of the mail and of the account', async () => {
  const email = newEmail();
  const told = { locale: 'de-AT', timeZone: 'Europe/Vienna' };
  expect((await signup({ email, ...told }, { 'accept-language': 'es' })).statusCode).toBe(202);
  expect(await sent('code.issued', email)).toMatchObject([told]);
  const made = await t.post('/signup/verify', { email, code: await issuedCode(t.platform, email) });
  expect(made.json().user).toMatchObject(told);
});

test('the link of the mail brings them too', async () => {
  const email = newEmail();
  const told = { locale: 'hi-IN', timeZone: 'Asia/Kolkata' };
  await signup({ email, ...told });
  const token = await mailedToken(t.platform, 'code.issued', email);
  expect((await t.post('/verify-email', { token })).json().user).toMatchObject(told);
});

test.each([
  ['de-CH, en;q=0.5', 'de-CH'],
  ['fr, es;q=0.5', 'es'],
  ['fr', 'en'],
  [undefined, 'en'],
])('without them, Accept-Language %s makes it %s, in UTC', async (header, locale) => {
  const email = newEmail();
  await signup({ email }, header === undefined ? {} : { 'accept-language': header });
  expect(await sent('code.issued', email)).toMatchObject([{ locale, timeZone: 'UTC' }]);
  const made = await t.post('/signup/verify', { email, code: await issuedCode(t.platform, email) });
  expect(made.json().user).toMatchObject({ locale, timeZone: 'UTC' });
});

test('the note to a known address is in the same language', async () => {
  const email = newEmail();
  await signup({ email });
  await t.post('/signup/verify', { email, code: await issuedCode(t.platform, email) });
  t.clock.now += 60_000;
  await signup({ email, locale: 'es' });
  expect(await sent('signup.address_taken', email)).toMatchObject([{ locale: 'es', timeZone: 'UTC' }]);
});

test('every later code speaks as the account does', async () => {
  const email = newEmail();
  const told = { locale: 'de', timeZone: 'Europe/Berlin' };
  await signup({ email, ...told });
  await t.post('/signup/verify', { email, code: await issuedCode(t.platform, email) });
  await t.post('/otp/request', { email }, { 'accept-language': 'es' });
  await t.post('/password/forgot', { email }, { 'accept-language': 'es' });
  const codes = await sent('code.issued', email);
  expect(codes.map(({ purpose, locale, timeZone }) => ({ purpose, locale, timeZone }))).toEqual(
    ['SIGNUP', 'SIGNIN', 'PASSWORD_RESET'].map((purpose) => ({ purpose, ...told })),
  );
});

test.each([
  [{ locale: 'German' }, 'body.locale'],
  [{ timeZone: 'Mars/Olympus' }, 'body.timeZone'],
  [{ timeZone: '+02:00' }, 'body.timeZone'],
])('refuses %j as the settings do', async (body, path) => {
  const answer = await signup({ email: newEmail(), ...body });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors).toMatchObject([{ path }]);
});
