import { expect, inject, test } from 'vitest';
import { waitFor } from '../harness/wait.ts';
import { countOf, createPeople, newEmail, PASSWORD, times, wrongCode } from './people.ts';

const people = createPeople(inject('systemUrl'));
const { post, code, login, me, send, signUp, mailbox } = people;

test('pre-hijacking: whoever signed up first with another’s address gains nothing', async () => {
  const email = newEmail();
  await post('/v1/auth/signup', { email, password: 'the attacker knows this one', name: 'Mallory' });
  expect((await login(email, 'the attacker knows this one')).status).toBe(401);
  // A second sign-up within a minute is refused for anybody, so it cannot replace what the code belongs to.
  expect((await post('/v1/auth/signup', { email, password: PASSWORD, name: 'Victor' })).status).toBe(429);
});

test('four accounts from one address in parallel: one', async () => {
  const email = newEmail();
  const asked = await times(4, () => post('/v1/auth/signup', { email, password: PASSWORD, name: 'Ada' }));
  expect(
    countOf(
      asked.map(({ status }) => status),
      202,
    ),
  ).toBe(1);
  const right = await code(email);
  const made = await times(50, () => post('/v1/auth/signup/verify', { email, code: right }));
  expect(
    countOf(
      made.map(({ status }) => status),
      201,
    ),
  ).toBe(1);
});

test('codes: 50 parallel guesses are three guesses, and then the right one is too late', async () => {
  const email = newEmail();
  await post('/v1/auth/signup', { email, password: PASSWORD, name: 'Ada' });
  const right = await code(email);
  const guesses = await times(50, () => post('/v1/auth/signup/verify', { email, code: wrongCode(right) }));
  expect(
    countOf(
      guesses.map(({ status }) => status),
      400,
    ),
  ).toBe(3);
  expect((await post('/v1/auth/signup/verify', { email, code: right })).status).toBe(410);
});

test('nobody makes themselves an administrator', async () => {
  const person = await signUp();
  for (const json of [
    { role: 'ADMIN' },
    { isActive: true },
    { emailVerifiedAt: null },
    { accountType: 'MERCHANT' },
  ]) {
    const answer = await send('/v1/users/me', { method: 'PATCH', json, headers: person.headers });
    expect(answer.status).toBe(400);
    const signup = await post('/v1/auth/signup', {
      email: newEmail(),
      name: 'Ada',
      password: PASSWORD,
      ...json,
    });
    expect(signup.status).toBe(400);
  }
  for (const path of ['/v1/admin/users', '/v1/admin/stats', '/v1/admin/audit', '/v1/admin/merchants']) {
    const { status } = await send(path, { headers: person.headers });
    // The first account of a fresh installation is its administrator.
    if ((await me(person.accessToken)).body.role === 'USER') expect(status).toBe(403);
  }
});

test('an address of 70 characters signs up and signs in', async () => {
  const email = `${'a'.repeat(58)}@example.com`.replace('aaaaaaaa', newEmail().slice(0, 8));
  await post('/v1/auth/signup', { email, password: PASSWORD, name: 'Long' });
  expect((await post('/v1/auth/signup/verify', { email, code: await code(email) })).status).toBe(201);
  expect((await login(email)).status).toBe(200);
});

test('case and look-alikes: one address is one account, a look-alike is refused', async () => {
  const person = await signUp();
  expect((await login(person.email.toUpperCase(), person.password)).status).toBe(200);
  for (const email of [
    'аda@example.com',
    'ada@exаmple.com',
    'ada@example.com\u200b',
    'ada@example.com\u0000',
  ]) {
    expect((await post('/v1/auth/signup', { email, password: PASSWORD, name: 'Ada' })).status).toBe(400);
  }
  for (const username of ['Ada', 'аda', 'ada\u0307', '../ada', 'a']) {
    const answer = await send('/v1/users/me', {
      method: 'PATCH',
      json: { username },
      headers: person.headers,
    });
    expect(answer.status).toBe(400);
  }
});

test('what people write is kept as typed and escaped in mails', async () => {
  const email = newEmail();
  const name = '<img src=x onerror=alert(1)> "$100 budget" done once = ok';
  await post('/v1/auth/signup', { email, password: PASSWORD, name });
  const verified = await post<{ user: { name: string } }>('/v1/auth/signup/verify', {
    email,
    code: await code(email),
  });
  expect(verified.body.user.name).toBe(name);
  const [mail] = await mailbox(email);
  expect(mail?.html).not.toContain('<img src=x');
});

test('links in mails come from the configured address, whatever the request says', async () => {
  const email = newEmail();
  await post(
    '/v1/auth/signup',
    { email, password: PASSWORD, name: 'Ada' },
    { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'ftp' },
  );
  await code(email);
  const [mail] = await mailbox(email);
  expect(`${mail?.html}${mail?.text}`).not.toContain('evil.example');
});

test('a reset by somebody else’s code or a second time is refused; a right one ends everything', async () => {
  const person = await signUp();
  const since = Date.now();
  expect((await post('/v1/auth/password/forgot', { email: person.email })).status).toBe(202);
  const right = await code(person.email, since);
  const guesses = await times(50, () =>
    post('/v1/auth/password/verify', { email: person.email, code: wrongCode(right) }),
  );
  expect(
    countOf(
      guesses.map(({ status }) => status),
      400,
    ),
  ).toBe(3);
  expect((await post('/v1/auth/password/verify', { email: person.email, code: right })).status).toBe(410);

  const link = await waitFor(
    async () => {
      const mails = await mailbox(person.email);
      return /reset-password[^\s"]*token=([\w-]+)/.exec(mails.map(({ text }) => text).join('\n'))?.[1];
    },
    5_000,
    'the link in the mail',
  );
  const reset = () =>
    post('/v1/auth/password/reset', { token: link, newPassword: 'an entirely new harbour' });
  expect(
    countOf(
      (await times(10, reset)).map(({ status }) => status),
      204,
    ),
  ).toBe(1);
  await waitFor(
    async () => (await me(person.accessToken)).status === 401,
    1_000,
    'the end of the access token',
  );
  expect((await post('/v1/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(401);
  expect((await login(person.email, 'an entirely new harbour')).status).toBe(200);
});
