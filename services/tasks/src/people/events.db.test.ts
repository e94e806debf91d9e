import { newId } from '@spacedly/kit';
import { testPlatform } from '@spacedly/kit/testing';
import { eq, getTableName } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSums } from '../analytics/sums.ts';
import { attachments, tasks } from '../schema.ts';
import { forgetPerson } from './events.ts';
import { OWNED } from './store.ts';

let platform: Awaited<ReturnType<typeof testPlatform>>;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const at = new Date();

async function plantTask(userId: string): Promise<string> {
  const id = newId();
  const key = `attachments/${userId}/${id}`;
  const { db } = platform.database;
  await db.insert(tasks).values({ id, userId, title: 'Read', createdAt: at, updatedAt: at });
  await platform.storage.put(key, Buffer.from('file'));
  await db.insert(attachments).values({
    id,
    userId,
    taskId: id,
    name: 'a.txt',
    mimeType: 'text/plain',
    storageKey: key,
    originalSizeBytes: 4,
    sizeBytes: 4,
    createdAt: at,
  });
  return key;
}

const countOf = async (userId: string) => {
  const { rows } = await platform.database.pool.query(
    'SELECT count(*)::int AS count FROM tasks.tasks WHERE user_id = $1',
    [userId],
  );
  return rows[0].count;
};

async function isStored(key: string): Promise<boolean> {
  const file = await platform.storage.get(key);
  file?.stream.destroy();
  return file !== null;
}

test('forgets one person, files included, and does so again without harm', async () => {
  const [gone, stays] = [newId(), newId()];
  const [goneFile, staysFile] = [await plantTask(gone), await plantTask(stays)];
  const person = { userId: gone, timeZone: 'UTC' };
  await createSums(platform.database.db).findActiveDays(person, { from: '-infinity', to: 'infinity' });
  await forgetPerson(platform, gone);
  await forgetPerson(platform, gone);
  expect([await countOf(gone), await countOf(stays)]).toEqual([0, 1]);
  for (const table of OWNED) {
    const rows = await platform.database.db.select().from(table).where(eq(table.userId, gone));
    expect([getTableName(table), rows]).toEqual([getTableName(table), []]);
  }
  expect([await isStored(goneFile), await isStored(staysFile)]).toEqual([false, true]);
});

test('no table that knows whose a row is is left out', async () => {
  const { rows } = await platform.database.pool.query(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE column_name = 'user_id' AND table_schema = 'tasks' ORDER BY 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual(OWNED.map((table) => getTableName(table)).sort());
});
