import { authService } from '@spacedly/auth';
import type { SearchHit } from '@spacedly/contracts';
import { newId } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import { tasksService } from '@spacedly/tasks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentsService } from '../index.ts';

let t: TestApp;
let ada: SignedUp;
let bob: SignedUp;
let eve: SignedUp;
const sql = async (text: string, values: unknown[] = []) =>
  (await t.platform.database.pool.query(text, values)).rows;

beforeAll(async () => {
  t = await testApp([authService, tasksService, documentsService], {
    config: { NOTIFICATIONS_URL: 'http://127.0.0.1:9' },
  });
  [ada, bob, eve] = await Promise.all([signUp(t), signUp(t), signUp(t)]);
  await sql(`UPDATE auth.users SET department = 'Maths', is_editor = true WHERE id = $1`, [eve.user.id]);
});
afterAll(() => t.close());

const send = async (who: SignedUp, url: string, payload: object) => {
  const answer = await t.app.inject({ method: 'POST', url, headers: who.headers, payload });
  expect([url, answer.statusCode, answer.body]).toEqual([url, 201, answer.body]);
  return answer.json();
};
const write = (who: SignedUp, title: string, content = '', more: object = {}) =>
  send(who, '/v1/docs', { title, content, ...more });
const ask = (who: SignedUp | null, query: Record<string, string>) =>
  t.app.inject({ url: `/v1/search?${new URLSearchParams(query)}`, ...(who && { headers: who.headers }) });
const find = async (
  who: SignedUp | null,
  q: string,
  more: Record<string, string> = {},
): Promise<SearchHit[]> => {
  const answer = await ask(who, { q, limit: '100', ...more });
  expect([q, answer.statusCode]).toEqual([q, 200]);
  return answer.json().items;
};
const titles = async (who: SignedUp | null, q: string, more: Record<string, string> = {}) =>
  (await find(who, q, more)).map(({ title }) => title);

/** Past the routes, so that the search is tested by itself. */
const comment = async (docId: string, who: SignedUp, content: string) => {
  const id = newId();
  await sql(
    `INSERT INTO documents.comments (id, doc_id, thread_id, depth, author_id, content, created_at, updated_at)
     VALUES ($1, $2, $1, 0, $3, $4, now(), now())`,
    [id, docId, who.user.id, content],
  );
  return id;
};
const share = (docId: string, who: SignedUp) =>
  sql(
    `INSERT INTO documents.document_shares (id, doc_id, user_id, access, created_by, created_at, updated_at)
     VALUES (gen_random_uuid(), $1, $2, 'read', $2, now(), now())`,
    [docId, who.user.id],
  );
const set = (docId: string, what: string) =>
  sql(`UPDATE documents.documents SET ${what} WHERE id = $1`, [docId]);

