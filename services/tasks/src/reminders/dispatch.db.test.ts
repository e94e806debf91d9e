import { newId, type Platform } from '@spacedly/kit';
import { publishedEvents, testPlatform, waitFor } from '@spacedly/kit/testing';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertTask } from '../items/store.ts';
import { reminders } from '../schema.ts';
import { dispatchDue } from './dispatch.ts';
import { reminderDispatcher } from './jobs.ts';
import { createReminderMeter } from './metrics.ts';
import { tellDispatchers } from './store.ts';
import { findNextDue } from './store-dispatch.ts';

let platform: Platform;
const userId = newId();
const taskId = newId();
const now = () => new Date();

beforeAll(async () => {
  platform = await testPlatform();
  await insertTask(platform.database.db, {
    id: taskId,
    userId,
    title: 'x',
    createdAt: now(),
    updatedAt: now(),
  });
});
afterAll(() => platform.close());

async function plan(offsetsMs: number[]): Promise<string[]> {
  const rows = offsetsMs.map((offsetMs) => ({
    id: newId(),
    userId,
    taskId,
    scheduledAt: new Date(Date.now() + offsetMs),
    type: 'email' as const,
    createdAt: now(),
    updatedAt: now(),
  }));
  await platform.database.db.insert(reminders).values(rows);
  return rows.map(({ id }) => id);
}

const deps = () => ({ db: platform.database.db, outbox: platform.outbox, now });
const sentOf = async (ids: string[]) =>
  (await publishedEvents(platform, 'reminder.due'))
    .map(({ reminderId }) => reminderId as string)
    .filter((id) => ids.includes(id));

test('ten workers hand 3,000 due reminders over once each', async () => {
  const ids = await plan(Array.from({ length: 3_000 }, (_, index) => -index));
  const worker = async () => {
    while ((await dispatchDue(deps())) > 0);
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  const sent = await sentOf(ids);
  expect(sent).toHaveLength(3_000);
  expect(new Set(sent).size).toBe(3_000);
});

test('what is more than a day late is missed, with one summary', async () => {
  const DAY = 86_400_000;
  const ids = await plan([-3 * DAY, -2 * DAY, -DAY - 1_000, -DAY + 60_000]);
  await dispatchDue(deps());
  expect(await sentOf(ids)).toEqual([ids[3]]);
  const missed = await publishedEvents(platform, 'reminder.missed');
  expect(missed).toHaveLength(1);
  expect(missed[0]).toMatchObject({ userId, count: 3 });
});

test('when the outbox cannot be written the claim is taken back', async () => {
  const ids = await plan([-1]);
  const outbox = {
    ...deps().outbox,
    publish: async () => {
      throw new Error('the connection broke');
    },
  };
  await expect(dispatchDue({ ...deps(), outbox })).rejects.toThrow('the connection broke');
  expect(await sentOf(ids)).toEqual([]);
  await dispatchDue(deps());
  expect(await sentOf(ids)).toEqual(ids);
});

test('the dispatcher sleeps until a reminder is due and wakes for an earlier one', async () => {
  const { database, metrics } = platform;
  const meter = createReminderMeter(metrics, now, () => findNextDue(database.db));
  const dispatcher = reminderDispatcher(deps(), { signals: platform.signals, log: platform.log, meter });
  await dispatcher.start();
  // Further away than it sleeps at most: who would sleep through the signal would be too late for the early one.
  const [late] = (await plan([60_000])) as [string];
  await tellDispatchers(platform.database.db, new Date(Date.now() + 60_000));
  const [early] = (await plan([300])) as [string];
  await tellDispatchers(platform.database.db, new Date(Date.now() + 300));
  await waitFor(async () => (await sentOf([early])).length === 1);
  expect(await sentOf([late])).toEqual([]);
  await dispatcher.stop();
  const { rows } = await platform.database.pool.query(
    'SELECT sent_at >= scheduled_at AS "isDue" FROM tasks.reminders WHERE id = $1',
    [early],
  );
  expect(rows).toEqual([{ isDue: true }]);
  expect(await metrics.registry.metrics()).toContain('spacedly_reminder_lateness_seconds_count 1\n');
});

/** The database over a wire on which the answer to the question for the next reminder comes after `meanwhile`. */
function slowToTell(meanwhile: () => Promise<void>) {
  const { pool } = platform.database;
  const ask = async (...question: Parameters<typeof pool.query>) => {
    const answer = await pool.query(...question);
    if (JSON.stringify(question).includes('min(')) await meanwhile();
    return answer;
  };
  const get = (target: typeof pool, key: keyof typeof pool) =>
    key === 'query' ? ask : Reflect.get(target, key, target);
  return drizzle(new Proxy(pool, { get } as ProxyHandler<typeof pool>));
}

test('an earlier one that is planned while it asks for the next is not slept through', async () => {
  const { database, metrics, signals, log } = platform;
  const meter = createReminderMeter(metrics, now, () => findNextDue(database.db));
  let early: string | undefined;
  const db = slowToTell(async () => {
    if (early !== undefined) return;
    [early] = await plan([100]);
    await tellDispatchers(database.db, new Date(Date.now() + 100));
    await signals.settle(5_000);
  });
  const dispatcher = reminderDispatcher({ ...deps(), db }, { signals, log, meter });
  await dispatcher.start();
  await waitFor(async () => early !== undefined && (await sentOf([early])).length === 1);
  await dispatcher.stop();
});

test('a reminder that nobody hands over is seen in the metrics', async () => {
  const { database, metrics } = platform;
  createReminderMeter(metrics, now, () => findNextDue(database.db));
  const overdue = async () =>
    Number(/^spacedly_reminder_overdue_seconds (\S+)$/m.exec(await metrics.registry.metrics())?.[1]);
  await dispatchDue(deps());
  expect(await overdue()).toBe(0);
  await plan([-90_000]);
  expect(await overdue()).toBeGreaterThanOrEqual(90);
  await dispatchDue(deps());
  expect(await overdue()).toBe(0);
});
