import { signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authService } from '../index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp([authService], { config: { CORS_ORIGINS: ['https://app.example.com'] } });
});
afterAll(() => t.close());

test('with a cookie, pages of a listed origin change things, and those of no other', async () => {
  const { email: identifier, password } = await signUp(t);
  const payload = { identifier, password, delivery: 'cookie' };
  const signedIn = await t.app.inject({ method: 'POST', url: '/v1/auth/login', payload });
  const cookies = Object.fromEntries(signedIn.cookies.map(({ name, value }) => [name, value]));
  const change = async (headers: Record<string, string>) => {
    const patch = {
      method: 'PATCH',
      url: '/v1/users/me',
      payload: { name: 'Ada' },
      cookies,
      headers,
    } as const;
    return (await t.app.inject(patch)).statusCode;
  };
  const site = { 'sec-fetch-site': 'same-site' };
  expect(await change({ origin: 'https://app.example.com', ...site })).toBe(200);
  expect(await change({ origin: 'https://app.example.com.evil.example', ...site })).toBe(403);
  expect(await change({ origin: 'http://app.example.com', ...site })).toBe(403);
  expect(await change(site)).toBe(403);
});
