import { authService } from '@spacedly/auth';
import { type SearchTasksBody, type TaskHit, tasksRoutes } from '@spacedly/contracts';
import { call, viaInject } from '@spacedly/kit';
import { type SignedUp, signUp, type TestApp, testApp, waitFor } from '@spacedly/kit/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tasksService } from '../index.ts';
import { renewFilters } from './jobs.ts';

/** A person with more tasks than a search reads one by one: what it finds is what a plain comparison finds. */
const TASKS = 1_500;
const LETTERS = [...'abcdeABCDE  %_\\"\n', 'ß', 'ẞ', 'i', 'I', 'ı', 'İ', '\u0307', 'k', '\u212a', 'σ', 'ς', 'Σ']
  .concat(['é', 'e\u0301', 'Å', '\u212b', '漢', '字', '😀', '👩‍💻', 'ש', 'ل', 'ﬁ', 'ǅ', 'ა', 'Ა', 'ꭰ', '𐐀', '𐐨']); // biome-ignore format: letters

let t: TestApp;
let person: SignedUp;
const sql = async (text: string, values: unknown[] = []) =>
  (await t.platform.database.pool.query(text, values)).rows;
const countBlocks = async ({ user }: SignedUp) =>
  Number((await sql('SELECT count(*) FROM tasks.search_blocks WHERE user_id = $1', [user.id]))[0].count);
const noted = async () => Number((await sql('SELECT count(*) FROM tasks.search_changes'))[0].count);
const ask = (method: 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  t.app.inject({ method, url, headers: person.headers, ...(payload && { payload }) });
const get = async (query: Record<string, string>, { headers } = person) =>
  (await t.app.inject({ url: `/v1/tasks?${new URLSearchParams(query)}`, headers })).json();
const titles = async (q: string, { headers } = person) =>
  (await get({ q, limit: '100' }, { headers } as SignedUp)).items.map(
    (task: { title: string }) => task.title,
  );

/** Tasks of the last years, some at the same moment and some in the bin, past the routes and their limits. */
async function write(owner: SignedUp, texts: readonly string[]): Promise<void> {
  await sql(
    `INSERT INTO tasks.tasks (id, user_id, title, description, status, priority, due_date, deleted_at, position, created_at, updated_at)
     SELECT gen_random_uuid(), $1, left(text, 12), CASE WHEN n % 5 > 0 THEN substr(text, 8) END,
       (CASE n % 3 WHEN 0 THEN 'completed' ELSE 'todo' END)::tasks.task_status,
       (ARRAY['low', 'medium', 'high'])[1 + n % 3]::tasks.priority,
       CASE WHEN n % 4 > 0 THEN now() + (n * 7919 % 1000) * interval '1 hour' END,
       CASE WHEN n % 11 = 0 THEN now() END, n * 31 % 997, now() - interval '2 days' - (n / 3) * interval '1 minute', now()
     FROM unnest($2::text[]) WITH ORDINALITY AS given (text, n)`,
    [owner.user.id, texts],
  );
}

/** Searching is what has filters made. */
async function searchUntilQuick(owner: SignedUp): Promise<void> {
  await titles('nobody wrote this', owner);
  await waitFor(async () => (await countBlocks(owner)) >= TASKS / 20);
}

beforeAll(async () => {
  t = await testApp([authService, tasksService]);
  person = await signUp(t);
  const text = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 40 });
  await write(person, fc.sample(text, { numRuns: TASKS, seed: 7 }));
  await searchUntilQuick(person);
  // Besides, what was written today.
  for (const title of ['Fresh abc', 'Fresh İstanbul', '100 % fresh_\\'])
    await ask('POST', '/v1/tasks', { title });
});
afterAll(() => t.close());

const ORDERS: Record<string, string> = {
  created: 'created_at DESC, id DESC',
  'created&order=asc': 'created_at, id',
  due: `coalesce(due_date, 'infinity'), id`,
  'priority&order=asc': 'priority, id',
  position: 'position, id',
};

