import { issuedCode, publishedEvents, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authService } from '../index.ts';

let t: TestApp;
let clock = Date.parse('2026-03-01T12:00:00.000Z');
beforeAll(async () => {
  t = await testApp([authService], { now: () => new Date(clock) });
});
afterAll(() => t.close());

const password = 'a quiet harbour at dawn';
const post = (url: string, payload: unknown) =>
  t.app.inject({ method: 'POST', url, payload: payload as object });
const signup = (body: object) => post('/v1/auth/signup', { name: 'Ada', password, ...body });
const verify = (body: object) => post('/v1/auth/signup/verify', body);
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('the first account is ADMIN, the next is not', async () => {
  expect((await t.app.inject('/v1/auth/setup')).json()).toEqual({ needsFirstAccount: true });
  const roles = [];
  for (const email of ['first@example.com', 'second@example.com']) {
    expect((await signup({ email })).statusCode).toBe(202);
    const answer = await verify({ email, code: await issuedCode(t.platform, email) });
    expect(answer.statusCode).toBe(201);
    roles.push(answer.json().user.role);
  }
  expect(roles).toEqual(['ADMIN', 'USER']);
  expect((await t.app.inject('/v1/auth/setup')).json()).toEqual({ needsFirstAccount: false });
});

test('signs up by e-mail: code, account, tokens', async () => {
  const asked = await signup({ email: ' Eve.Long+tag@Example.com ' });
  expect(asked.json()).toEqual({
    status: 'verification_required',
    channel: 'EMAIL',
    expiresAt: '2026-03-01T12:10:00.000Z',
  });
  const code = await issuedCode(t.platform, 'Eve.Long+tag@Example.com');
  const made = await verify({ email: 'eve.long+TAG@example.com', code });
  expect(made.statusCode).toBe(201);
  expect(made.headers.location).toBe('/v1/users/me');
  const { user, tokens } = made.json();
  expect(user).toMatchObject({ email: 'Eve.Long+tag@Example.com', name: 'Ada', timeZone: 'UTC', version: 1 });
  expect(user).not.toHaveProperty('passwordHash');
  expect(tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 });
});

test('signs up by phone, without a password', async () => {
  const phone = '+14155550123';
  const asked = await post('/v1/auth/signup', { phone, name: 'Phoebe' });
  expect(asked.json().channel).toBe('SMS');
  const made = await verify({ phone, code: await issuedCode(t.platform, phone) });
  expect(made.json().user).toMatchObject({ phone, email: null });
  expect(made.json().user.phoneVerifiedAt).not.toBeNull();
});

test('with cookie delivery the tokens stay out of the body', async () => {
  const email = 'cookie@example.com';
  await signup({ email });
  const made = await verify({ email, code: await issuedCode(t.platform, email), delivery: 'cookie' });
  expect(made.json()).not.toHaveProperty('tokens');
  const access = made.cookies.find(({ name }) => name === 'spacedly_access');
  const refresh = made.cookies.find(({ name }) => name === 'spacedly_refresh');
  expect(access).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(refresh).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/v1/auth' });
});

