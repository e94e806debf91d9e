import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateway } from '../app.ts';

const ORIGIN = 'https://app.example.com';
const FOREIGN = [
  'https://evil.example',
  `${ORIGIN}.evil.example`,
  'http://app.example.com',
  'null',
  `${ORIGIN}/`,
];

let upstream: Server;
let open: TestApp;
let shut: TestApp;
beforeAll(async () => {
  upstream = createServer((_request, response) => {
    response.setHeader('vary', 'accept-language').setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const urls = { AUTH_URL: url, TASKS_URL: url, DOCUMENTS_URL: url, NOTIFICATIONS_URL: url };
  open = await testApp([], {
    config: { ...urls, CORS_ORIGINS: [ORIGIN, 'http://localhost:5173'] },
    front: gateway,
  });
  shut = await testApp([], { config: urls, front: gateway });
});
afterAll(async () => {
  await open.close();
  await shut.close();
  upstream.close();
});

const ask = (t: TestApp, method: 'GET' | 'OPTIONS', url: string, headers: Record<string, string>) =>
  t.app.inject({ method, url, headers });
const preflight = (t: TestApp, origin: string, url = '/v1/tasks') =>
  ask(t, 'OPTIONS', url, { origin, 'access-control-request-method': 'PATCH' });
const permission = ({ headers }: { headers: Record<string, unknown> }) =>
  headers['access-control-allow-origin'];

test('a page that is listed may ask, send and read', async () => {
  for (const url of ['/v1/tasks', '/v1/auth/login', '/openapi.json', '/nowhere']) {
    const answer = await preflight(open, ORIGIN, url);
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-allow-headers': expect.stringContaining('if-match'),
      vary: 'origin',
      'x-content-type-options': 'nosniff',
    });
  }
  const local = await ask(open, 'GET', '/openapi.json', { origin: 'http://localhost:5173' });
  expect(local.statusCode).toBe(200);
  expect(permission(local)).toBe('http://localhost:5173');
  expect(local.headers['access-control-expose-headers']).toContain('x-request-id');
  expect(local.headers.vary).toBe('origin, accept-encoding');
});

test('a refusal can be read too, and an answer of another process says all it varies on', async () => {
  const refused = await ask(open, 'GET', '/v1/tasks', { origin: ORIGIN });
  expect([refused.statusCode, permission(refused)]).toEqual([401, ORIGIN]);
  const passed = await ask(open, 'GET', '/v1/auth/providers', { origin: ORIGIN });
  expect([passed.statusCode, permission(passed)]).toEqual([200, ORIGIN]);
  expect(String(passed.headers.vary)).toMatch(/origin.*accept-language/);
});

test.each(FOREIGN)('%s gets no permission, and no fault', async (origin) => {
  for (const answer of [await preflight(open, origin), await ask(open, 'GET', '/openapi.json', { origin })]) {
    expect(permission(answer)).toBeUndefined();
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers.vary).toContain('origin');
    expect(answer.statusCode).toBeLessThan(500);
  }
});

test('by default nobody gets one', async () => {
  for (const answer of [
    await preflight(shut, ORIGIN),
    await ask(shut, 'GET', '/openapi.json', { origin: ORIGIN }),
  ]) {
    expect(permission(answer)).toBeUndefined();
    expect(answer.statusCode).toBeLessThan(500);
  }
});
