import { generateSync } from 'otplib';
import { expect, inject, test } from 'vitest';
import type { Person } from '../harness/client.ts';
import { waitFor } from '../harness/wait.ts';
import { countOf, createPeople, newEmail, times } from './people.ts';

const { post, code, login, me, send, signUp, mailbox } = createPeople(inject('systemUrl'));

/** What the app shows now or at another of its 30-second steps; the one before may be too old when it arrives. */
const appCode = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + steps * 30 });

async function withApp(): Promise<{ person: Person; secret: string; recoveryCodes: string[] }> {
  const person = await signUp();
  const setup = await post<{ secret: string }>('/v1/auth/2fa/totp/setup', {}, person.headers);
  const { secret } = setup.body;
  const confirm = { code: appCode(secret) };
  const confirmed = await post<{ recoveryCodes: string[] }>(
    '/v1/auth/2fa/totp/confirm',
    confirm,
    person.headers,
  );
  expect(confirmed.status).toBe(200);
  return { person, secret, recoveryCodes: confirmed.body.recoveryCodes };
}

const challengeOf = async ({ email, password }: Person) => {
  const asked = await post<{ challenge: string }>('/v1/auth/login', { identifier: email, password });
  expect(asked.status).toBe(202);
  expect(asked.body).not.toHaveProperty('tokens');
  return asked.body.challenge;
};

test('a second factor is worth nothing before the password, and one code opens once', async () => {
  const { person, secret, recoveryCodes } = await withApp();
  const right = appCode(secret, 1);
  const finish = (challenge: string) =>
    post('/v1/auth/login/second-factor', { challenge, method: 'totp', code: right });
  expect((await post('/v1/auth/login', { identifier: person.email, password: right })).status).toBe(401);
  expect((await finish('nothing')).status).toBeGreaterThanOrEqual(400);
  expect((await me(await challengeOf(person))).status).toBe(401);

  const challenges = [await challengeOf(person), await challengeOf(person)];
  const answers = await times(50, (index) => finish(challenges[index % 2] as string));
  expect(
    countOf(
      answers.map(({ status }) => status),
      200,
    ),
  ).toBe(1);
  expect((await finish(await challengeOf(person))).status).toBe(400);

  const recover = async () =>
    post('/v1/auth/login/second-factor', {
      challenge: await challengeOf(person),
      method: 'recovery',
      code: recoveryCodes[0],
    });
  expect((await recover()).status).toBe(200);
  expect((await recover()).status).toBe(400);
});

test('a live token alone does not turn the second factor off', async () => {
  const { person } = await withApp();
  for (const json of [{}, { password: 'not the password' }, { code: '000000' }]) {
    const refused = await send('/v1/auth/2fa/totp', { method: 'DELETE', json, headers: person.headers });
    expect(refused.status).toBeGreaterThanOrEqual(400);
  }
  await challengeOf(person);
});

test('changing the address needs the password and the code sent there; the owner is told and takes it back', async () => {
  const person = await signUp();
  const newAddress = newEmail();
  const change = (password: string) =>
    post('/v1/auth/email/change', { newEmail: newAddress, password }, person.headers);
  expect((await change('not the password')).status).toBeGreaterThanOrEqual(400);
  expect((await change(person.password)).status).toBe(202);
  const right = await code(newAddress);
  expect((await login(newAddress, person.password)).status).toBe(401);

  // Somebody else cannot finish it, with the right code even.
  const eve = await signUp();
  const verify = { newEmail: newAddress, code: right };
  expect((await post('/v1/auth/email/change/verify', verify, eve.headers)).status).toBeGreaterThanOrEqual(
    400,
  );
  expect((await me(person.accessToken)).body.email).toBe(person.email);
  expect((await post('/v1/auth/email/change/verify', verify, person.headers)).status).toBeLessThan(300);

  const token = await waitFor(
    async () => {
      const told = (await mailbox(person.email)).map(({ text }) => text).join('\n');
      return /cancel-change\?token=([^\s)]+)/.exec(told)?.[1];
    },
    5_000,
    'the link in the mail to the old address',
  );
  const cancelled = await post('/v1/auth/email/change/cancel', { token: decodeURIComponent(token) });
  expect(cancelled.status).toBeLessThan(300);
  expect((await me(person.accessToken)).status).toBe(401);
  expect((await login(newAddress, person.password)).status).toBe(401);
});

test('a deleted account is out at once, with every token it had', async () => {
  const person = await signUp();
  const other = await login(person.email, person.password);
  const made = await post<{ token: string }>(
    '/v1/auth/tokens',
    { name: 'Script', scopes: ['users:read'] },
    person.headers,
  );
  const tokens = [person.accessToken, other.body.tokens.accessToken, made.body.token];
  const json = { password: person.password };
  const gone = await send('/v1/users/me', { method: 'DELETE', json, headers: person.headers });
  expect(gone.status).toBeLessThan(300);
  const seen = await Promise.all(tokens.map(async (token) => (await me(token)).status));
  expect(seen).toEqual([401, 401, 401]);
  expect((await post('/v1/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(401);
  expect((await login(person.email, person.password)).status).toBe(401);
});