/** What the database finds when it compares every task. */
async function compared(q: string, sort: string, filter: string): Promise<string[]> {
  const rows = await sql(
    `SELECT id FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL AND (title ILIKE $2 OR description ILIKE $2)
       AND ${filter === '' ? 'true' : `status = 'completed'`} ORDER BY ${ORDERS[sort]} LIMIT 60`,
    [person.user.id, `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`],
  );
  return rows.map(({ id }) => id);
}

/** At most three pages of twenty. */
async function searched(q: string, sort: string, filter: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  do {
    const [name = '', order = ''] = sort.split('&order=');
    const page = await get({
      ...{ q, limit: '20', sort: name },
      ...(order && { order }),
      ...(filter && { status: filter }),
      ...(cursor && { cursor }),
    });
    found.push(...page.items.map(({ id }: { id: string }) => id));
    cursor = page.nextCursor ?? '';
  } while (cursor !== '' && found.length < 60);
  return found;
}

test('finds what a plain comparison finds, in any order, with filters, page by page', async () => {
  const rows = await sql('SELECT title, description FROM tasks.tasks WHERE user_id = $1', [person.user.id]);
  const texts = rows.flatMap(({ title, description }) => [title, description ?? 'x']).filter(Boolean);
  const recased = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
  );
  const part = fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 1, max: 9 }), recased)
    .map(([text, from, length, recase]) => {
      const letters = [...text];
      return recase(letters.slice(from % letters.length, (from % letters.length) + length).join(''));
    });
  const words = fc.oneof(
    { weight: 4, arbitrary: part },
    fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 8 }),
  );
  const sorts = fc.constantFrom(...Object.keys(ORDERS));
  await fc.assert(
    fc.asyncProperty(words, sorts, fc.constantFrom('', 'completed'), async (q, sort, filter) => {
      // As the route reads it: blanks around words are not looked for.
      fc.pre(q.trim() === q);
      expect(await searched(q, sort, filter)).toEqual(await compared(q, sort, filter));
    }),
    { numRuns: 100 },
  );
});

test('words that come into old tasks are found at once, and after filters were made anew', async () => {
  const [{ id }] = await sql(
    'SELECT id FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1',
    [person.user.id],
  );
  const [{ id: gone }] = await sql(
    'SELECT id FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NOT NULL LIMIT 1',
    [person.user.id],
  );
  await sql(`UPDATE tasks.tasks SET title = 'Rhubarb in the bin' WHERE id = $1`, [gone]);
  await ask('PATCH', `/v1/tasks/${id}`, { description: 'now with quinces' });
  await sql(
    `INSERT INTO tasks.tasks (id, user_id, title, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'Medlar late', now() - interval '60 hours', now()`,
    [person.user.id],
  );
  const look = async () => [
    (await get({ q: 'QUINCE' })).items.map((task: { id: string }) => task.id),
    await titles('rhubarb'),
    await titles('medlar'),
  ];
  expect(await look()).toEqual([[id], [], ['Medlar late']]);
  await ask('POST', `/v1/tasks/${gone}/restore`);
  const found = [[id], ['Rhubarb in the bin'], ['Medlar late']];
  expect(await look()).toEqual(found);
  expect(await noted()).toBeGreaterThan(0);
  await renewFilters(t.platform.database.db);
  expect(await noted()).toBe(0);
  expect(await look()).toEqual(found);
  await ask('PATCH', `/v1/tasks/${id}`, { description: null });
  await ask('DELETE', `/v1/tasks/${gone}`);
  expect(await look()).toEqual([[], [], ['Medlar late']]);
});

test('many changes have the filters made anew by the next search', async () => {
  await sql(`UPDATE tasks.tasks SET description = 'Persimmon' WHERE user_id = $1 AND position % 9 = 0`, [
    person.user.id,
  ]);
  const before = await noted();
  expect(before).toBeGreaterThanOrEqual(100);
  expect((await get({ q: 'persimmon', status: 'completed', limit: '100' })).items).not.toEqual([]);
  await waitFor(async () => (await noted()) === 0);
  expect(await searched('persimmon', 'created', '')).toEqual(await compared('persimmon', 'created', ''));
});

