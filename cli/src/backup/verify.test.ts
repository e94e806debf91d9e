import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Migrations } from '@spacedly/kit';
import { afterAll, expect, test } from 'vitest';
import { loadServices } from '../services.ts';
import { createArchiveWriter } from './archive-writer.ts';
import { DATABASE, HEADER, MANIFEST, SECRET } from './format.ts';
import { verifyBackup } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'spacedly-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const services: Migrations[] = (await loadServices()).map(({ migrations }) => migrations);
const header = {
  product: 'spacedly',
  format: 1,
  version: '0.1.0',
  createdAt: '2026-12-09T09:00:00.000Z',
  secretFingerprint: '0123456789abcdef',
};
const database = {
  migrations: {},
  tables: [{ schema: 'auth', name: 'users', columns: ['id'] }],
  sequences: [],
};
const json = (value: object) => Buffer.from(JSON.stringify(value));
const sound: [string, Buffer][] = [
  [HEADER, json(header)],
  [SECRET, Buffer.from('a secret')],
  ['files/avatars/a.webp', Buffer.alloc(70_000, 'picture')],
  [DATABASE, json(database)],
  ['database/auth.users/1', Buffer.from('1\n')],
  ['database/auth.users/2', Buffer.from('2\n')],
];

interface Parts {
  entries?: [string, Buffer][];
  files?: { count: number; sizeBytes: number };
  rows?: Record<string, number>;
  sha256?: string;
}

/** Writes a backup of these entries, whose checksums are right whatever they say. */
async function write(name: string, { entries = sound, ...more }: Parts = {}): Promise<string> {
  const file = join(folder, name);
  const sink = createWriteStream(file);
  const archive = createArchiveWriter(sink, new Date(0));
  for (const [entry, bytes] of entries) await archive.add(entry, bytes.length, [bytes]);
  const sha256 = await archive.sealLists();
  const manifest = { rows: { 'auth.users': 2 }, files: { count: 1, sizeBytes: 70_000 }, sha256, ...more };
  await archive.addText(MANIFEST, JSON.stringify(manifest));
  await archive.end();
  if (!sink.closed) await once(sink, 'close');
  return file;
}

const replaced = (name: string, bytes: Buffer) =>
  sound.map(([entry, old]): [string, Buffer] => [entry, entry === name ? bytes : old]);

test('a sound backup says what is in it', async () => {
  const found = await verifyBackup(await write('sound'), services);
  expect(found).toMatchObject({
    header,
    database,
    secret: 'a secret',
    manifest: { rows: { 'auth.users': 2 } },
  });
});

test('many entries are listed in several pieces', async () => {
  const many = Array.from({ length: 2_500 }, (_, n): [string, Buffer] => [
    `files/a/${n}`,
    Buffer.from(`${n}`),
  ]);
  const entries = [...sound.slice(0, 2), ...many, ...sound.slice(3)];
  const sizeBytes = many.reduce((sum, [, { length }]) => sum + length, 0);
  const file = await write('many', { entries, files: { count: 2_500, sizeBytes } });
  await expect(verifyBackup(file, services)).resolves.toMatchObject({ secret: 'a secret' });
});

const NEWER = /made by a newer release/;
test.each<[string, Parts, RegExp]>([
  ['a newer format', { entries: replaced(HEADER, json({ ...header, format: 2 })) }, NEWER],
  [
    'a migration of tomorrow',
    { entries: replaced(DATABASE, json({ ...database, migrations: { auth: 9e12 } })) },
    NEWER,
  ],
  [
    'a service nobody knows',
    { entries: replaced(DATABASE, json({ ...database, migrations: { magic: 1 } })) },
    NEWER,
  ],
  [
    'another product',
    { entries: replaced(HEADER, json({ ...header, product: 'other' })) },
    /not a backup of Spacedly/,
  ],
  ['no header', { entries: sound.slice(1) }, /not a backup of Spacedly/],
  ['two secrets', { entries: [...sound.slice(0, 2), ...sound.slice(1)] }, /damaged/],
  ['no database', { entries: sound.slice(0, 3) }, /damaged/],
  ['a piece missing', { entries: [...sound.slice(0, 4), ...sound.slice(5)] }, /damaged/],
  [
    'a table nobody announced',
    { entries: [...sound, ['database/auth.other/1', Buffer.from('1\n')]] },
    /damaged/,
  ],
  [
    'a way out of the store',
    { entries: [...sound, ['files/../../etc/passwd', Buffer.from('1')]] },
    /damaged/,
  ],
  ['an entry of no kind', { entries: [...sound, ['surprise', Buffer.from('1')]] }, /damaged/],
  ['too few files', { files: { count: 2, sizeBytes: 70_000 } }, /damaged/],
  ['another checksum', { sha256: 'f'.repeat(64) }, /damaged/],
  ['a description that is none', { entries: replaced(DATABASE, Buffer.from('{"tables": 1}')) }, /damaged/],
])('%s is refused', async (name, parts, words) => {
  await expect(verifyBackup(await write(name, parts), services)).rejects.toThrow(words);
});

test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
  ['cut in the middle', (bytes) => bytes.subarray(0, bytes.length / 2), /ends in the middle/],
  ['without its last bytes', (bytes) => bytes.subarray(0, -3), /ends in the middle/],
  [
    'with a byte changed',
    (bytes) => bytes.fill((bytes.at(-100) as number) ^ 1, bytes.length - 100, bytes.length - 99),
    /damaged/,
  ],
  [
    'with other content, packed anew',
    (bytes) => gzipSync(swap(gunzipSync(bytes), 'picture', 'forgery')),
    /damaged/,
  ],
  [
    'packed anew without its end',
    (bytes) => gzipSync(gunzipSync(bytes).subarray(0, 72_000)),
    /ends in the middle/,
  ],
  ['of another kind', () => Buffer.from('{"hello": "world"}'), /not a backup of Spacedly/],
  ['that is some other archive', () => gzipSync(Buffer.alloc(100_000, 'x')), /not a backup of Spacedly/],
  ['that is empty', () => Buffer.alloc(0), /not a backup of Spacedly/],
])('a file %s is refused', async (_name, spoil, words) => {
  const file = join(folder, 'spoilt');
  writeFileSync(file, spoil(readFileSync(await write('whole'))));
  await expect(verifyBackup(file, services)).rejects.toThrow(words);
});

function swap(bytes: Buffer, old: string, next: string): Buffer {
  bytes.write(next, bytes.indexOf(old));
  return bytes;
}
