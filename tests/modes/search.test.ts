import type { SearchHit } from '@spacedly/contracts';
import { expect, inject, test } from 'vitest';
import { createClient, type Person } from '../harness/client.ts';

const client = createClient(inject('systemUrl'));

interface Page {
  items: SearchHit[];
  nextCursor: string | null;
}

const find = (who: Person | null, query: Record<string, string>) =>
  client.send<Page>(`/v1/search?${new URLSearchParams(query)}`, { headers: who?.headers ?? {} });

test('a search goes through tasks and documents of those who may see them, and without an account through public ones', async () => {
  const [ada, bob] = await Promise.all([client.signUp(), client.signUp()]);
  const word = `w${ada.user.id.replaceAll('-', '')}`;
  const write = (path: string, json: object) =>
    client.send(path, { method: 'POST', headers: ada.headers, json });
  await write('/v1/tasks', { title: `A task about ${word}` });
  await write('/v1/docs', { title: `A note about ${word}` });
  await write('/v1/docs', { title: 'An open letter', content: `<i>${word}</i>`, visibility: 'public' });
  const found = async (who: Person | null, query: Record<string, string> = {}) => {
    const { status, body } = await find(who, { q: word, ...query });
    expect(status).toBe(200);
    return body.items.map(({ type, title }) => `${type} ${title}`).sort();
  };
  expect(await found(ada)).toEqual([
    `doc A note about ${word}`,
    'doc An open letter',
    `task A task about ${word}`,
  ]);
  expect(await found(ada, { type: 'task' })).toEqual([`task A task about ${word}`]);
  expect(await found(bob)).toEqual(['doc An open letter']);
  expect(await found(null)).toEqual(['doc An open letter']);
  const [hit] = (await find(null, { q: word })).body.items;
  expect(hit?.snippetHtml).toBe(`&lt;i&gt;<mark>${word}</mark>&lt;/i&gt;`);
  const seen: string[] = [];
  let cursor: string | null = '';
  do {
    const { body } = await find(ada, { q: word, limit: '1', ...(cursor && { cursor }) });
    seen.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(new Set(seen).size).toBe(3);
  expect(seen).toHaveLength(3);
});

test('a token needs the scope to search, and one that is none is refused', async () => {
  const ada = await client.signUp();
  const token = async (scopes: string[]) => {
    const json = { name: 'search', scopes };
    const made = await client.send<{ token: string }>('/v1/auth/tokens', {
      method: 'POST',
      headers: ada.headers,
      json,
    });
    return { authorization: `Bearer ${made.body.token}` };
  };
  const status = async (headers: Record<string, string>) =>
    (await client.send('/v1/search?q=x', { headers })).status;
  expect(await status(await token(['documents:read']))).toBe(200);
  expect(await status(await token(['tasks:read']))).toBe(403);
  expect(await status({ authorization: 'Bearer nonsense' })).toBe(401);
  expect((await client.send('/internal/tasks/search', { method: 'POST', json: {} })).status).toBe(404);
});
