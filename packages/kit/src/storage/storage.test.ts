import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConfig } from '../testing/platform.ts';
import { createStorage } from './create.ts';
import { startCloudinary } from './fixtures/cloudinary-server.ts';
import type { ByteRange, Storage } from './storage.ts';

interface Opened {
  storage: Storage;
  close(): unknown;
}

async function openDisk(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'spacedly-storage-'));
  const storage = await createStorage(testConfig({ DATA_DIR: folder }));
  return { storage, close: () => rm(folder, { recursive: true, force: true }) };
}

async function openS3(): Promise<Opened> {
  const server = buildApp({ logger: false });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const endpoint = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'files' }));
  const storage = await createStorage(
    testConfig({
      STORAGE: 's3',
      S3_BUCKET: 'files',
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test',
    }),
  );
  return { storage, close: () => server.close() };
}

async function openCloudinary(): Promise<Opened> {
  const server = await startCloudinary();
  const storage = await createStorage(
    testConfig({ STORAGE: 'cloudinary', CLOUDINARY_URL: server.url, CLOUDINARY_API_URL: server.apiUrl }),
  );
  return { storage, close: server.close };
}

/** What every storage promises, whichever the configuration chooses. */
describe.each([
  ['disk', openDisk],
  ['s3', openS3],
  ['cloudinary', openCloudinary],
])('%s', (_name, open) => {
  let opened: Opened;
  let storage: Storage;
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(() => opened.close());

  const read = async (key: string, range?: ByteRange) => {
    const file = await storage.get(key, range);
    return file === null ? null : (await buffer(file.stream)).toString();
  };
  const keysUnder = async (prefix?: string) => {
    const keys: string[] = [];
    for await (const { key } of storage.list(prefix)) keys.push(key);
    return keys.sort();
  };

  test('keeps, replaces, gives back and deletes', async () => {
    expect(await storage.put('a/b.txt', Buffer.from('one'))).toBe(3);
    expect(await storage.put('a/b.txt', Readable.from([Buffer.from('two'), Buffer.from(' more')]))).toBe(8);
    expect(await read('a/b.txt')).toBe('two more');
    const file = await storage.get('a/b.txt');
    expect(file?.sizeBytes).toBe(8);
    file?.stream.destroy();
    await storage.delete('a/b.txt');
    await storage.delete('a/b.txt');
    expect(await read('a/b.txt')).toBeNull();
  });

  test('keeps every byte of a large file that is streamed, and of an empty one', async () => {
    const chunk = Buffer.from(Array.from({ length: 256 }, (_, index) => index)).toString('latin1');
    const bytes = Buffer.from(chunk.repeat(40_000), 'latin1');
    const pieces = Array.from({ length: 160 }, (_, index) =>
      bytes.subarray(index * 64_000, (index + 1) * 64_000),
    );
    expect(await storage.put('large', Readable.from(pieces))).toBe(10_240_000);
    const file = await storage.get('large');
    expect((await buffer(file?.stream as Readable)).equals(bytes)).toBe(true);
    expect(await storage.put('empty', Buffer.alloc(0))).toBe(0);
    expect(await read('empty')).toBe('');
  });

  test('gives a part, and still says how large the whole is', async () => {
    await storage.put('digits', Buffer.from('0123456789'));
    expect(await read('digits', { start: 2, end: 4 })).toBe('234');
    expect(await read('digits', { start: 9, end: 9 })).toBe('9');
    const part = await storage.get('digits', { start: 0, end: 0 });
    expect(part?.sizeBytes).toBe(10);
    part?.stream.destroy();
  });

  test('lists and deletes what lies under a prefix, and nothing beside it', async () => {
    expect(await keysUnder('p')).toEqual([]);
    const before = Date.now() - 2_000;
    for (const key of ['p/1/a', 'p/1/b/c', 'p/1/d', 'p/10/a']) await storage.put(key, Buffer.from(key));
    expect(await keysUnder('p')).toEqual(['p/1/a', 'p/1/b/c', 'p/1/d', 'p/10/a']);
    expect(await keysUnder()).toEqual(expect.arrayContaining(['p/1/a', 'p/1/b/c', 'p/1/d', 'p/10/a']));
    for await (const { storedAt } of storage.list('p')) expect(storedAt.getTime()).toBeGreaterThan(before);
    await storage.deleteUnder('p/1');
    expect(await keysUnder('p')).toEqual(['p/10/a']);
    expect(await read('p/1/a')).toBeNull();
    await storage.deleteUnder('p/1');
  });

  test('a file that breaks off in the middle leaves the old one', async () => {
    await storage.put('broken', Buffer.from('old'));
    const cut = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('cut');
      })(),
    );
    await expect(storage.put('broken', cut)).rejects.toThrow();
    expect(await read('broken')).toBe('old');
  });

  test('takes no key that is not one of ours', async () => {
    for (const key of ['../secret', '/etc/passwd', '', '..', 'a//b', 'a\0b', 'A', 'a b', 'é']) {
      await expect(async () => storage.put(key, Buffer.from('x')), key).rejects.toThrow(TypeError);
      await expect(async () => storage.get(key), key).rejects.toThrow(TypeError);
      await expect(async () => storage.delete(key), key).rejects.toThrow(TypeError);
      await expect(async () => storage.deleteUnder(key), key).rejects.toThrow(TypeError);
      await expect(keysUnder(key), key).rejects.toThrow(TypeError);
    }
  });

  test('an address that gives the file under its name, or none', async () => {
    await storage.put('named', Buffer.from('content'));
    const url = await storage.downloadUrl('named', {
      contentType: 'text/plain',
      contentDisposition: `attachment; filename="a.txt"; filename*=UTF-8''a.txt`,
    });
    if (url === null) return;
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, 'content']);
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('300');
    expect(new URL(url).searchParams.get('response-content-disposition')).toContain('a.txt');
  });
});

test('a storage that is not there says so', async () => {
  const gone = { CLOUDINARY_API_URL: 'http://127.0.0.1:1', S3_ENDPOINT: 'http://127.0.0.1:1' };
  const keys = { S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b', S3_BUCKET: 'c' };
  for (const STORAGE of ['s3', 'cloudinary'] as const) {
    const config = testConfig({ STORAGE, ...gone, ...keys, CLOUDINARY_URL: 'cloudinary://k:s@c' });
    const storage = await createStorage(config);
    await expect(storage.put('a', Buffer.from('x'))).rejects.toThrow();
    await expect(storage.get('a')).rejects.toThrow();
    await expect(storage.delete('a')).rejects.toThrow();
  }
});
