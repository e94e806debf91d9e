import { randomUUID } from 'node:crypto';
import { authService } from '@spacedly/auth';
import { MAX_REPLIES } from '@spacedly/contracts';
import { newId } from '@spacedly/kit';
import { publishedEvents, type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { documentsService } from '../index.ts';

let t: TestApp;
let ada: SignedUp;
let bob: SignedUp;
let eve: SignedUp;
beforeAll(async () => {
  t = await testApp([authService, documentsService], {
    config: { TASKS_URL: 'http://127.0.0.1:9', NOTIFICATIONS_URL: 'http://127.0.0.1:9' },
  });
  await signUp(t); // The first is an admin.
  [ada, bob, eve] = await Promise.all([
    signUp(t, { name: 'Ada' }),
    signUp(t, { name: 'Bob' }),
    signUp(t, { name: 'Eve' }),
  ]);
  for (const [who, username] of [
    [ada, 'ada'],
    [bob, 'bob'],
    [eve, 'eve'],
  ] as const) {
    await as(who, 'PATCH', '/v1/users/me', { username });
  }
});
afterAll(() => t.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const as = (
  who: SignedUp | null,
  method: Method,
  url: string,
  payload?: object,
  more: Record<string, string> = {},
) => t.app.inject({ method, url, headers: { ...who?.headers, ...more }, ...(payload && { payload }) });
/** A document of Ada's on which Bob may comment. */
async function shared(more: object = {}): Promise<string> {
  const { id } = (await as(ada, 'POST', '/v1/docs', { title: 'Graphs', ...more })).json();
  await as(ada, 'POST', `/v1/docs/${id}/shares`, { userId: bob.user.id, access: 'comment' });
  return `/v1/docs/${id}/comments`;
}
const say = async (who: SignedUp, path: string, content: string, parentId: string | null = null) =>
  (await as(who, 'POST', path, { content, parentId })).json();
const slug = (answer: { json(): { type: string } }) => answer.json().type.split('/').at(-1);
const toldOf = async (path: string) =>
  (await publishedEvents(t.platform, 'comment.added'))
    .filter(({ docId }) => path.includes(docId as string))
    .map(({ userId, why }) => [userId, why]);
const treeOf = async (path: string) => (await as(bob, 'GET', path)).json().items;

test('three levels and no deeper, read as a tree in one statement', async () => {
  const path = await shared();
  const first = await as(bob, 'POST', path, { content: '<b>$100 & you</b>' });
  const root = first.json();
  expect([first.statusCode, first.headers.location]).toEqual([201, `${path}/${root.id}`]);
  expect(root).toMatchObject({
    ...{ content: '<b>$100 & you</b>', depth: 0, parentId: null, authorId: bob.user.id },
    ...{ isDeleted: false, version: 1, replies: [], author: { name: 'Bob', username: 'bob' } },
  });
  const reply = await say(ada, path, 'one', root.id);
  const deep = await say(bob, path, 'two', reply.id);
  expect([reply.depth, deep.depth]).toEqual([1, 2]);
  const refused = await as(ada, 'POST', path, { content: 'three', parentId: deep.id });
  expect([refused.statusCode, slug(refused)]).toEqual([422, 'comment-too-deep']);
  await say(ada, path, 'another');
  const statements = vi.spyOn(t.platform.database.pool, 'query');
  const { items, nextCursor } = (await as(bob, 'GET', `${path}?limit=1`)).json();
  const texts = statements.mock.calls.map(([query]) => String((query as { text?: string }).text ?? query));
  statements.mockRestore();
  expect(texts.filter((text) => text.includes('"comments"'))).toHaveLength(1);
  expect(items).toEqual([{ ...root, replies: [{ ...reply, replies: [deep] }] }]);
  const next = (await as(bob, 'GET', `${path}?limit=1&cursor=${nextCursor}`)).json();
  expect([next.items.length, next.items[0].content, next.nextCursor]).toEqual([1, 'another', null]);
});

test('who may read comments reads them, who may comment comments', async () => {
  const path = await shared();
  const { id } = await say(bob, path, 'mine');
  const one = `${path}/${id}`;
  const asked: [Method, string, object?][] = [
    ['GET', path],
    ['POST', path, { content: 'x' }],
    ['PATCH', one, { content: 'x' }],
    ['DELETE', one],
  ];
  const statuses = async (who: SignedUp | null) => {
    const answers = [];
    for (const [method, url, body] of asked) answers.push((await as(who, method, url, body)).statusCode);
    return answers;
  };
  expect(await statuses(eve)).toEqual([404, 404, 404, 404]);
  const open = await shared({ visibility: 'public' });
  const { id: theirs } = await say(bob, open, 'open');
  asked.splice(0, 4, ['GET', open], ['POST', open, { content: 'x' }]);
  asked.push(['PATCH', `${open}/${theirs}`, { content: 'x' }], ['DELETE', `${open}/${theirs}`]);
  expect(await statuses(eve)).toEqual([200, 403, 403, 403]);
  expect(await statuses(null)).toEqual([200, 401, 401, 401]);
  // Another's text is not even its document's owner's to change, but to delete.
  expect(await statuses(ada)).toEqual([200, 201, 403, 204]);
  const elsewhere = await as(ada, 'POST', path, { content: 'x', parentId: theirs });
  expect([elsewhere.statusCode, slug(elsewhere)]).toEqual([404, 'comment-not-found']);
  for (const [method, body] of [['PATCH', { content: 'x' }], ['DELETE']] as const) {
    expect(slug(await as(bob, method, `${open}/${id}`, body))).toBe('comment-not-found');
  }
});

test('what is no comment', async () => {
  const path = await shared();
  const bodies = [
    ...[{}, { content: '' }, { content: '  ' }, { content: 'x'.repeat(2_001) }, { content: 7 }],
    ...[{ content: ['x'] }, { content: 'a\u0000b' }, { content: '\ud800' }, { content: null }],
    ...[{ content: 'x', parentId: 'y' }, { content: 'x', authorId: eve.user.id }, [], 'x'],
  ];
  for (const body of bodies) {
    const answer = await as(bob, 'POST', path, body as object);
    expect([body, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([body, true]);
  }
  expect((await as(bob, 'POST', path, { content: '😀'.repeat(2_000) })).statusCode).toBe(201);
  expect((await as(bob, 'POST', path, { content: 'x', parentId: newId() })).statusCode).toBe(404);
  expect((await as(bob, 'GET', `${path}?cursor=abc`)).statusCode).toBe(400);
});

test('one is changed by its author, from the version they saw', async () => {
  const path = await shared();
  const { id } = await say(bob, path, 'one');
  const change = (content: string, tag: string) =>
    as(bob, 'PATCH', `${path}/${id}`, { content }, { 'if-match': tag });
  const changed = await change('two', '"1"');
  expect([changed.statusCode, changed.headers.etag, changed.json().content]).toEqual([200, '"2"', 'two']);
  expect((await change('two', '"2"')).json().version).toBe(2);
  expect((await change('three', '"1"')).statusCode).toBe(412);
  const race = await Promise.all(Array.from({ length: 20 }, (_, n) => change(`race ${n}`, '"2"')));
  expect(race.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
});

test('with replies a tombstone is left, which goes with its last reply', async () => {
  const path = await shared();
  const root = await say(bob, path, 'root');
  const reply = await say(ada, path, 'reply', root.id);
  const deep = await say(bob, path, 'deep', reply.id);
  for (const { id } of [root, reply]) {
    const who = id === root.id ? bob : ada;
    expect((await as(who, 'DELETE', `${path}/${id}`)).statusCode).toBe(204);
    expect((await as(who, 'DELETE', `${path}/${id}`)).statusCode).toBe(404);
  }
  const gone = { content: null, authorId: null, author: null, isDeleted: true };
  expect(await treeOf(path)).toMatchObject([{ ...gone, replies: [{ ...gone, replies: [{ id: deep.id }] }] }]);
  expect((await as(bob, 'POST', path, { content: 'late', parentId: root.id })).statusCode).toBe(404);
  await as(bob, 'DELETE', `${path}/${deep.id}`);
  expect(await treeOf(path)).toEqual([]);
});

test('replies and deletions at once leave no reply without its place and no empty tombstone', async () => {
  const path = await shared();
  const root = await say(bob, path, 'root');
  const replies = await Promise.all(Array.from({ length: 8 }, (_, n) => say(bob, path, `${n}`, root.id)));
  await as(bob, 'DELETE', `${path}/${root.id}`);
  await Promise.all(replies.map(({ id }) => as(bob, 'DELETE', `${path}/${id}`)));
  expect(await treeOf(path)).toEqual([]);
  const other = await say(bob, path, 'other');
  const answers = await Promise.all([
    as(bob, 'DELETE', `${path}/${other.id}`),
    ...Array.from({ length: 8 }, () => as(bob, 'POST', path, { content: 'x', parentId: other.id })),
  ]);
  const added = answers.filter(({ statusCode }) => statusCode === 201).length;
  expect(answers.every(({ statusCode }) => [201, 204, 404].includes(statusCode))).toBe(true);
  expect((await treeOf(path)).flatMap(({ replies }: { replies: object[] }) => replies)).toHaveLength(added);
});

test('the owner, who is replied to and who is named hear of it, if they can see it, each once', async () => {
  const path = await shared();
  const root = await say(bob, path, 'Hello @eve, @bob and @nobody');
  expect(await toldOf(path)).toEqual([[ada.user.id, 'document']]);
  await say(ada, path, '@bob @BOB yes', root.id);
  await say(ada, path, 'and more', root.id);
  expect(await toldOf(path)).toEqual([
    [ada.user.id, 'document'],
    [bob.user.id, 'mention'],
    [bob.user.id, 'reply'],
  ]);
  const open = await shared({ visibility: 'public' });
  const { id } = await say(bob, open, 'Look.');
  await as(bob, 'PATCH', `${open}/${id}`, { content: 'Look, @eve.' });
  await as(bob, 'PATCH', `${open}/${id}`, { content: 'Look here, @eve.' });
  expect(await toldOf(open)).toEqual([
    [ada.user.id, 'document'],
    [eve.user.id, 'mention'],
  ]);
});

test('the same key comments once', async () => {
  const path = await shared();
  const key = { 'idempotency-key': randomUUID() };
  const send = (content: string) => as(bob, 'POST', path, { content }, key);
  const answers = await Promise.all([send('x'), send('x'), send('x')]);
  expect(new Set(answers.map((answer) => `${answer.statusCode} ${answer.json().id}`)).size).toBe(1);
  expect((await send('y')).statusCode).toBe(422);
  expect(await treeOf(path)).toHaveLength(1);
});

test('a thread has an end', async () => {
  const path = await shared();
  const root = await say(bob, path, 'root');
  await t.platform.database.pool.query(
    `INSERT INTO documents.comments (id, doc_id, parent_id, thread_id, depth, author_id, content, created_at, updated_at)
     SELECT gen_random_uuid(), $1, $2, $2, 1, $3, 'x', now(), now() FROM generate_series(1, $4::int)`,
    [root.docId, root.id, bob.user.id, MAX_REPLIES - 2],
  );
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => as(bob, 'POST', path, { content: 'x', parentId: root.id })),
  );
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 422, 422, 422, 422]);
});
