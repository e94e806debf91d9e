import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, problemOf, type Stage } from '../fixtures/stage.ts';
import { purgeBin } from './jobs.ts';
import { deleteOldAnswers } from './store.ts';

let s: Stage;
beforeAll(async () => {
  s = await openStage();
});
afterAll(() => s.close());

test('what is deleted lies in the bin of its owner, and comes back as it was', async () => {
  const { as, ada, bob } = s;
  const made = await s.write(ada, { title: 'Open', content: 'text', visibility: 'public' });
  const url = `/v1/docs/${made.id}`;
  const stale = await as(ada, 'DELETE', url, undefined, { 'if-match': '"7"' });
  expect([stale.statusCode, stale.json().detail]).toEqual([412, 'The current version is 1']);
  expect((await as(bob, 'DELETE', url)).statusCode).toBe(403);
  expect(problemOf(await as(ada, 'POST', `${url}/restore`))).toBe('document-not-deleted');
  expect((await as(ada, 'DELETE', url)).statusCode).toBe(204);

  for (const who of [bob, null]) expect((await as(who, 'GET', url)).statusCode).toBe(404);
  const binned = (await as(ada, 'GET', url)).json();
  expect(binned).toEqual({ ...made, deletedAt: binned.updatedAt, updatedAt: expect.any(String) });
  expect((await as(ada, 'PATCH', url, { title: 'x' })).statusCode).toBe(404);
  expect((await as(ada, 'DELETE', url)).statusCode).toBe(404);
  expect((await as(ada, 'POST', `${url}/versions/1/restore`)).statusCode).toBe(404);
  expect((await as(ada, 'GET', '/v1/docs')).json().items).toEqual([]);
  const { content: _, ...head } = binned;
  expect((await as(ada, 'GET', '/v1/docs?deleted=1')).json()).toEqual({ items: [head], nextCursor: null });
  expect((await as(bob, 'GET', '/v1/docs?deleted=1')).json().items).toEqual([]);
  expect((await as(ada, 'GET', '/v1/docs?deleted=1&filter=shared')).json().items).toEqual([]);

  expect((await as(bob, 'POST', `${url}/restore`)).statusCode).toBe(404);
  const refused = await as(ada, 'POST', `${url}/restore`, undefined, { 'if-match': '"2"' });
  expect(refused.statusCode).toBe(412);
  const back = await as(ada, 'POST', `${url}/restore`);
  expect([back.statusCode, back.json()]).toEqual([200, { ...made, updatedAt: expect.any(String) }]);
  expect((await as(null, 'GET', url)).statusCode).toBe(200);
});

test('after thirty days it is gone with all its versions, and not before', async () => {
  const { as, ada, t } = s;
  const { id } = await s.write(ada);
  await as(ada, 'DELETE', `/v1/docs/${id}`);
  const after = (days: number) => ({
    db: t.platform.database.db,
    now: () => new Date(Date.now() + days * 86_400_000),
  });
  expect(await purgeBin(after(29.99))).toBe(0);
  expect((await as(ada, 'GET', `/v1/docs/${id}`)).statusCode).toBe(200);
  expect(await purgeBin(after(30.01))).toBe(1);
  expect((await as(ada, 'GET', `/v1/docs/${id}`)).statusCode).toBe(404);
  expect(await s.query('SELECT 1 FROM documents.document_versions WHERE doc_id = $1', id)).toEqual([]);
});

test('answers kept for a key are forgotten after a day', async () => {
  const { as, ada, t } = s;
  await as(ada, 'POST', '/v1/docs', { title: 'Once' }, { 'idempotency-key': crypto.randomUUID() });
  const kept = () => s.query('SELECT 1 FROM documents.idempotency_keys');
  const day = 86_400_000;
  await deleteOldAnswers(t.platform.database.db, new Date(Date.now() - day));
  expect(await kept()).toHaveLength(1);
  await deleteOldAnswers(t.platform.database.db, new Date(Date.now() + 1_000));
  expect(await kept()).toHaveLength(0);
});
