import { newId } from '@spacedly/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStage, problemOf, type Stage } from '../fixtures/stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await openStage();
});
afterAll(() => s.close());

test('what is written is read by its owner alone, until it is public', async () => {
  const { ada, bob, as } = s;
  const answer = await as(ada, 'POST', '/v1/docs', { title: 'Graphs', content: '# Graphs\n<b>$100</b>' });
  expect(answer.statusCode).toBe(201);
  const made = answer.json();
  expect(answer.headers.location).toBe(`/v1/docs/${made.id}`);
  expect(made).toMatchObject({
    ...{ title: 'Graphs', content: '# Graphs\n<b>$100</b>', tags: [], visibility: 'private' },
    ...{ department: null, access: 'owner', version: 1, deletedAt: null, owner: { name: ada.user.name } },
  });
  const read = await as(ada, 'GET', `/v1/docs/${made.id}`);
  expect([read.statusCode, read.headers.etag, read.json()]).toEqual([200, '"1"', made]);
  for (const who of [bob, null]) {
    const refused = await as(who, 'GET', `/v1/docs/${made.id}`);
    expect([refused.statusCode, problemOf(refused)]).toEqual([404, 'document-not-found']);
  }
  const open = await s.write(ada, { title: 'Open', visibility: 'public' });
  for (const who of [bob, null])
    expect((await as(who, 'GET', `/v1/docs/${open.id}`)).json()).toMatchObject({
      ...{ id: open.id, access: 'read' },
    });
  expect((await as(ada, 'GET', `/v1/docs/${newId()}`)).statusCode).toBe(404);
});

test('whoever is not signed in can do nothing but read what is public', async () => {
  const { id } = await s.write(s.ada, { title: 'Open', visibility: 'public' });
  const doc = `/v1/docs/${id}`;
  const asked = [
    ['GET', '/v1/docs'],
    ['POST', '/v1/docs', { title: 'x' }],
    ['PATCH', doc, { title: 'x' }],
    ['DELETE', doc],
    ['POST', `${doc}/restore`],
    ['GET', `${doc}/versions`],
    ['GET', `${doc}/versions/1`],
    ['GET', `${doc}/versions/diff?from=1`],
    ['POST', `${doc}/versions/1/restore`],
  ] as const;
  for (const [method, url, body] of asked) {
    expect([method, url, (await s.as(null, method, url, body)).statusCode]).toEqual([method, url, 401]);
    if (url !== '/v1/docs')
      expect([method, url, (await s.as(s.bob, method, url, body)).statusCode]).toEqual([method, url, 403]);
  }
});

