import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { ExportPage } from '@spacedly/contracts';
import type { Storage } from '@spacedly/kit';
import { expect, test } from 'vitest';
import { type ArchiveEntry, entriesOf, safeName, writeArchive } from './archive.ts';

const none = { get: async () => null };

function pagesOf(pages: Omit<ExportPage, 'nextCursor'>[]) {
  return async (cursor = '0'): Promise<ExportPage> => {
    const index = Number(cursor);
    const nextCursor = index + 1 < pages.length ? String(index + 1) : null;
    return { ...(pages[index] as Omit<ExportPage, 'nextCursor'>), nextCursor };
  };
}

async function read(entries: AsyncIterable<ArchiveEntry>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, content } of entries) found[name] = await text(content);
  return found;
}

test('a section over several pages is one valid JSON file, an empty one an empty list', async () => {
  const pages = pagesOf([
    { section: 'tasks', rows: [{ id: 1, title: 'a "b"\n' }, { id: 2 }], files: [] },
    { section: 'tasks', rows: [{ id: 3 }], files: [] },
    { section: 'reminders', rows: [], files: [] },
  ]);
  const files = await read(entriesOf('planner', pages, none));
  expect(Object.keys(files)).toEqual(['planner/tasks.json', 'planner/reminders.json']);
  expect(JSON.parse(files['planner/tasks.json'] as string)).toEqual([
    { id: 1, title: 'a "b"\n' },
    { id: 2 },
    { id: 3 },
  ]);
  expect(JSON.parse(files['planner/reminders.json'] as string)).toEqual([]);
});

test('stored files follow their section; one that is gone is left out', async () => {
  const storage = {
    get: async (key: string) => (key === 'here' ? { sizeBytes: 3, stream: Readable.from(['abc']) } : null),
  };
  const pages = pagesOf([
    {
      section: 'tasks',
      rows: [{ id: 1 }],
      files: [
        { key: 'here', name: '../../etc/x.txt' },
        { key: 'gone', name: 'y' },
      ],
    },
  ]);
  const files = await read(entriesOf('planner', pages, storage));
  expect(Object.keys(files)).toEqual(['planner/tasks.json', 'planner/files/etc/x.txt']);
  expect(files['planner/files/etc/x.txt']).toBe('abc');
});

test.each([
  ['a/b.txt', 'a/b.txt'],
  ['../../etc/passwd', 'etc/passwd'],
  ['C:\\Windows\\x', 'C_/Windows/x'],
  ['/abs', 'abs'],
  ['a\u0000b\n', 'a_b_'],
  ['..', 'file'],
  ['', 'file'],
  ['x'.repeat(300), 'x'.repeat(150)],
])('%j is unpacked as %j', (name, expected) => {
  expect(safeName(name)).toBe(expected);
});

const store = (put: (stream: Readable) => Promise<number>) =>
  ({ put: (_key: string, content: Readable) => put(content) }) as unknown as Storage;

test('an archive is a zip that comes to the store as it is made', async () => {
  let bytes = Buffer.alloc(0);
  const storage = store(async (stream) => {
    bytes = Buffer.from(await buffer(stream));
    return bytes.length;
  });
  const entries = entriesOf('planner', pagesOf([{ section: 's', rows: [], files: [] }]), none);
  const size = await writeArchive(storage, 'k', entries, new Date('2026-03-01T00:00:00Z'));
  expect([size, bytes.subarray(0, 4).toString('latin1')]).toEqual([bytes.length, 'PK\u0003\u0004']);
});

test('a store that fails ends it', async () => {
  const storage = store(async (stream) => {
    stream.destroy();
    throw new Error('the disk is full');
  });
  const rows = Array.from({ length: 500 }, (_, n) => ({ n, text: 'x'.repeat(5_000) }));
  const pages = pagesOf(Array(50).fill({ section: 's', rows, files: [] }));
  await expect(writeArchive(storage, 'k', entriesOf('x', pages, none), new Date())).rejects.toThrow(
    'disk is full',
  );
});

test('a service that does not answer breaks the archive off', async () => {
  let broken: unknown;
  const storage = store((stream) =>
    buffer(stream).then(
      (bytes) => bytes.length,
      (error) => {
        broken = error;
        throw error;
      },
    ),
  );
  const pages = async (cursor?: string): Promise<ExportPage> => {
    if (cursor !== undefined) throw new Error('away');
    return { section: 's', rows: [{ a: 1 }], files: [], nextCursor: '1' };
  };
  await expect(writeArchive(storage, 'k', entriesOf('x', pages, none), new Date())).rejects.toThrow('away');
  expect(broken).toBeInstanceOf(Error);
});
