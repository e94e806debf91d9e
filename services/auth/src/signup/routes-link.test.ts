import { issuedCode, publishedEvents } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Flows, flowsApp, mailedToken, newEmail, newPhone, tally } from '../fixtures/flows.ts';

const HOUR = 3_600_000;
let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());
beforeEach(() => {
  t.clock.now += HOUR;
});

const password = 'a quiet harbour at dawn';
const signup = (email: string, more = {}) => t.post('/signup', { email, name: 'Ada', password, ...more });
const linkOf = (email: string) => mailedToken(t.platform, 'code.issued', email);
const verify = (token: string, more = {}) => t.post('/verify-email', { token, ...more });

test('the mail carries a link of our own address; posting its token makes the account, once', async () => {
  const email = newEmail();
  await signup(email);
  const sent = (await publishedEvents(t.platform, 'code.issued')).find(({ to }) => to === email);
  const link = t.platform.secrets.open(sent?.sealedLink as string);
  expect(link).toMatch(/^http:\/\/localhost:3000\/verify-email\?token=[\w-]{43}$/);
  const token = await linkOf(email);
  const answers = await Promise.all(Array.from({ length: 50 }, () => verify(token)));
  expect(tally(answers)).toEqual({ 200: 1, 410: 49 });
  const made = answers.find(({ statusCode }) => statusCode === 200)?.json();
  expect(made.user).toMatchObject({ email, name: 'Ada' });
  expect(made.user.emailVerifiedAt).not.toBeNull();
  expect(made.tokens.tokenType).toBe('Bearer');
  expect((await t.post('/login', { identifier: email, password })).statusCode).toBe(200);
});

test('no GET uses it up, whoever follows the link', async () => {
  const email = newEmail();
  await signup(email);
  const token = await linkOf(email);
  for (const url of [`/verify-email?token=${token}`, `/v1/auth/verify-email?token=${token}`]) {
    await t.app.inject(url);
    await t.app.inject({ method: 'HEAD', url });
  }
  expect((await verify(token, { delivery: 'cookie' })).json()).not.toHaveProperty('tokens');
});

test('it outlives the code: 24 hours', async () => {
  const [early, late] = [newEmail(), newEmail()];
  await signup(early);
  await signup(late);
  t.clock.now += 24 * HOUR - 1;
  expect((await verify(await linkOf(early))).statusCode).toBe(200);
  t.clock.now += 1;
  expect((await verify(await linkOf(late))).statusCode).toBe(410);
});

test('code and link are one chance', async () => {
  const [byCode, byLink, both] = [newEmail(), newEmail(), newEmail()];
  await signup(byCode);
  expect(
    (await t.post('/signup/verify', { email: byCode, code: await issuedCode(t.platform, byCode) }))
      .statusCode,
  ).toBe(201);
  expect((await verify(await linkOf(byCode))).statusCode).toBe(410);
  await signup(byLink);
  expect((await verify(await linkOf(byLink))).statusCode).toBe(200);
  expect(
    (await t.post('/signup/verify', { email: byLink, code: await issuedCode(t.platform, byLink) }))
      .statusCode,
  ).toBe(410);
  await signup(both);
  const [code, token] = [await issuedCode(t.platform, both), await linkOf(both)];
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      n % 2 === 0 ? verify(token) : t.post('/signup/verify', { email: both, code }),
    ),
  );
  expect(answers.filter(({ statusCode }) => statusCode < 300)).toHaveLength(1);
  expect(answers.filter(({ statusCode }) => statusCode === 410)).toHaveLength(39);
});

test('a newer mail replaces the older one', async () => {
  const email = newEmail();
  await signup(email);
  const first = await linkOf(email);
  t.clock.now += 61_000;
  await signup(email, { name: 'Ada King' });
  expect((await verify(first)).statusCode).toBe(410);
  expect((await verify(await linkOf(email))).json().user.name).toBe('Ada King');
});

test('a known address gets no link, and an SMS none either', async () => {
  const { email } = await t.person();
  t.clock.now += HOUR;
  const before = (await publishedEvents(t.platform, 'code.issued')).length;
  expect((await signup(email)).statusCode).toBe(202);
  expect((await publishedEvents(t.platform, 'code.issued')).length).toBe(before);
  const phone = newPhone();
  await t.post('/signup', { phone, name: 'Phoebe' });
  const sent = (await publishedEvents(t.platform, 'code.issued')).find(({ to }) => to === phone);
  expect(sent).not.toHaveProperty('sealedLink');
});

test('the tokens are kept as hashes only', async () => {
  const email = newEmail();
  await signup(email);
  const token = await linkOf(email);
  const { rows } = await t.platform.database.pool.query(
    `SELECT row_to_json(l)::text AS text FROM auth.link_tokens l UNION ALL SELECT data::text FROM jobs.job`,
  );
  expect(rows.map(({ text }) => text).join('\n')).not.toContain(token);
});

test.each([
  [{}, 400],
  [{ token: 7 }, 400],
  [{ token: 'x', role: 'ADMIN' }, 400],
  [{ token: 'x'.repeat(300) }, 400],
  [{ token: 'never-issued' }, 410],
])('%j answers %i', async (body, status) => {
  expect((await t.post('/verify-email', body)).statusCode).toBe(status);
});
