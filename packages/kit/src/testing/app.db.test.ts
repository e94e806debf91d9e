import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './index.ts';

let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  [first, second] = await Promise.all([
    testApp([], { config: { AUTH_URL: 'http://127.0.0.1:9' } }),
    testApp([], { config: { AUTH_URL: 'http://127.0.0.1:9' } }),
  ]);
});
afterAll(() => Promise.all([first.close(), second.close()]));

test('each app has a migrated database of its own', async () => {
  const name = async ({ platform }: TestApp) =>
    (await platform.database.pool.query('SELECT current_database() AS name')).rows[0].name;
  expect(await name(first)).not.toBe(await name(second));
  const ready = await first.app.inject('/health/ready');
  expect(ready.json()).toEqual({ status: 'ready' });
});