describe('a change', () => {
  test('is a new version, and none where nothing changes', async () => {
    const { as, ada } = s;
    const made = await s.write(ada, { title: 'Graphs', content: 'old', tags: ['b', 'a'] });
    const url = `/v1/docs/${made.id}`;
    const changed = await as(ada, 'PATCH', url, { content: 'new', tags: [] });
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"']);
    const body = changed.json();
    expect(body).toEqual({ ...made, content: 'new', tags: [], version: 2, updatedAt: expect.any(String) });
    expect(body.updatedAt >= made.updatedAt).toBe(true);
    const same = await as(ada, 'PATCH', url, { content: 'new', tags: [], title: 'Graphs' });
    expect(same.json()).toEqual(body);
    expect((await as(ada, 'GET', url)).json()).toEqual(body);
    const saved = await s.query(
      'SELECT version FROM documents.document_versions WHERE doc_id = $1 ORDER BY 1',
      made.id,
    );
    expect(saved).toEqual([{ version: 1 }, { version: 2 }]);
  });

  test('of fifty at once with the same If-Match one wins, and the others learn what there is', async () => {
    const { as, ada } = s;
    const { id } = await s.write(ada);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        as(ada, 'PATCH', `/v1/docs/${id}`, { content: `${index}` }, { 'if-match': '"1"' }),
      ),
    );
    const [won, ...others] = answers.sort((one, other) => one.statusCode - other.statusCode);
    expect([won?.statusCode, won?.json().version]).toEqual([200, 2]);
    for (const lost of others)
      expect([lost.statusCode, lost.json().detail]).toEqual([412, 'The current version is 2']);
    expect((await as(ada, 'GET', `/v1/docs/${id}`)).json()).toEqual(won?.json());
  });

  test('of fifty at once without If-Match each is a version', async () => {
    const { as, ada } = s;
    const { id } = await s.write(ada);
    const change = (_: unknown, index: number) => as(ada, 'PATCH', `/v1/docs/${id}`, { content: `${index}` });
    await Promise.all(Array.from({ length: 50 }, change));
    expect((await as(ada, 'GET', `/v1/docs/${id}`)).json().version).toBe(51);
  });

  test.each([
    [{}, 'body'],
    [{ title: '' }, 'body.title'],
    [{ title: null }, 'body.title'],
    [{ title: 'x'.repeat(201) }, 'body.title'],
    [{ content: 1 }, 'body.content'],
    [{ content: 'nul \u0000' }, 'body.content'],
    [{ content: 'lone \ud800' }, 'body.content'],
    [{ tags: 'a' }, 'body.tags'],
    [{ tags: ['a', 'a'] }, 'body.tags'],
    [{ tags: [''] }, 'body.tags.0'],
    [{ tags: Array.from({ length: 11 }, (_, index) => `${index}`) }, 'body.tags'],
    [{ visibility: 'PUBLIC' }, 'body.visibility'],
    [{ ownerId: newId() }, 'body.ownerId'],
    [{ version: 7 }, 'body.version'],
    [{ deletedAt: null }, 'body.deletedAt'],
  ])('%j is refused', async (body, path) => {
    const { id } = await s.write(s.ada);
    for (const [method, url] of [
      ['PATCH', `/v1/docs/${id}`],
      ['POST', '/v1/docs'],
    ] as const) {
      const whole = method === 'POST' && path !== 'body' ? { title: 'T', ...body } : body;
      const answer = await s.as(s.ada, method, url, whole);
      expect(answer.statusCode).toBe(400);
      const told = answer.json().errors.map((error: { path: string }) => error.path);
      expect(told).toContain(method === 'POST' && path === 'body' ? 'body.title' : path);
    }
  });
});

test('a megabyte is taken, however it is written, and not a byte more', async () => {
  const { as, ada, t } = s;
  const { id } = await s.write(ada);
  const send = (content: string, json = JSON.stringify({ content })) =>
    t.app.inject({
      ...{ method: 'PATCH', url: `/v1/docs/${id}`, payload: json },
      headers: { ...ada.headers, 'content-type': 'application/json' },
    });
  const full = 'é'.repeat(524_288);
  const written = `{"content":"${'\\u00e9'.repeat(524_288)}"}`;
  for (const json of [undefined, written]) expect((await send(full, json)).statusCode).toBe(200);
  expect((await as(ada, 'GET', `/v1/docs/${id}`)).json().content).toBe(full);
  // Each character of these takes six in JSON.
  const escaped = '\u0001'.repeat(1_048_576);
  expect((await send(escaped)).statusCode).toBe(200);
  expect((await as(ada, 'GET', `/v1/docs/${id}`)).json().content).toBe(escaped);
  expect((await send(`${full}!`)).json().errors[0]).toEqual({
    ...{ path: 'body.content', message: 'Must be at most 1 MB' },
  });
  expect((await send(' ', ' '.repeat(6_357_000))).statusCode).toBe(413);
  const deep = `{"content":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
  expect((await send('', deep)).statusCode).toBe(400);
});

test('text stays as it was typed', async () => {
  const content =
    '  \r\nline\r\n\ttab \u0001 \u202eRTL\u202c 👩‍👩‍👧 <script>alert(1)</script> $$ \\ \u2028 e\u0301 \n\n';
  const { id } = await s.write(s.ada, { title: ' Titel ', content, tags: ['ä b', "'; DROP TABLE"] });
  const read = (await s.as(s.ada, 'GET', `/v1/docs/${id}`)).json();
  expect([read.title, read.content, read.tags]).toEqual([' Titel ', content, ['ä b', "'; DROP TABLE"]]);
});

test('the same key writes one document, also in parallel, and another body is refused', async () => {
  const { as, ada } = s;
  const key = { 'idempotency-key': newId() };
  const post = (title: string) => as(ada, 'POST', '/v1/docs', { title }, key);
  const answers = await Promise.all(Array.from({ length: 10 }, () => post('Once')));
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  const other = await post('Twice');
  expect([other.statusCode, problemOf(other)]).toEqual([422, 'idempotency-key-reused']);
});
