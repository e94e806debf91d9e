import { afterEach, expect, test } from 'vitest';
import type { Config } from '../config/schema.ts';
import { freePorts, type TestApp, testApp, waitFor } from '../testing/index.ts';
import { listenForMetrics } from './endpoint.ts';

let t: TestApp;
afterEach(() => t.close());

const TOKEN = 'a-token-for-Prometheus-alone';
const start = async (config: Partial<Config>) => {
  // Nobody signs in here, so nobody is asked.
  t = await testApp([], { config: { AUTH_URL: 'http://127.0.0.1:9', ...config } });
};
const read = async (authorization?: string, url = '/metrics') => {
  const headers = { host: 'localhost', ...(authorization !== undefined && { authorization }) };
  return (await t.app.inject({ url, headers })).statusCode;
};

test('with a token: whoever has it, and nobody else', async () => {
  await start({ METRICS_TOKEN: TOKEN });
  expect(await read(`Bearer ${TOKEN}`)).toBe(200);
  for (const wrong of [
    undefined,
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Basic ${TOKEN}`,
    TOKEN,
  ])
    expect(await read(wrong)).toBe(401);
  expect(await read(undefined, `/metrics?token=${TOKEN}`)).toBe(401);
});

test('in production without a token there are none', async () => {
  await start({ isProduction: true });
  expect(await read()).toBe(404);
  expect(await read(`Bearer ${TOKEN}`)).toBe(404);
});

test('on a port of its own, and there alone', async () => {
  const [port] = await freePorts(1);
  await start({ METRICS_PORT: port, METRICS_HOST: '127.0.0.1', METRICS_TOKEN: TOKEN });
  const close = await listenForMetrics(t.platform);
  const ask = (path: string, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const authorization = `Bearer ${TOKEN}`;
  const answer = await ask('/metrics', { authorization });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('http_requests_total');
  expect((await ask('/metrics')).status).toBe(401);
  expect((await ask('/health/live', { authorization })).status).toBe(404);
  expect(await read(authorization)).toBe(404);
  close?.();
  await waitFor(
    () =>
      ask('/metrics').then(
        () => false,
        () => true,
      ),
    2_000,
    'the port to be closed',
  );
});
