import { signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Instance, secondInstance } from '../fixtures/second-instance.ts';
import { authService } from '../index.ts';

let t: TestApp;
let other: Instance;
beforeAll(async () => {
  t = await testApp([authService]);
  other = await secondInstance(t);
});
afterAll(async () => {
  await other.close();
  await t.close();
});

/** Cuts every signal connection of the installation. */
const cutSignals = () =>
  t.platform.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'spacedly signals' AND datname = current_database()`,
  );

test('an instance that lost its feed refuses the token of a session that ended meanwhile, within a second', async () => {
  const people = [await signUp(t), await signUp(t), await signUp(t)];
  for (const person of people) {
    const { headers } = person;
    const meAtOther = async () => (await other.app.inject({ url: '/v1/users/me', headers })).statusCode;
    expect(await meAtOther()).toBe(200);
    await cutSignals();
    const logout = await t.app.inject({ method: 'POST', url: '/v1/auth/logout', headers });
    expect(logout.statusCode).toBe(204);
    await waitFor(async () => (await meAtOther()) === 401, 1_000, 'the refusal');
    await waitFor(() => other.platform.signals.isConnected && t.platform.signals.isConnected);
  }
});

test('the same for a personal access token', async () => {
  const { headers } = await signUp(t);
  const payload = { name: 'Script', scopes: ['users:read'] };
  const made = (await t.app.inject({ method: 'POST', url: '/v1/auth/tokens', headers, payload })).json();
  const authorization = `Bearer ${made.token}`;
  const meAtOther = async () =>
    (await other.app.inject({ url: '/v1/users/me', headers: { authorization } })).statusCode;
  expect(await meAtOther()).toBe(200);
  await cutSignals();
  const gone = await t.app.inject({ method: 'DELETE', url: `/v1/auth/tokens/${made.id}`, headers });
  expect(gone.statusCode).toBe(204);
  await waitFor(async () => (await meAtOther()) === 401, 1_000, 'the refusal');
});