test('a known address gets the same answer, a note, and no code that fits', async () => {
  clock += 3_600_000;
  const known = await signup({ email: 'FIRST@example.com', name: 'Mallory' });
  const unknown = await signup({ email: 'nobody@example.com' });
  expect(known.statusCode).toBe(unknown.statusCode);
  expect(known.json()).toEqual(unknown.json());
  expect(Object.keys(known.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
  const notes = await publishedEvents(t.platform, 'signup.address_taken');
  expect(notes).toMatchObject([{ channel: 'EMAIL', to: 'FIRST@example.com' }]);
  expect((await verify({ email: 'first@example.com', code: '000000' })).statusCode).toBe(400);
});

test('no code and no password lies readable in the outbox or the tables', async () => {
  const email = 'secret@example.com';
  await signup({ email });
  const code = await issuedCode(t.platform, email);
  const { pool } = t.platform.database;
  const { rows } = await pool.query(`SELECT data::text AS text FROM jobs.job
    UNION ALL SELECT row_to_json(c)::text FROM auth.one_time_codes c`);
  const all = rows.map(({ text }) => text.replaceAll(/"(id|expiresAt|occurredAt)":"[^"]*"/g, '')).join('\n');
  expect(all).not.toContain(`"${code}"`);
  expect(all).not.toContain(password);
});

test('three wrong guesses use the code up', async () => {
  const email = 'guess@example.com';
  await signup({ email });
  const code = await issuedCode(t.platform, email);
  const statuses = [];
  for (let guess = 0; guess < 4; guess += 1)
    statuses.push((await verify({ email, code: wrong(code) })).statusCode);
  expect(statuses).toEqual([400, 400, 400, 410]);
  expect((await verify({ email, code })).statusCode).toBe(410);
});

test('50 parallel wrong guesses: exactly three are judged; 50 right ones: exactly one account', async () => {
  const parallel = (email: string, code: string) =>
    Promise.all(
      Array.from({ length: 50 }, () => verify({ email, code }).then(({ statusCode }) => statusCode)),
    );
  await signup({ email: 'wrong50@example.com' });
  const wrongOnes = await parallel(
    'wrong50@example.com',
    wrong(await issuedCode(t.platform, 'wrong50@example.com')),
  );
  expect(wrongOnes.filter((status) => status === 400)).toHaveLength(3);
  expect(wrongOnes.filter((status) => status === 410)).toHaveLength(47);
  await signup({ email: 'right50@example.com' });
  const rightOnes = await parallel(
    'right50@example.com',
    await issuedCode(t.platform, 'right50@example.com'),
  );
  expect(rightOnes.filter((status) => status === 201)).toHaveLength(1);
  expect(rightOnes.filter((status) => status === 410)).toHaveLength(49);
});

test('50 parallel sign-ups for one address send one code', async () => {
  const email = 'parallel@example.com';
  const answers = await Promise.all(Array.from({ length: 50 }, () => signup({ email })));
  const statuses = answers.map(({ statusCode }) => statusCode);
  expect(statuses.filter((status) => status === 202)).toHaveLength(1);
  expect(statuses.filter((status) => status === 429)).toHaveLength(49);
  const sent = (await publishedEvents(t.platform, 'code.issued')).filter(({ to }) => to === email);
  expect(sent).toHaveLength(1);
});

test('a code lives ten minutes; another is sent after a minute at the soonest', async () => {
  const email = 'late@example.com';
  await signup({ email });
  const first = await issuedCode(t.platform, email);
  const early = await signup({ email });
  expect([early.statusCode, early.headers['retry-after']]).toEqual([429, '60']);
  clock += 61_000;
  expect((await signup({ email })).statusCode).toBe(202);
  const second = await issuedCode(t.platform, email);
  if (first !== second) expect((await verify({ email, code: first })).statusCode).toBe(400);
  clock += 10 * 60_000;
  expect((await verify({ email, code: second })).statusCode).toBe(410);
});

test.each([
  ['no address', {}, 'body.email'],
  ['both addresses', { email: 'a@example.com', phone: '+14155550100' }, 'body.email'],
  ['not an e-mail', { email: 'nobody' }, 'body.email'],
  ['an e-mail of 300 characters', { email: `${'a'.repeat(290)}@example.com` }, 'body.email'],
  ['an object as e-mail', { email: { $gt: '' } }, 'body.email'],
  ['a phone without country', { phone: '4155550100' }, 'body.phone'],
  ['a short password', { email: 'a@example.com', password: 'seven77' }, 'body.password'],
  ['a long password', { email: 'a@example.com', password: 'x'.repeat(129) }, 'body.password'],
  ['a common password', { email: 'a@example.com', password: 'Password123' }, 'body.password'],
  [
    'the e-mail as password',
    { email: 'somebody@example.com', password: 'Somebody@Example.com' },
    'body.password',
  ],
  ['a short name', { email: 'a@example.com', name: 'A' }, 'body.name'],
  ['a NUL byte', { email: 'a@example.com', name: 'A\u0000da' }, 'body.name'],
  ['a lone surrogate', { email: 'a@example.com', name: 'Ada\ud800' }, 'body.name'],
  ['a role', { email: 'a@example.com', role: 'ADMIN' }, 'body.role'],
  [
    'a verified mark',
    { email: 'a@example.com', emailVerifiedAt: '2026-01-01T00:00:00Z' },
    'body.emailVerifiedAt',
  ],
])('refuses %s', async (_name, body, path) => {
  const answer = await signup(body);
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json().errors.map((error: { path: string }) => error.path)).toContain(path);
});

test('verifying refuses malformed codes and unknown addresses', async () => {
  expect((await verify({ email: 'x@example.com', code: 123456 })).statusCode).toBe(400);
  expect((await verify({ email: 'x@example.com', code: '12345' })).statusCode).toBe(400);
  expect((await verify({ email: 'never@example.com', code: '123456' })).statusCode).toBe(410);
});

test('one network may ask for 20 codes an hour', async () => {
  const limited = await testApp([authService], { config: { CODES_PER_IP_HOUR: 20 } });
  const statuses = [];
  for (let index = 0; index < 21; index += 1) {
    const payload = { email: `n${index}@example.com`, name: 'Ada' };
    const answer = await limited.app.inject({ method: 'POST', url: '/v1/auth/signup', payload });
    statuses.push(answer.statusCode);
  }
  await limited.close();
  expect(statuses.slice(0, 20).every((status) => status === 202)).toBe(true);
  expect(statuses[20]).toBe(429);
});

test('when two sign-ups for an address disagree on the password, the account has neither', async () => {
  const login = (identifier: string, tried: string) =>
    post('/v1/auth/login', { identifier, password: tried });
  const email = 'victim@example.com';
  await signup({ email, password: 'the password of a stranger' });
  clock += 61_000;
  await signup({ email });
  expect((await verify({ email, code: await issuedCode(t.platform, email) })).statusCode).toBe(201);
  expect((await login(email, 'the password of a stranger')).statusCode).toBe(401);
  expect((await login(email, password)).statusCode).toBe(401);

  const again = 'resent@example.com';
  await signup({ email: again });
  clock += 61_000;
  await signup({ email: again });
  expect((await verify({ email: again, code: await issuedCode(t.platform, again) })).statusCode).toBe(201);
  expect((await login(again, password)).statusCode).toBe(200);
});
