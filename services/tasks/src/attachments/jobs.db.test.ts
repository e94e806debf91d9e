import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authService } from '@spacedly/auth';
import { FILES_QUEUE, type Storage } from '@spacedly/kit';
import { waitFor } from '@spacedly/kit/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { formOf, photo, type TestFile } from '../fixtures/files.ts';
import { openScene, type Scene } from '../fixtures/person.ts';
import { tasksService } from '../index.ts';
import { purgeBin } from '../items/jobs.ts';
import { deleteFiles, type FileJobDeps, fileJobs, sweepOrphans } from './jobs.ts';

const DAY = 86_400_000;
const dataDir = join(tmpdir(), `spacedly-test-${process.pid}`);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([authService, tasksService], Date.now());
});
afterAll(async () => {
  await scene.t.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  await scene.newPerson();
});

const ask: Scene['ask'] = (...args) => scene.ask(...args);
const storage = () => scene.t.platform.storage;
const deps = (overrides: Partial<FileJobDeps> = {}): FileJobDeps => {
  const { database, jobs, log } = scene.t.platform;
  return { db: database.db, now: scene.now, storage: storage(), jobs, log, ...overrides };
};
const stored = async () => {
  const keys: string[] = [];
  for await (const { key } of storage().list(`attachments/${scene.person.user.id}`)) keys.push(key);
  return keys;
};
const queued = async (): Promise<{ keys: string[] }[]> => {
  const { rows } = await scene.t.platform.database.pool.query(
    `SELECT data FROM jobs.job WHERE name = $1 AND data::text LIKE $2`,
    [FILES_QUEUE, `%${scene.person.user.id}%`],
  );
  return rows.map(({ data }) => data);
};
async function attach(taskId: string, files: TestFile[]) {
  const form = await formOf(files);
  return ask('POST', `/v1/tasks/${taskId}/attachments`, form.payload, form.headers);
}
async function taskWith(files: TestFile[]) {
  const { id } = (await ask('POST', '/v1/tasks', { title: 'x' })).json();
  return { id, answer: await attach(id, files) };
}
/** The real storage, of which some operations fail. */
const failing = (broken: Partial<Storage>): Storage => ({ ...storage(), ...broken });
const down = async () => {
  throw new Error('the storage is down');
};

test('a deleted attachment leaves no file, thumbnail included', async () => {
  const { answer } = await taskWith([{ name: 'a.jpg', bytes: await photo(50, 50).jpeg().toBuffer() }]);
  expect(await stored()).toHaveLength(2);
  await ask('DELETE', `/v1/attachments/${answer.json().items[0].id}`);
  const [job] = await queued();
  expect(job?.keys).toHaveLength(2);
  await deleteFiles(deps(), job);
  expect(await stored()).toEqual([]);
  await deleteFiles(deps(), job);
});

test('a task that leaves the bin for good takes rows and files along, its subtasks’ too', async () => {
  const { id } = await taskWith([{ name: 'a.txt', bytes: 'a' }]);
  const child = (await ask('POST', '/v1/tasks', { title: 'y', parentId: id })).json();
  await attach(child.id, [{ name: 'b.txt', bytes: 'b' }]);
  await ask('DELETE', `/v1/tasks/${id}`);
  expect(await queued()).toEqual([]);
  await scene.later(31 * DAY);
  const { outbox } = scene.t.platform;
  await purgeBin({ db: deps().db, outbox, now: scene.now });
  for (const job of await queued()) await deleteFiles(deps(), job);
  expect(await stored()).toEqual([]);
  const { rows } = await scene.t.platform.database.pool.query(
    'SELECT id FROM tasks.attachments WHERE user_id = $1',
    [scene.person.user.id],
  );
  expect(rows).toEqual([]);
});

test('while the storage is down the job fails, and later finishes what is left', async () => {
  const { answer } = await taskWith([
    { name: 'a.txt', bytes: 'a' },
    { name: 'b.txt', bytes: 'b' },
  ]);
  for (const { id } of answer.json().items) await ask('DELETE', `/v1/attachments/${id}`);
  const keys = (await queued()).flatMap((job) => job.keys);
  let deletions = 0;
  const halfway = failing({
    delete: async (key) => {
      deletions += 1;
      if (deletions === 2) return down();
      return storage().delete(key);
    },
  });
  await expect(deleteFiles(deps({ storage: halfway }), { keys })).rejects.toThrow('down');
  expect(await stored()).toHaveLength(1);
  await deleteFiles(deps(), { keys });
  expect(await stored()).toEqual([]);
});

test('a worker takes the job from the queue', async () => {
  const work = fileJobs(deps());
  await work.start();
  const { answer } = await taskWith([{ name: 'a.txt', bytes: 'a' }]);
  await ask('DELETE', `/v1/attachments/${answer.json().items[0].id}`);
  await waitFor(async () => (await stored()).length === 0);
  await work.stop();
});

test('a job never deletes what a row still names', async () => {
  await taskWith([{ name: 'a.txt', bytes: 'a' }]);
  await deleteFiles(deps(), { keys: await stored() });
  expect(await stored()).toHaveLength(1);
  await expect(deleteFiles(deps(), { keys: ['avatars/x'] })).rejects.toThrow();
});

test('the sweep deletes orphans older than a day, and nothing else', async () => {
  await taskWith([{ name: 'a.txt', bytes: 'a' }]);
  const [known] = await stored();
  const orphan = `attachments/${scene.person.user.id}/orphan.txt`;
  await storage().put(orphan, Buffer.from('x'));
  await storage().put('avatars/other.webp', Buffer.from('x'));
  // Files carry the time of the disk, so the clock of the sweep is the one that moves.
  await sweepOrphans(deps({ now: () => new Date() }));
  expect(await stored()).toContain(orphan);
  await sweepOrphans(deps({ now: () => new Date(Date.now() + DAY + 60_000) }));
  expect(await stored()).toEqual([known]);
  expect(
    await storage()
      .get('avatars/other.webp')
      .then((file) => file?.stream.destroy()),
  ).toBeDefined();
});

test('an upload that the storage breaks off in the middle leaves no row, and no file after the sweep', async () => {
  const { id } = (await ask('POST', '/v1/tasks', { title: 'x' })).json();
  const real = { ...storage() };
  let puts = 0;
  Object.assign(storage(), {
    put: (key: string, content: never) => {
      puts += 1;
      return puts === 2 ? down() : real.put(key, content);
    },
    delete: down,
  });
  const answer = await attach(id, [
    { name: 'a.txt', bytes: 'a' },
    { name: 'b.txt', bytes: 'b' },
  ]);
  Object.assign(storage(), real);
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
  expect((await ask('GET', `/v1/tasks/${id}`)).json().attachments).toEqual([]);
  expect(await stored()).toHaveLength(1);
  await sweepOrphans(deps({ now: () => new Date(Date.now() + DAY + 60_000) }));
  expect(await stored()).toEqual([]);
});
