import { authService } from '@spacedly/auth';
import type { Notification } from '@spacedly/contracts';
import { newId } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notificationsService } from '../index.ts';

let t: TestApp;
let ada: SignedUp;
beforeAll(async () => {
  t = await testApp([authService, notificationsService], { config: { STREAM_SECONDS: 0 } });
  ada = await signUp(t);
  // What signing up tells would come in between.
  const pending = `SELECT 1 FROM jobs.job WHERE name = 'events.notifications' AND state < 'completed'`;
  await waitFor(async () => (await t.platform.database.pool.query(pending)).rowCount === 0);
});
afterAll(() => t.close());

const look = (lastEventId?: string) =>
  t.app.inject({
    url: '/v1/notifications/stream',
    headers: { ...ada.headers, ...(lastEventId && { 'last-event-id': lastEventId }) },
  });

async function complete(title: string): Promise<Notification> {
  const data = { userId: ada.user.id, taskId: newId(), title };
  const { database, outbox } = t.platform;
  await database.db.transaction((tx) => outbox.publish(tx, 'task.completed', data));
  return waitFor(async () => {
    const { items } = (await t.app.inject({ url: '/v1/notifications', headers: ada.headers })).json();
    return items.find((item: Notification) => item.taskId === data.taskId);
  });
}

test('where answers cannot be streamed, each look ends when it is up to date and says when to look again', async () => {
  const first = await look();
  expect(first.statusCode).toBe(200);
  expect(first.headers['content-type']).toContain('text/event-stream');
  expect(first.body).toMatch(/retry: 20000\n\n$/);
  const position = /^id: (\S+)$/m.exec(first.body)?.[1] as string;

  const told = await complete('Read chapter 3');
  const second = await look(position);
  expect(second.body).toContain(`id: ${told.id}\nevent: notification\ndata: {`);
  expect(second.body.match(/^event:/gm)).toHaveLength(1);
  expect(second.body).toMatch(/retry: 20000\n\n$/);
  expect((await look(told.id)).body).not.toContain('event:');
});
