import { documentsRoutes } from '@spacedly/contracts';
import { call, newId, viaInject } from '@spacedly/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../fixtures/stage.ts';
import { comments, documentShares, shareSends } from '../schema.ts';
import { forgetPerson } from './events.ts';
import { GONE } from './store.ts';

let s: Stage;
beforeAll(async () => {
  s = await openStage();
});
afterAll(() => s.close());

const at = new Date();

async function comment(
  docId: string,
  authorId: string,
  content: string,
  parent?: { id: string; depth: number },
) {
  const id = newId();
  const depth = parent === undefined ? 0 : parent.depth + 1;
  const place = { id, docId, depth, parentId: parent?.id ?? null, threadId: parent?.id ?? id };
  const row = { ...place, authorId, content, createdAt: at, updatedAt: at };
  await s.t.platform.database.db.insert(comments).values(row);
  return { id, depth };
}

test('what somebody wrote is told in pages, however large, and forgotten when they are', async () => {
  const { ada, bob, t } = s;
  const [gone, stays] = [ada.user.id, bob.user.id];
  const own = [];
  for (let index = 0; index < 11; index += 1) own.push((await s.write(ada, { title: `${index}` })).id);
  await s.as(ada, 'PATCH', `/v1/docs/${own[0]}`, { content: 'again' });
  const theirs = (await s.write(bob, { title: 'Of Bob' })).id;
  const share = { docId: theirs, access: 'write', createdBy: stays, createdAt: at, updatedAt: at } as const;
  await t.platform.database.db.insert(documentShares).values([
    { ...share, id: newId(), userId: gone },
    { ...share, id: newId(), email: ada.email.toLowerCase() },
    { ...share, id: newId(), email: 'other@example.com' },
  ]);
  await s.as(bob, 'PATCH', `/v1/docs/${theirs}`, { visibility: 'shared' });
  await s.as(ada, 'PATCH', `/v1/docs/${theirs}`, { content: 'by Ada' });
  const answered = await comment(theirs, gone, 'question');
  await comment(theirs, stays, 'answer', answered);
  const alone = await comment(theirs, gone, 'alone');
  await comment(theirs, gone, 'under it', alone);

  const context = { authorization: `Service ${t.platform.serviceTokens.issue()}` };
  const told: Record<string, unknown[]> = {};
  let cursor: string | undefined;
  do {
    const input = { params: { userId: gone }, query: { cursor } };
    const { body } = await call(
      viaInject(() => t.app),
      documentsRoutes.exportDocumentData,
      input,
      context,
    );
    told[body.section] = [...(told[body.section] ?? []), ...body.rows];
    cursor = body.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(Object.entries(told).map(([section, rows]) => [section, rows.length])).toEqual([
    ['documents', 11],
    ['versions', 13],
    ['comments', 3],
    ['shares', 1],
  ]);

  await t.platform.database.db
    .insert(shareSends)
    .values({ id: newId(), sharerId: gone, recipientHash: 'x', sentAt: at });
  const sealedAddresses = t.platform.secrets.seal(JSON.stringify([ada.email.toLowerCase()]));
  for (let twice = 0; twice < 2; twice += 1)
    await forgetPerson(t.platform, { userId: gone, sealedAddresses });
  expect(await s.query('SELECT id FROM documents.documents')).toEqual([{ id: theirs }]);
  const left = `SELECT content, author_id, deleted_at IS NOT NULL AS gone FROM documents.comments ORDER BY id`;
  expect(await s.query(left)).toEqual([
    { content: '', author_id: GONE, gone: true },
    { content: 'answer', author_id: stays, gone: false },
  ]);
  expect(await s.query('SELECT user_id, email FROM documents.document_shares')).toEqual([
    { user_id: null, email: 'other@example.com' },
  ]);
  expect(await s.query('SELECT 1 FROM documents.share_sends')).toEqual([]);
  const authors = 'SELECT DISTINCT author_id AS id FROM documents.document_versions ORDER BY 1';
  expect((await s.query(authors)).map(({ id }) => id)).toEqual([GONE, stays]);
  const [latest] = (await s.as(bob, 'GET', `/v1/docs/${theirs}/versions`)).json().items;
  expect([latest.authorId, latest.author]).toEqual([GONE, null]);
});
