import { publishedEvents, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authService } from '../index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp([authService]);
  // The first account is an admin anyway.
  await signUp(t);
});
afterAll(() => t.close());

const grant = (email: unknown, authorization = `Service ${t.platform.serviceTokens.issue()}`) =>
  t.app.inject({
    method: 'POST',
    url: '/internal/auth/admins',
    payload: { email },
    headers: { authorization },
  });

test('the command line makes somebody an admin: told, logged on both sides, with new tokens only', async () => {
  const person = await signUp(t);
  const answer = await grant(person.email.toUpperCase());
  expect(answer.json()).toEqual({ id: person.user.id, email: person.email, role: 'ADMIN' });
  const me = () => t.app.inject({ url: '/v1/users/me', headers: person.headers });
  await waitFor(async () => (await me()).statusCode === 401, 1_000, 'the end of the old token');
  const payload = { identifier: person.email, password: person.password };
  const signedIn = await t.app.inject({ method: 'POST', url: '/v1/auth/login', payload });
  const headers = { authorization: `Bearer ${signedIn.json().tokens.accessToken}` };
  const log = (await t.app.inject({ url: '/v1/auth/events', headers })).json().items;
  expect(log.find(({ type }: { type: string }) => type === 'role_changed')).toMatchObject({
    details: { from: 'USER', to: 'ADMIN' },
  });
  const audit = await t.app.inject({ url: '/v1/admin/audit?action=user.role_changed', headers });
  expect(audit.json().items[0]).toMatchObject({ targetId: person.user.id, actorId: null });
  const told = await publishedEvents(t.platform, 'credential.changed');
  const mine = told.filter(({ userId }) => userId === person.user.id);
  expect(mine).toMatchObject([{ change: 'admin_granted' }]);
  expect((await grant(person.email)).statusCode).toBe(200);
  expect(await publishedEvents(t.platform, 'credential.changed')).toHaveLength(told.length);
});

test('nobody, nonsense and strangers', async () => {
  expect((await grant('nobody@example.com')).statusCode).toBe(404);
  expect((await grant(7)).statusCode).toBe(400);
  const person = await signUp(t);
  expect((await grant(person.email, person.headers.authorization)).statusCode).toBe(404);
  expect((await grant(person.email, 'Service 1.x')).statusCode).toBe(404);
});
