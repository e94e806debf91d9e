import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
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

test('a file that breaks off in the middle leaves no rest', async () => {
  const broken = Readable.from(
    (function* () {
      yield 'half';
      throw new Error('cut');
    })(),
  );
  await expect(storage.put('a', broken)).rejects.toThrow('cut');
  expect(await readdir(join(folder, 'files', '.partial'))).toEqual([]);
});

test('no key leads out of the folder', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  for (const key of ['../secret', 'a/../../secret', '.', '.partial/x', 'a/'])
    await expect(async () => storage.get(key), key).rejects.toThrow(TypeError);
});
