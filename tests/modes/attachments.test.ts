import { expect, inject, test } from 'vitest';
import { createClient } from '../harness/client.ts';

const url = inject('systemUrl');
const client = createClient(url);

interface Created {
  id: string;
}

interface Uploaded {
  items: { id: string; name: string; url: string }[];
}

async function upload(taskId: string, headers: Record<string, string>, sizes: readonly number[]) {
  const form = new FormData();
  sizes.forEach((size, index) => {
    form.append('files', new Blob(['a'.repeat(size)]), `${index}.txt`);
  });
  return fetch(`${url}/v1/tasks/${taskId}/attachments`, { method: 'POST', body: form, headers });
}

test('files of more than a body may have otherwise arrive whole, and come back in parts', async () => {
  const { headers } = await client.signUp();
  const task = await client.send<Created>('/v1/tasks', { method: 'POST', json: { title: 'x' }, headers });
  const answer = await upload(task.body.id, headers, [3_000_000, 9_000_000, 10]);
  expect(answer.status).toBe(201);
  const { items } = (await answer.json()) as Uploaded;
  expect(items.map(({ name }) => name)).toEqual(['0.txt', '1.txt', '2.txt']);
  const [first] = items as [Uploaded['items'][0]];
  const whole = await fetch(url + first.url, { headers });
  expect((await whole.arrayBuffer()).byteLength).toBe(3_000_000);
  const part = await fetch(url + first.url, { headers: { ...headers, range: 'bytes=-5' } });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 2999995-2999999/3000000',
    'aaaaa',
  ]);
  expect(part.headers.get('content-disposition')).toContain('attachment');
  const stranger = await client.signUp();
  expect((await fetch(url + first.url, { headers: stranger.headers })).status).toBe(404);
});

test('one file too large is named and none is kept', async () => {
  const { headers } = await client.signUp();
  const task = await client.send<Created>('/v1/tasks', { method: 'POST', json: { title: 'x' }, headers });
  const answer = await upload(task.body.id, headers, [10, 10 * 1_048_576 + 1]);
  expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
    413,
    expect.stringContaining('1.txt'),
  ]);
  const found = await client.send<Uploaded>(`/v1/tasks/${task.body.id}/attachments`, { headers });
  expect(found.body.items).toEqual([]);
});
