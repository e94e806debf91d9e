import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskStorage } from './disk.ts';
import type { Storage } from './storage.ts';

let folder: string;
let storage: Storage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spacedly-storage-'));
  storage = createDiskStorage(join(folder, 'files'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(key: string): Promise<string | null> {
  const file = await storage.get(key);
  return file === null ? null : (await buffer(file.stream)).toString();
}

test('keeps, replaces, gives back and deletes', async () => {
  expect(await storage.put('a/b.txt', Buffer.from('one'))).toBe(3);
  expect(await storage.put('a/b.txt', Readable.from(['two', ' more']))).toBe(8);
  expect(await read('a/b.txt')).toBe('two more');
  const file = await storage.get('a/b.txt');
  expect(file?.sizeBytes).toBe(8);
  file?.stream.destroy();
  await storage.delete('a/b.txt');
  await storage.delete('a/b.txt');
  expect(await read('a/b.txt')).toBeNull();
});

test('deletes what lies under a prefix, and nothing beside it', async () => {
  for (const key of ['p/1/a', 'p/1/b/c', 'p/10/a']) await storage.put(key, Buffer.from(key));
  await storage.deleteUnder('p/1');
  expect([await read('p/1/a'), await read('p/1/b/c'), await read('p/10/a')]).toEqual([null, null, 'p/10/a']);
  await storage.deleteUnder('p/1');
});

test('a file that breaks off in the middle leaves the old one and no rest', async () => {
  await storage.put('a', Buffer.from('old'));
  const broken = Readable.from(
    (function* () {
      yield 'half';
      throw new Error('cut');
    })(),
  );
  await expect(storage.put('a', broken)).rejects.toThrow('cut');
  expect(await read('a')).toBe('old');
  expect(await readdir(join(folder, 'files', '.partial'))).toEqual([]);
});

test('no key leads out of the folder', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  const keys = [
    '../secret',
    'a/../../secret',
    '/etc/passwd',
    '',
    '.',
    '..',
    'a//b',
    'a/',
    '.partial/x',
    'a\0b',
    'A',
  ];
  for (const key of keys) {
    await expect(async () => storage.get(key), key).rejects.toThrow(TypeError);
    await expect(async () => storage.put(key, Buffer.from('x')), key).rejects.toThrow(TypeError);
    await expect(async () => storage.delete(key), key).rejects.toThrow(TypeError);
    await expect(async () => storage.deleteUnder(key), key).rejects.toThrow(TypeError);
  }
});
