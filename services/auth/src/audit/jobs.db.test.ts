import { newId } from '@spacedly/kit';
import { type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALONE } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
});
afterAll(() => t.close());

const rows = async () => (await t.platform.database.pool.query('SELECT * FROM auth.audit_log')).rows;

test('what an admin did in another service becomes one row, however often it is heard', async () => {
  const { jobs, database } = t.platform;
  const id = newId();
  const deed = {
    ...{ actorId: newId(), action: 'document.read', targetId: newId() },
    ...{ detail: { docId: newId() }, ip: '192.0.2.1', requestId: 'the-request' },
  };
  const occurredAt = '2026-12-01T09:00:00.000Z';
  const envelope = { id, name: 'admin.acted', version: 1, occurredAt, data: deed };
  await jobs.enqueue(database.db, 'events.auth', [envelope, envelope]);
  const states = `SELECT state FROM jobs.job WHERE name = 'events.auth'`;
  await expect
    .poll(async () => (await database.pool.query(states)).rows.map(({ state }) => state), { timeout: 10_000 })
    .toEqual(['completed', 'completed']);
  expect(await rows()).toEqual([
    expect.objectContaining({
      ...{ id, at: new Date(occurredAt), actor_id: deed.actorId, action: 'document.read' },
      ...{ target_id: deed.targetId, detail: deed.detail, ip: '192.0.2.1', request_id: 'the-request' },
    }),
  ]);
});