test('nobody finds what is another’s, and who has few tasks has no filters', async () => {
  const other = await signUp(t);
  await write(other, ['Persimmon of another']);
  expect(await titles('persimmon', other)).toHaveLength(1);
  expect(await titles('another')).toEqual([]);
  expect(await countBlocks(other)).toBe(0);
});

describe('the search over everything', () => {
  const search = async (body: Partial<SearchTasksBody>) => {
    const context = { authorization: `Service ${t.platform.serviceTokens.issue()}` };
    const whole = {
      ...{
        userId: person.user.id,
        groups: [],
        q: '',
        isPrefix: false,
        alike: null,
        pattern: '(?=x)y',
        limit: 101,
      },
      ...{ after: null, ...body },
    };
    return (
      await call(
        viaInject(() => t.app),
        tasksRoutes.searchTasks,
        { body: whole },
        context,
      )
    ).body.items;
  };
  const idsIn = async (condition: string) =>
    (
      await sql(
        `SELECT id FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL AND ${condition} ORDER BY id`,
        [person.user.id],
      )
    ).map(({ id }) => id);

  test('finds by filters what a plain comparison finds', async () => {
    const says = (word: string) => `(title ILIKE '%${word}%' OR coalesce(description, '') ILIKE '%${word}%')`;
    const asked: [string[], string[]][] = [
      [['abc'], []],
      [['ab', 'cd'], []],
      [['漢字'], []],
      [['ßa'], ['c']],
      [['nobody'], []],
    ];
    for (const [all, none] of asked) {
      const found: string[] = [];
      let after: SearchTasksBody['after'] = null;
      do {
        const q = all.map((word) => `"${word}"`).join(' ');
        const page = await search({ groups: [{ all, none }], q, limit: 20, after });
        found.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        after = last === undefined ? null : { rank: last.rank, id: last.id };
      } while (after !== null);
      const condition = [...all.map(says), ...none.map((word) => `NOT ${says(word)}`)].join(' AND ');
      expect(found.sort()).toEqual(await idsIn(condition));
    }
  });

  test('goes on after a place, in the order of rank and id', async () => {
    const asked = { groups: [{ all: ['a'], none: [] }], q: '"a"', limit: 7 };
    const first = await search(asked);
    const last = first.at(-1) as TaskHit;
    const second = await search({ ...asked, after: { rank: last.rank, id: last.id } });
    const both = [...first, ...second];
    expect(new Set(both.map(({ id }) => id)).size).toBe(14);
    expect(both).toEqual(both.toSorted((a, b) => b.rank - a.rank || (a.id < b.id ? 1 : -1)));
  });

  test('finds what others share, misspelled too, until they do no more', async () => {
    const ada = await signUp(t);
    const as = (method: 'POST' | 'DELETE', url: string, payload?: object) =>
      t.app.inject({ method, url, headers: ada.headers, ...(payload && { payload }) });
    const { id } = (await as('POST', '/v1/tasks', { title: 'Zygomorphic flowers' })).json();
    const find = async () => {
      const said = await search({ groups: [{ all: ['zygomorphic'], none: [] }], q: 'zygomorphic' });
      const meant = await search({ groups: [{ all: ['zygomorfic'], none: [] }], alike: ['zygomorfic'] });
      return [said, meant].map((hits) => hits.map((hit) => hit.id));
    };
    expect(await find()).toEqual([[], []]);
    const body = { userId: person.user.id, access: 'read' };
    const share = (await as('POST', `/v1/tasks/${id}/shares`, body)).json();
    expect(await find()).toEqual([[id], [id]]);
    await as('DELETE', `/v1/tasks/${id}/shares/${share.id}`);
    expect(await find()).toEqual([[], []]);
    await as('POST', `/v1/tasks/${id}/shares`, body);
    await as('DELETE', `/v1/tasks/${id}`);
    expect(await find()).toEqual([[], []]);
  });

  test('is for other services only', async () => {
    const answer = await ask('POST', '/internal/tasks/search', {});
    expect(answer.statusCode).toBe(404);
    await expect(search({ limit: 102 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
