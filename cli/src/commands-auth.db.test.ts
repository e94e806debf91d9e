import { authService } from '@spacedly/auth';
import { signUp, TEST_SECRET, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandTests, outcomeOf, runCli } from './fixtures/run-cli.ts';

commandTests();

/** The installation as it runs, while commands work on it from another process. */
let t: TestApp;
beforeAll(async () => {
  t = await testApp([authService]);
});
afterAll(() => t.close());

async function cli(...args: string[]) {
  const env = { DATABASE_URL: t.platform.config.DATABASE_URL as string, SPACEDLY_SECRET: TEST_SECRET };
  return outcomeOf(runCli(args, env));
}
const kids = async () =>
  (await t.app.inject('/.well-known/jwks.json')).json().keys.map(({ kid }: { kid: string }) => kid);
const statusOf = async (headers: Record<string, string>) =>
  (await t.app.inject({ url: '/v1/users/me', headers })).statusCode;

test('keys rotate: the running server publishes the new key beside the old one', async () => {
  const [old] = await kids();
  const { code, output } = await cli('keys', 'rotate', '--json');
  expect(code).toBe(0);
  expect((await kids()).sort()).toEqual([old, JSON.parse(output).kid].sort());
});

test('keys rotate --revoke-old: the running server refuses what the old keys signed', async () => {
  const person = await signUp(t);
  expect(await statusOf(person.headers)).toBe(200);
  const { code, output } = await cli('keys', 'rotate', '--revoke-old');
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('are refused') });
  await waitFor(async () => (await statusOf(person.headers)) === 401, 1_000);
  expect(await kids()).toHaveLength(1);
});

test('admin grant: the account is ADMIN, and signs in again for it', async () => {
  await signUp(t);
  const person = await signUp(t);
  expect(person.user.role).toBe('USER');
  const { code, output } = await cli('admin', 'grant', person.email);
  expect({ code, output }).toEqual({
    code: 0,
    output: `${person.email} is ADMIN now, and has to sign in again.\n`,
  });
  await waitFor(async () => (await statusOf(person.headers)) === 401, 1_000);
  const payload = { identifier: person.email, password: person.password };
  const answer = await t.app.inject({ method: 'POST', url: '/v1/auth/login', payload });
  expect(answer.json().user.role).toBe('ADMIN');
});

test('admin grant says what is not right', async () => {
  expect(await cli('admin', 'grant', 'nobody@example.com')).toEqual({
    code: 1,
    output: expect.stringContaining('No account has this e-mail address\n'),
  });
  expect(await cli('admin', 'grant', 'nonsense')).toEqual({
    code: 2,
    output: expect.stringContaining('Must be an e-mail address\n'),
  });
});
