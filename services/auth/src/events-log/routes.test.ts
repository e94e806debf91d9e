import { issuedCode, signUp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flows, flowsApp, mailedToken, newEmail, withTotp } from '../fixtures/flows.ts';

let t: Flows;
beforeAll(async () => {
  t = await flowsApp();
});
afterAll(() => t.close());

const list = (headers: Record<string, string>, query = '') =>
  t.app.inject({ url: `/v1/auth/events${query}`, headers });
const typesOf = async (headers: Record<string, string>) =>
  (await list(headers)).json().items.map(({ type }: { type: string }) => type);

test('what happened, when and from where, latest first', async () => {
  const { headers, email, password } = await signUp(t);
  await t.post('/login', { identifier: email, password }, { 'user-agent': 'curl/8.5.0' });
  const { items, nextCursor } = (await list(headers)).json();
  expect(nextCursor).toBeNull();
  expect(items).toMatchObject([
    { type: 'signed_in_from_new_device', ip: '127.0.0.1', device: 'curl/8.5.0', details: { amr: 'pwd' } },
    { type: 'signed_up', ip: '127.0.0.1', details: { amr: 'otp' } },
  ]);
  expect(new Date(items[0].at).getTime()).toBe(t.clock.now);
});

test('every flow leaves its line', async () => {
  const person = await signUp(t);
  const { headers, email, password } = person;
  await withTotp(t, person);
  await t.post('/2fa/email', { enabled: true }, headers);
  await t.post('/2fa/email', { enabled: false }, headers);
  await t.post('/2fa/recovery-codes', { password }, headers);
  const remove = { method: 'DELETE', url: '/v1/auth/2fa/totp', payload: { password }, headers } as const;
  await t.app.inject(remove);
  const to = newEmail();
  await t.post('/email/change', { newEmail: to, password }, headers);
  await t.post('/email/change/verify', { code: await issuedCode(t.platform, to) }, headers);
  const newPassword = 'another harbour at dusk';
  await t.post('/password/change', { currentPassword: password, newPassword }, headers);
  expect(await typesOf(headers)).toEqual([
    'password_changed',
    'email_changed',
    'email_change_requested',
    'totp_disabled',
    'recovery_codes_created',
    'email_factor_disabled',
    'email_factor_enabled',
    'recovery_codes_created',
    'totp_enabled',
    'signed_up',
  ]);
  await t.post('/password/forgot', { email: to });
  const token = await mailedToken(t.platform, 'code.issued', to);
  await t.post('/password/reset', { token, newPassword: 'a third harbour' });
  const again = await t.post('/login', { identifier: to, password: 'a third harbour' });
  const later = { authorization: `Bearer ${again.json().tokens.accessToken}` };
  expect((await typesOf(later)).slice(0, 2)).toEqual(['signed_in', 'password_reset']);
  expect(email).not.toBe(to);
});

test('a change that is refused leaves none', async () => {
  const { headers } = await signUp(t);
  await t.post(
    '/password/change',
    { currentPassword: 'wrong password', newPassword: 'Password123' },
    headers,
  );
  await t.post('/2fa/totp/confirm', { code: '123456' }, headers);
  expect(await typesOf(headers)).toEqual(['signed_up']);
});

test('pages do not repeat or miss a line while others are written, and are one’s own', async () => {
  const { headers, email, password } = await signUp(t);
  const login = () => t.post('/login', { identifier: email, password });
  for (let round = 0; round < 4; round += 1) await login();
  const first = (await list(headers, '?limit=2')).json();
  await login();
  const second = (await list(headers, `?limit=2&cursor=${first.nextCursor}`)).json();
  const third = (await list(headers, `?limit=2&cursor=${second.nextCursor}`)).json();
  const ids = [first, second, third].flatMap(({ items }) => items.map(({ id }: { id: string }) => id));
  expect(new Set(ids).size).toBe(5);
  expect(third.nextCursor).toBeNull();
  const stranger = await signUp(t);
  const theirs = (await list(stranger.headers, `?cursor=${first.nextCursor}`)).json().items;
  expect(theirs.every(({ id }: { id: string }) => !ids.includes(id))).toBe(true);
});

test.each(['?limit=0', '?limit=101', '?limit=x', '?cursor=nonsense', '?userId=x'])(
  'refuses %s',
  async (query) => {
    const { headers } = await signUp(t);
    expect((await list(headers, query)).statusCode).toBe(400);
  },
);

test('needs a sign-in', async () => {
  expect((await list({})).statusCode).toBe(401);
});
