import { expect, inject, test } from 'vitest';
import { createClient } from '../harness/client.ts';

const client = createClient(inject('systemUrl'));

test('health: alive, ready, and a page of details', async () => {
  expect((await client.send('/health/live')).body).toEqual({ status: 'up' });
  expect((await client.send('/health/ready')).body).toEqual({ status: 'ready' });
  const { status, body } = await client.send('/health');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'up',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    uptimeSeconds: expect.any(Number),
    checks: { database: { status: 'up' }, queue: { status: 'up' } },
  });
});
