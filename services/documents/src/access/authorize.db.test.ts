import type { DocumentAccess, ShareAccess, Visibility } from '@spacedly/contracts';
import { newId, Problem } from '@spacedly/kit';
import { type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../deps.ts';
import { documentsService } from '../index.ts';
import { documentShares, documents } from '../schema.ts';
import { authorizeDocument } from './authorize.ts';

let t: TestApp;
beforeAll(async () => {
  const AWAY = 'http://127.0.0.1:9';
  const config = { AUTH_URL: AWAY, TASKS_URL: AWAY, NOTIFICATIONS_URL: AWAY };
  t = await testApp([documentsService], { config, background: false });
});
afterAll(() => t.close());

const OWNER = newId();
const FRIEND = newId();
const nobody: Viewer = {
  ...{ userId: null, isAdmin: false, department: null, isEditor: false, isUnsure: false },
  ...{ ip: '192.0.2.1', requestId: 'the-request' },
};
const friend = { ...nobody, userId: FRIEND };
const VIEWERS = {
  anonymous: nobody,
  stranger: friend,
  owner: { ...nobody, userId: OWNER },
  'member of the department': { ...friend, department: 'Physics' },
  'editor of the department': { ...friend, department: 'Physics', isEditor: true },
  'editor of another': { ...friend, department: 'History', isEditor: true },
  'editor of none': { ...friend, isEditor: true },
  admin: { ...friend, isAdmin: true },
} as const;
type Who = keyof typeof VIEWERS;

interface Made {
  visibility: Visibility;
  department?: string | null;
  shared?: ShareAccess;
  inBin?: boolean;
}

async function make({ visibility, department = null, shared, inBin = false }: Made): Promise<string> {
  const { db } = t.platform.database;
  const now = new Date();
  const id = newId();
  const dates = { createdAt: now, updatedAt: now };
  const deletedAt = inBin ? now : null;
  await db
    .insert(documents)
    .values({ id, ownerId: OWNER, title: 'T', visibility, department, deletedAt, ...dates });
  const share = { id: newId(), docId: id, userId: FRIEND, createdBy: OWNER };
  if (shared) await db.insert(documentShares).values({ ...share, access: shared, ...dates });
  return id;
}

/** What came of asking: the access there is, or the problem. */
async function ask(viewer: Viewer, docId: string, needed: DocumentAccess, inBin = false): Promise<string> {
  const { database, outbox } = t.platform;
  const asked = { docId, viewer, needed, inBin, deed: 'document.changed' } as const;
  const decided = authorizeDocument(database.db, outbox, asked);
  return decided.then(
    ({ access }) => access,
    (error) => (error instanceof Problem ? error.code : String(error)),
  );
}

const LEVELS = ['none', 'read', 'comment', 'write', 'owner'] as const;
type Level = (typeof LEVELS)[number];

const everybody = (level: Level): Record<Who, Level> => ({
  ...{ anonymous: level, stranger: level, owner: 'owner', admin: 'owner' },
  ...{ 'member of the department': level, 'editor of the department': level },
  ...{ 'editor of another': level, 'editor of none': level },
});
const editors = { 'editor of the department': 'write' } as const;

/** Each kind of document, and the most that each kind of viewer may do with it. */
const TABLE: [Made, Record<Who, Level>][] = [
  [{ visibility: 'private' }, everybody('none')],
  [{ visibility: 'private', department: 'Physics' }, everybody('none')],
  [{ visibility: 'private', department: 'Physics', shared: 'write' }, everybody('none')],
  [{ visibility: 'shared' }, everybody('none')],
  [
    { visibility: 'shared', department: 'Physics' },
    { ...everybody('none'), ...editors },
  ],
  [
    { visibility: 'shared', shared: 'read' },
    { ...everybody('read'), anonymous: 'none' },
  ],
  [
    { visibility: 'shared', shared: 'comment' },
    { ...everybody('comment'), anonymous: 'none' },
  ],
  [
    { visibility: 'shared', shared: 'write' },
    { ...everybody('write'), anonymous: 'none' },
  ],
  [
    { visibility: 'shared', department: 'Physics', shared: 'read' },
    { ...everybody('read'), anonymous: 'none', ...editors },
  ],
  [{ visibility: 'public' }, everybody('read')],
  [
    { visibility: 'public', department: 'Physics' },
    { ...everybody('read'), ...editors },
  ],
  [
    { visibility: 'public', shared: 'comment' },
    { ...everybody('comment'), anonymous: 'read' },
  ],
  [{ visibility: 'public', inBin: true, department: 'Physics', shared: 'write' }, everybody('none')],
];

describe.each(TABLE)('%o', (made, expected) => {
  test.each(Object.keys(VIEWERS) as Who[])('%s', async (who) => {
    const docId = await make(made);
    const most = expected[who];
    for (const needed of LEVELS.slice(1) as DocumentAccess[]) {
      const may = LEVELS.indexOf(most) >= LEVELS.indexOf(needed);
      const refused = most === 'none' ? 'DOCUMENT_NOT_FOUND' : 'DOCUMENT_FORBIDDEN';
      expect([needed, await ask(VIEWERS[who], docId, needed, true)]).toEqual([needed, may ? most : refused]);
    }
  });
});

test('what is in the bin is there for nothing but what is meant for it', async () => {
  const docId = await make({ visibility: 'public', inBin: true });
  for (const who of ['owner', 'admin', 'stranger'] as const)
    expect(await ask(VIEWERS[who], docId, 'read')).toBe('DOCUMENT_NOT_FOUND');
});

test('a document that is not there is not found by anybody', async () => {
  for (const viewer of Object.values(VIEWERS))
    expect(await ask(viewer, newId(), 'read')).toBe('DOCUMENT_NOT_FOUND');
});

test('without the auth service what is certain is allowed, and no refusal decided', async () => {
  const unsure = (who: Who) => ({ ...VIEWERS[who], isUnsure: true });
  const open = await make({ visibility: 'public', department: 'Physics' });
  const mine = await make({ visibility: 'private' });
  expect(await ask(unsure('owner'), mine, 'owner')).toBe('owner');
  expect(await ask(unsure('stranger'), open, 'read')).toBe('read');
  expect(await ask(unsure('admin'), mine, 'write')).toBe('owner');
  expect(await ask(unsure('stranger'), open, 'write')).toBe('UNAVAILABLE');
  // The same for what is not there, or one could tell what is.
  expect(await ask(unsure('stranger'), mine, 'read')).toBe('UNAVAILABLE');
  expect(await ask(unsure('stranger'), newId(), 'read')).toBe('UNAVAILABLE');
});

test('an admin leaves a trace where only their right lets them in, and none elsewhere', async () => {
  const { pool } = t.platform.database;
  const traces = async () =>
    (
      await pool.query(
        `SELECT data->'data' AS deed FROM jobs.job WHERE name = 'events.auth' ORDER BY data->>'id'`,
      )
    ).rows;
  await pool.query(`DELETE FROM jobs.job WHERE name = 'events.auth'`);
  const secret = await make({ visibility: 'private' });
  const open = await make({ visibility: 'public' });
  const shared = await make({ visibility: 'shared', shared: 'write' });
  const own = { ...VIEWERS.owner, isAdmin: true };
  await ask(own, secret, 'owner');
  await ask(VIEWERS.admin, open, 'read');
  await ask(VIEWERS.admin, shared, 'write');
  await ask(VIEWERS.stranger, secret, 'read');
  expect(await traces()).toEqual([]);
  await ask(VIEWERS.admin, secret, 'read');
  await ask(VIEWERS.admin, open, 'write');
  const trace = { actorId: FRIEND, targetId: OWNER, action: 'document.changed' };
  const from = { ip: '192.0.2.1', requestId: 'the-request' };
  expect((await traces()).map(({ deed }) => deed)).toEqual(
    [secret, open].map((docId) => ({ ...trace, ...from, detail: { docId } })),
  );
});
