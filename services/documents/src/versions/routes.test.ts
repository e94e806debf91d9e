import { newId } from '@spacedly/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, problemOf, type Stage } from '../fixtures/stage.ts';

let s: Stage;
let url: string;
beforeAll(async () => {
  s = await openStage();
  const made = await s.write(s.ada, {
    title: 'Graphs',
    content: 'a\nb\n',
    tags: ['x'],
    visibility: 'public',
  });
  url = `/v1/docs/${made.id}`;
  await s.as(s.ada, 'PATCH', url, { content: 'a\nB\n', tags: ['y'] });
  await s.as(s.ada, 'PATCH', url, { title: 'Trees' });
});
afterAll(() => s.close());

test('every save is listed, latest first, without its text', async () => {
  const { ada } = s;
  const { id, name } = ada.user;
  const answer = await s.as(ada, 'GET', `${url}/versions`);
  expect(answer.json()).toEqual({
    items: [
      ['Trees', ['y'], 3],
      ['Graphs', ['y'], 2],
      ['Graphs', ['x'], 1],
    ].map(([title, tags, version]) => ({
      ...{ version, title, tags, authorId: id, sizeBytes: 4, restoredFrom: null },
      author: expect.objectContaining({ id, name }),
      createdAt: expect.any(String),
    })),
    nextCursor: null,
  });
  const first = (await s.as(ada, 'GET', `${url}/versions?limit=2`)).json();
  const rest = (await s.as(ada, 'GET', `${url}/versions?cursor=${first.nextCursor}`)).json();
  const numbers = [...first.items, ...rest.items].map(({ version }: { version: number }) => version);
  expect(numbers).toEqual([3, 2, 1]);
  const far = Buffer.from('[999999999999999]').toString('base64url');
  expect((await s.as(ada, 'GET', `${url}/versions?cursor=${far}`)).json().items).toHaveLength(3);
  expect((await s.as(ada, 'GET', `${url}/versions?cursor=x`)).statusCode).toBe(400);
});

test('each can be read, and compared with another or the present one', async () => {
  const { ada, as } = s;
  expect((await as(ada, 'GET', `${url}/versions/1`)).json()).toMatchObject({
    ...{ version: 1, content: 'a\nb\n', tags: ['x'], sizeBytes: 4 },
  });
  const diff = (await as(ada, 'GET', `${url}/versions/diff?from=1`)).json();
  const lines = [
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'B' },
  ];
  expect(diff).toEqual({
    ...{ from: 1, to: 3, title: { from: 'Graphs', to: 'Trees' }, tags: { added: ['y'], removed: ['x'] } },
    ...{ isCut: false, addedLines: 1, removedLines: 1, hunks: [{ fromLine: 1, toLine: 1, lines }] },
  });
  expect((await as(ada, 'GET', `${url}/versions/diff?from=2&to=2`)).json()).toMatchObject({
    ...{ title: null, hunks: [] },
  });
});

test.each([
  ['/versions/99', 404, 'version-not-found'],
  ['/versions/diff?from=1&to=99', 404, 'version-not-found'],
  ['/versions/0', 400, 'validation-failed'],
  ['/versions/x', 400, 'validation-failed'],
  ['/versions/1.5', 400, 'validation-failed'],
  ['/versions/2147483648', 400, 'validation-failed'],
  ['/versions/diff', 400, 'validation-failed'],
  ['/versions/diff?from=1&from=2', 400, 'validation-failed'],
])('%s is %s', async (path, status, problem) => {
  const answer = await s.as(s.ada, 'GET', url + path);
  expect([answer.statusCode, problemOf(answer)]).toEqual([status, problem]);
});

test('one that is brought back is a new one, that says which it was', async () => {
  const { ada, as } = s;
  const made = await s.write(ada, { title: 'One', content: 'first', tags: ['x'] });
  const doc = `/v1/docs/${made.id}`;
  await as(ada, 'PATCH', doc, { title: 'Two', content: 'second', tags: [], visibility: 'public' });
  const restore = (version: number, etag?: string) =>
    as(ada, 'POST', `${doc}/versions/${version}/restore`, undefined, etag ? { 'if-match': etag } : {});
  expect((await restore(1, '"1"')).json().detail).toBe('The current version is 2');
  const back = await restore(1, '"2"');
  expect([back.statusCode, back.headers.etag]).toEqual([200, '"3"']);
  // Who may see it stays as it is.
  expect(back.json()).toMatchObject({
    ...{ title: 'One', content: 'first', tags: ['x'], visibility: 'public', version: 3 },
  });
  const [latest] = (await as(ada, 'GET', `${doc}/versions`)).json().items;
  expect(latest).toMatchObject({ version: 3, restoredFrom: 1 });
  expect((await restore(3)).json().version).toBe(3);
  expect(problemOf(await restore(9))).toBe('version-not-found');
});

test('versions are for those who may write, not for readers', async () => {
  const { bob, as } = s;
  const paths = ['/versions', '/versions/1', '/versions/diff?from=1'];
  for (const path of paths) expect((await as(bob, 'GET', url + path)).statusCode).toBe(403);
  expect((await as(bob, 'POST', `${url}/versions/1/restore`)).statusCode).toBe(403);
  await s.query(
    `INSERT INTO documents.document_shares (id, doc_id, user_id, access, created_by, created_at, updated_at)
     VALUES ($1, $2, $3, 'write', $3, now(), now())`,
    ...[newId(), url.split('/').at(-1), bob.user.id],
  );
  for (const path of paths) expect((await as(bob, 'GET', url + path)).statusCode).toBe(200);
  const changed = await as(bob, 'PATCH', url, { content: 'by Bob' });
  expect([changed.statusCode, changed.json().access]).toEqual([200, 'write']);
  expect((await as(bob, 'GET', `${url}/versions`)).json().items[0].authorId).toBe(bob.user.id);
  for (const body of [{ visibility: 'private' }, { department: null }, { title: 'x', visibility: 'public' }])
    expect((await as(bob, 'PATCH', url, body)).statusCode).toBe(403);
  expect((await as(bob, 'DELETE', url)).statusCode).toBe(403);
});

test('a list of versions is two statements, however many there are', async () => {
  const seen = await s.statements(() => s.as(s.ada, 'GET', `${url}/versions`));
  expect(seen).toHaveLength(2);
});