describe('what is found', () => {
  test('by title before tags before text, in tasks, documents and comments', async () => {
    const inText = await write(ada, 'Third', 'about quaternions');
    await write(ada, 'Second', 'x', { tags: ['quaternions'] });
    await write(ada, 'Quaternions first');
    await comment(inText.id, ada, 'quaternions once more');
    await send(ada, '/v1/tasks', { title: 'Learn quaternions' });
    const hits = await find(ada, 'quaternions');
    expect(hits.map(({ type, title }) => `${type} ${title}`).sort()).toEqual([
      ...['comment Third', 'doc Quaternions first', 'doc Second', 'doc Third', 'task Learn quaternions'],
    ]);
    const ranks = Object.fromEntries(hits.map(({ type, title, rank }) => [`${type} ${title}`, rank]));
    expect(ranks['doc Quaternions first']).toBe(ranks['task Learn quaternions']);
    expect(ranks['doc Quaternions first']).toBeGreaterThan(ranks['doc Second'] as number);
    expect(ranks['doc Second']).toBeGreaterThan(ranks['doc Third'] as number);
    expect(hits.map(({ rank }) => rank)).toEqual(hits.map(({ rank }) => rank).sort((a, b) => b - a));
    const said = hits.find(({ type }) => type === 'comment');
    expect(said).toMatchObject({
      ...{ docId: inText.id, title: 'Third', titleHtml: 'Third', updatedAt: expect.stringMatching(/Z$/) },
      snippetHtml: '<mark>quaternions</mark> once more',
    });
    for (const type of ['task', 'doc', 'comment']) {
      expect(new Set((await find(ada, 'quaternions', { type })).map((hit) => hit.type))).toEqual(
        new Set([type]),
      );
    }
    expect(await find(ada, 'quaternions', { type: 'doc,comment' })).toHaveLength(4);
  });

  test('as soon as it was saved, changed or deleted', async () => {
    const { id } = await write(ada, 'Heliotrope');
    const said = await comment(id, ada, 'periwinkle');
    expect(await titles(ada, 'heliotrope')).toEqual(['Heliotrope']);
    await set(id, `title = 'Marigold', content = 'chicory'`);
    expect([await titles(ada, 'heliotrope'), await titles(ada, 'chicory')]).toEqual([[], ['Marigold']]);
    await sql(`UPDATE documents.comments SET content = 'edelweiss' WHERE id = $1`, [said]);
    expect([await find(ada, 'periwinkle'), await titles(ada, 'edelweiss')]).toEqual([[], ['Marigold']]);
    await sql(`UPDATE documents.comments SET deleted_at = now(), content = '' WHERE id = $1`, [said]);
    expect(await find(ada, 'edelweiss')).toEqual([]);
    const task = await send(ada, '/v1/tasks', { title: 'Snapdragon' });
    expect(await titles(ada, 'snapdragon')).toEqual(['Snapdragon']);
    await t.app.inject({ method: 'DELETE', url: `/v1/tasks/${task.id}`, headers: ada.headers });
    expect(await find(ada, 'snapdragon')).toEqual([]);
    await sql('DELETE FROM documents.documents WHERE id = $1', [id]);
    expect(await sql('SELECT FROM documents.search_entries WHERE doc_id = $1', [id])).toEqual([]);
  });

  const TEXTS: Record<string, string> = {
    hyphen: 'A well-known e-mail',
    address: 'Write to ada.lovelace@example.com, or see https://example.com/a?b=1#c',
    code: 'C++ and snake_case',
    accents: 'Über die Straße, ein Café',
    hindi: 'हिन्दी में खोज',
    chinese: '日本語の漢字を学ぶ',
    korean: '한국어 문서',
    emoji: 'Party 🎉 tonight',
    number: 'Room 3.14 on floor 42',
    phrase: 'a b the quick brown fox',
    other: 'brown and quick the fox',
  };
  test.each([
    ['well-known', ['hyphen']],
    ['e-ma', ['hyphen']],
    ['ada.lovelace@example.com', ['address']],
    ['lovelace', ['address']],
    ['example.com/a', ['address']],
    ['C++', ['address', 'code']],
    ['snake_ca', ['code']],
    ['uber strasse', []],
    ['UBER CAFE', ['accents']],
    ['über die straße', ['accents']],
    ['हिन्दी', ['hindi']],
    ['खो', ['hindi']],
    ['漢字', ['chinese']],
    ['語漢', []],
    ['한국', ['korean']],
    ['party 🎉', ['emoji']],
    ['3.14', ['number']],
    ['floor 4', ['number']],
    ['"quick brown"', ['phrase']],
    ['quick brown', ['other', 'phrase']],
    ['quick -"quick brown"', ['other']],
    ['"brown quick"', []],
    ['fox -quick', []],
    ['known or 한국어 or "floor 42"', ['hyphen', 'korean', 'number']],
    ['tonight or cafe', ['accents', 'emoji']],
  ])('%s finds %j', async (q, names) => {
    if ((await find(bob, 'party')).length === 0) {
      for (const [name, text] of Object.entries(TEXTS)) await write(bob, name, text);
    }
    expect((await titles(bob, q, { type: 'doc' })).sort()).toEqual(names);
  });

  test('the last word by its beginning, unless it is quoted', async () => {
    await write(ada, 'Photosynthesis');
    for (const q of ['p', 'ph', 'phot', 'photo', 'photosynthesis', 'PHOTOSYN'])
      expect(await titles(ada, q), q).toContain('Photosynthesis');
    for (const q of ['"photo"', 'photo "x"', 'hot', 'osy']) expect(await titles(ada, q), q).toEqual([]);
  });

  test('misspelled words in titles and tags, where nothing says them', async () => {
    await write(ada, 'Mitochondria at work', '', { tags: ['organelle'] });
    await send(ada, '/v1/tasks', { title: 'Draw the mitochondria' });
    const hits = await find(ada, 'mitocondria');
    expect(hits.map(({ title }) => title).sort()).toEqual(['Draw the mitochondria', 'Mitochondria at work']);
    expect(hits[0]?.titleHtml).toContain('<mark>');
    expect(await titles(ada, 'mitochnodria workk', { type: 'doc' })).toEqual(['Mitochondria at work']);
    expect(await titles(ada, 'organele')).toEqual(['Mitochondria at work']);
    expect(await titles(bob, 'mitocondria')).toEqual([]);
    const first = (await ask(ada, { q: 'mitocondria', limit: '1' })).json();
    const second = (await ask(ada, { q: 'mitocondria', limit: '1', cursor: first.nextCursor })).json();
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([1, 1, null]);
    expect(second.items[0].id).not.toBe(first.items[0].id);
  });

  test('tasks also inside of words, and without what must not be there', async () => {
    for (const title of ['Xylophone one', 'Xylophone two', 'Metaxylophone'])
      await send(bob, '/v1/tasks', { title });
    expect(await titles(bob, 'xylophone -two')).toEqual(['Xylophone one', 'Metaxylophone']);
    expect((await titles(bob, '"xylophone one" or metaxylo')).sort()).toEqual([
      'Metaxylophone',
      'Xylophone one',
    ]);
    expect(await titles(bob, 'xylophone "100%"')).toEqual([]);
    expect(await find(ada, 'xylophone')).toEqual([]);
  });

  test('nothing gets through as HTML', async () => {
    const evil = '<img src=x onerror=alert(1)> & <mark>zebrawood</mark> \uE000';
    const { id } = await write(ada, evil, `${evil} "quoted" 'text'`);
    await comment(id, ada, evil);
    await send(ada, '/v1/tasks', { title: evil, description: evil });
    const hits = await find(ada, 'zebrawood');
    expect(hits).toHaveLength(3);
    for (const { title, titleHtml, snippetHtml } of hits) {
      expect(title).toBe(evil);
      for (const html of [titleHtml, snippetHtml]) {
        expect(html.replaceAll('<mark>zebrawood</mark>', '')).not.toMatch(/[<>"']/);
      }
      expect(titleHtml).toContain('&lt;mark&gt;<mark>zebrawood</mark>&lt;/mark&gt;');
    }
    expect(await find(ada, '<script>alert(1)</script>')).toEqual([]);
  });
});

describe('who finds it', () => {
  const everybody = () => ({ owner: ada, friend: bob, editor: eve, nobody: null });
  const finders = async (q: string) => {
    const found: string[] = [];
    for (const [name, who] of Object.entries(everybody())) {
      const { length } = await find(who, q);
      if (length > 0) found.push(`${name} ${length}`);
    }
    return found;
  };

  test('those who may see the document, and its comments with it', async () => {
    const { id } = await write(ada, 'Obsidian');
    await set(id, `department = 'Maths'`);
    await comment(id, bob, 'obsidian indeed');
    expect(await finders('obsidian')).toEqual(['owner 2']);
    await share(id, bob);
    expect(await finders('obsidian')).toEqual(['owner 2']);
    await set(id, `visibility = 'shared'`);
    expect(await finders('obsidian')).toEqual(['owner 2', 'friend 2', 'editor 2']);
    await comment(id, bob, 'obsidian again');
    await set(id, `content = 'changed'`);
    expect(await finders('obsidian')).toEqual(['owner 3', 'friend 3', 'editor 3']);
    await sql(`DELETE FROM documents.document_shares WHERE doc_id = $1`, [id]);
    await set(id, `department = 'Physics'`);
    expect(await finders('obsidian')).toEqual(['owner 3']);
    await set(id, `visibility = 'public'`);
    expect(await finders('obsidian')).toEqual(['owner 3', 'friend 3', 'editor 3', 'nobody 3']);
    await set(id, `deleted_at = now()`);
    expect(await finders('obsidian')).toEqual([]);
    await set(id, `deleted_at = NULL, visibility = 'private'`);
    expect(await finders('obsidian')).toEqual(['owner 3']);
    expect(await finders('obsidain')).toEqual(['owner 1']);
  });

  test('an admin what they may see without being one', async () => {
    await write(ada, 'Tourmaline');
    const admin = await signUp(t);
    await sql(`UPDATE auth.users SET role = 'ADMIN' WHERE id = $1`, [admin.user.id]);
    expect(await find(admin, 'tourmaline')).toEqual([]);
  });

  test('a document shared, changed and commented all at once is found by all it was shared with', async () => {
    const { id } = await write(ada, 'Malachite', '', { visibility: 'shared' });
    const people = Array.from({ length: 12 }, () => newId());
    await Promise.all(
      people.flatMap((person, n) => [
        share(id, { user: { id: person } } as SignedUp),
        comment(id, bob, `malachite ${n}`),
        set(id, `content = 'draft ${n}'`),
      ]),
    );
    const rows = await sql(`SELECT access FROM documents.search_entries WHERE doc_id = $1`, [id]);
    expect(rows).toHaveLength(13);
    for (const { access } of rows)
      expect(access).toEqual(expect.arrayContaining(people.map((person) => `u${person}`)));
  });
});

describe('pages', () => {
  test('go on where the one before ended, while documents are added', async () => {
    const reader = await signUp(t);
    for (let n = 0; n < 5; n += 1) await write(reader, `Lapis ${n}`);
    for (let n = 0; n < 4; n += 1) await send(reader, '/v1/tasks', { title: `Lapis task ${n}` });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await ask(reader, { q: 'lapis', limit: '2', ...(cursor && { cursor }) });
      const body: { items: SearchHit[]; nextCursor: string | null } = answer.json();
      seen.push(...body.items.map(({ title }) => title));
      if (cursor === '') await write(reader, 'Lapis later');
      cursor = body.nextCursor;
    }
    expect(seen.filter((title) => title !== 'Lapis later').sort()).toEqual([
      ...[0, 1, 2, 3, 4].map((n) => `Lapis ${n}`),
      ...[0, 1, 2, 3].map((n) => `Lapis task ${n}`),
    ]);
  });

  test('of a great many are chosen from the newest', async () => {
    const writer = await signUp(t);
    await sql(
      `INSERT INTO documents.documents (id, owner_id, title, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 'Beryl ' || n || CASE WHEN n = 1 THEN ' rarest' ELSE '' END, now(), now()
       FROM generate_series(1, 2500) AS n`,
      [writer.user.id],
    );
    // As if many others had written since.
    await sql(`SELECT setval('documents.search_writes', 60000)`);
    await sql(
      `INSERT INTO documents.documents (id, owner_id, title, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 'Beryl new', now(), now() FROM generate_series(1, 600)`,
      [writer.user.id],
    );
    const page = (await ask(writer, { q: 'beryl' })).json();
    expect(new Set(page.items.map(({ title }: SearchHit) => title))).toEqual(new Set(['Beryl new']));
    const next = (await ask(writer, { q: 'beryl', cursor: page.nextCursor })).json();
    expect(new Set(next.items.map(({ title }: SearchHit) => title))).toEqual(new Set(['Beryl new']));
    expect(await titles(writer, 'rarest')).toEqual(['Beryl 1 rarest']);
  });
});

describe('answers', () => {
  test.each([
    ['no words', {}, 'query.q'],
    ['nothing to look for', { q: '' }, 'query.q'],
    ['too much', { q: 'x'.repeat(201) }, 'query.q'],
    ['NUL', { q: 'a\0b' }, 'query.q'],
    ['another type', { q: 'x', type: 'task,file' }, 'query.type.1'],
    ['no type', { q: 'x', type: '' }, 'query.type.0'],
    ['an empty page', { q: 'x', limit: '0' }, 'query.limit'],
    ['too large a page', { q: 'x', limit: '101' }, 'query.limit'],
    ['what is not known', { q: 'x', sort: 'rank' }, 'query.sort'],
    ['no cursor', { q: 'x', cursor: 'x' }, 'query.cursor'],
  ])('400 for %s', async (_name, query: Record<string, string>, path) => {
    const answer = await ask(ada, query);
    expect([answer.statusCode, answer.json().errors?.[0]?.path]).toEqual([400, path]);
  });

  const id = '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10';
  test.each([
    [[1, id, 0, 1]],
    [[1, 'x', 0, 1, 0]],
    [[1, id, 0, 1, 7]],
    [[1, id, 0, 1, 9e15]],
    [['9'.repeat(17), id, 0, 1, 0]],
    [['9'.repeat(16), id, 0, 1, 0]],
    [[1, id, 0, '9'.repeat(16), 2]],
  ])('400 for the cursor %j', async (key) => {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    expect((await ask(ada, { q: 'x', cursor })).statusCode).toBe(400);
  });

  test.each([
    [[1_000_000_000, id, 0, 1_000_000_000, 200]],
    [[-1_000_000_000, id, 1, -5, 0]],
    [[0, id, 7, 0, 2]],
  ])('a cursor that was made up finds nothing worse: %j', async (key) => {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    expect((await ask(ada, { q: 'mitocondria', cursor })).statusCode).toBe(200);
  });

  test.each([
    ...[
      '-',
      '"',
      '""',
      '"'.repeat(200),
      '&|!():*<->',
      ':*',
      '😀',
      '- -x',
      'or',
      '%',
      '_',
      "'; DROP TABLE x; --",
    ],
    ...['\\', '\\:*', `a':*`, 'x'.repeat(200), '-x', 'a or', '$1', 'ﷺ', 'İ ß ﬀ', '漢'.repeat(200)],
    ...['(a|b)+$', '[', '*', '\u202e\u200d', 'a\tb\nc', '100% "x', 'a '.repeat(100), '-a '.repeat(66)],
  ])('%j is looked for without an error', async (q) => {
    for (const who of [ada, null]) expect((await ask(who, { q })).statusCode).toBe(200);
  });

  test('401 for a token that is none; without one, public documents and no tasks', async () => {
    const headers = { authorization: 'Bearer x' };
    expect((await t.app.inject({ url: '/v1/search?q=x', headers })).statusCode).toBe(401);
    expect(await find(null, 'lapis')).toEqual([]);
    expect(await find(null, 'lapis', { type: 'task' })).toEqual([]);
  });

  test('the statements of a search do not grow with what it finds', async () => {
    const { pool } = t.platform.database;
    // Each statement is one of a client, be it of a transaction or of its own.
    const client = await pool.connect();
    const prototype = Object.getPrototypeOf(client);
    client.release();
    const count = async (request: () => Promise<unknown>) => {
      let n = 0;
      const original = prototype.query;
      prototype.query = function query(this: unknown, ...args: unknown[]) {
        if (JSON.stringify(args[0])?.includes('documents')) n += 1;
        return original.apply(this, args);
      };
      await request().finally(() => Object.assign(prototype, { query: original }));
      return n;
    };
    const few = await count(() => find(bob, 'snake_case', { type: 'doc,comment' }));
    const many = await count(() => find(bob, 'a', { type: 'doc,comment' }));
    expect(many).toBe(few);
  });

  test('503 when tasks cannot be searched; what lies here is found all the same where they are not asked for', async () => {
    const alone = await testApp([authService, documentsService], {
      config: { TASKS_URL: 'http://127.0.0.1:9', NOTIFICATIONS_URL: 'http://127.0.0.1:9' },
    });
    try {
      const person = await signUp(alone);
      const url = '/v1/search?q=x';
      const answer = await alone.app.inject({ url, headers: person.headers });
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
      for (const other of [`${url}&type=doc,comment`])
        expect((await alone.app.inject({ url: other, headers: person.headers })).statusCode).toBe(200);
      expect((await alone.app.inject({ url })).statusCode).toBe(200);
    } finally {
      await alone.close();
    }
  });
});

test('a document of 1 MB is saved whatever its words are', async () => {
  const bytes = 1_048_576;
  const words = (word: (n: number) => string) =>
    Array.from({ length: 140_000 }, (_, n) => word(n))
      .join(' ')
      .slice(0, bytes);
  const contents = {
    different: words((n) => (n * 2_654_435_761).toString(36)),
    one: 'a'.repeat(bytes),
    chinese: '漢字仮名交'.repeat(bytes).slice(0, Math.floor(bytes / 3)),
    rare: Array.from({ length: 87_000 }, (_, n) => String.fromCodePoint(0x10_000 + (n % 60_000)))
      .join('')
      .concat(' x')
      .repeat(2),
    quotes: `"'\\`.repeat(bytes / 4),
  };
  for (const [title, content] of Object.entries(contents)) {
    // Past the routes, as what counts is what the database makes of it.
    await sql(
      `INSERT INTO documents.documents (id, owner_id, title, content, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, $3, now(), now())`,
      [ada.user.id, `Huge ${title}`, content],
    );
    expect(await titles(ada, `huge ${title}`, { type: 'doc' })).toEqual([`Huge ${title}`]);
  }
  expect(await titles(ada, '漢字 huge')).toEqual(['Huge chinese']);
}, 60_000);
