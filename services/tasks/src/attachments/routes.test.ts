import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authService } from '@spacedly/auth';
import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  animation,
  formOf,
  noise,
  office,
  oldOffice,
  photo,
  photoWithMetadata,
  type TestFile,
} from '../fixtures/files.ts';
import { tasksService } from '../index.ts';

let t: TestApp;
let person: SignedUp;
let taskId: string;
const dataDir = join(tmpdir(), `spacedly-attachments-${process.pid}`);
beforeAll(async () => {
  t = await testApp([authService, tasksService], {
    background: false,
    config: { ATTACHMENT_QUOTA_MB: 30, DATA_DIR: dataDir },
  });
});
afterAll(() => t.close());
beforeEach(async () => {
  person = await signUp(t);
  taskId = (await ask('POST', '/v1/tasks', { title: 'Essay' })).json().id;
});

type Method = 'GET' | 'POST' | 'DELETE' | 'HEAD';
const ask = (method: Method, url: string, payload?: unknown, headers: Record<string, string> = {}) =>
  t.app.inject({ method, url, payload: payload as object, headers: { ...person.headers, ...headers } });
const upload = async (files: readonly TestFile[], headers: Record<string, string> = {}, id = taskId) => {
  const form = await formOf(files);
  return ask('POST', `/v1/tasks/${id}/attachments`, form.payload, { ...form.headers, ...headers });
};
const one = async (name: string, bytes: Buffer | string) => {
  const answer = await upload([{ name, bytes }]);
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return answer.json().items[0];
};
const download = (id: string, headers: Record<string, string> = {}, query = '') =>
  ask('GET', `/v1/attachments/${id}${query}`, undefined, headers);
const stored = async (userId = person.user.id): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of t.platform.storage.list(`attachments/${userId}`)) keys.push(key);
  return keys;
};
const leftovers = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('spacedly-upload-'));

describe('types', () => {
  test.each<[string, () => Promise<Buffer> | Buffer | string, string]>([
    ['a.jpg', () => photo(64, 64).jpeg().toBuffer(), 'image/webp'],
    ['a.JPEG', () => photo(64, 64).jpeg().toBuffer(), 'image/webp'],
    ['a.png', () => photo(64, 64).png().toBuffer(), 'image/png'],
    ['a.gif', () => animation('gif'), 'image/gif'],
    ['a.webp', () => photo(64, 64).webp({ quality: 100 }).toBuffer(), 'image/webp'],
    ['a.avif', () => photo(64, 64).avif({ quality: 90 }).toBuffer(), 'image/webp'],
    ['a.pdf', () => '%PDF-1.7\n%âãÏÓ\n', 'application/pdf'],
    [
      'a.docx',
      () => office('word'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['a.xlsx', () => office('xl'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    [
      'a.pptx',
      () => office('ppt'),
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    ['a.doc', () => oldOffice('WordDocument'), 'application/msword'],
    ['a.xls', () => oldOffice('Workbook'), 'application/vnd.ms-excel'],
    ['a.ppt', () => oldOffice('PowerPoint Document'), 'application/vnd.ms-powerpoint'],
    ['a.txt', () => 'Plain text, naïve 🧠\n', 'text/plain'],
    ['a.md', () => '# Notes\n<script>alert(1)</script>\n', 'text/markdown'],
    ['a.csv', () => Buffer.from('Größe;1\r\n', 'latin1'), 'text/csv'],
    ['empty.txt', () => '', 'text/plain'],
    ['xml in.txt', () => '<?xml version="1.0"?><a/>', 'text/plain'],
  ])('%s is taken', async (name, make, mimeType) => {
    const bytes = Buffer.from(await make());
    const attachment = await one(name, bytes);
    expect(attachment).toMatchObject({ taskId, name, originalSize: bytes.length });
    const found = await download(attachment.id);
    expect(found.statusCode).toBe(200);
    expect(found.headers['content-type']?.split(';')[0]).toBe(attachment.mimeType);
    if (!name.endsWith('.avif')) expect(attachment.mimeType).toBe(mimeType);
    expect(found.rawPayload.length).toBe(attachment.optimizedSize);
    if (!attachment.mimeType.startsWith('image/')) expect(found.rawPayload.equals(bytes)).toBe(true);
  });

  test.each<[string, () => Promise<Buffer> | Buffer | string]>([
    ['a.exe', () => 'MZ'],
    ['a.svg', () => '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a.html', () => '<script>alert(1)</script>'],
    ['no extension', () => 'text'],
    ['a.pdf', () => 'text'],
    ['a.pdf', () => photo(8, 8).png().toBuffer()],
    ['a.png', () => photo(8, 8).jpeg().toBuffer()],
    ['a.jpg', () => '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a.txt', () => photo(8, 8).png().toBuffer()],
    ['a.txt', () => '%PDF-1.7\n'],
    ['a.csv', () => Buffer.from([65, 0, 66])],
    ['a.docx', () => office('xl')],
    ['a.doc', () => oldOffice('Workbook')],
    ['a.doc', () => oldOffice('Nothing')],
    ['a.zip', () => office('word')],
    ['a.constructor', () => 'x'],
  ])('%s that is something else is refused by name, and nothing is kept', async (name, make) => {
    const answer = await upload([
      { name: 'good.txt', bytes: 'good' },
      { name, bytes: await make() },
      { name: 'other.txt', bytes: 'good' },
    ]);
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([415, 'body.files.1']);
    expect(answer.json().detail).toContain(name);
    expect(await stored()).toEqual([]);
    expect((await ask('GET', `/v1/tasks/${taskId}`)).json()).toMatchObject({ attachments: [], version: 1 });
  });
});

describe('limits', () => {
  const TEN_MB = 10 * 1_048_576;

  test('ten files of which one has exactly 10 MB; a byte more is named and none is kept', async () => {
    const small = Array.from({ length: 9 }, (_, index) => ({ name: `${index}.txt`, bytes: `${index}` }));
    const full = await upload([...small, { name: 'full.txt', bytes: 'a'.repeat(TEN_MB) }]);
    expect([full.statusCode, full.json().items.length]).toEqual([201, 10]);
    const over = await upload([...small, { name: 'over.txt', bytes: 'a'.repeat(TEN_MB + 1) }]);
    expect([over.statusCode, over.json().detail, over.json().errors[0].path]).toEqual([
      413,
      expect.stringContaining('over.txt'),
      'body.files.9',
    ]);
    const many = await upload([...small, ...small]);
    expect([many.statusCode, many.json().type]).toEqual([
      413,
      'https://spacedly.dev/problems/too-many-files',
    ]);
    expect(await stored()).toHaveLength(10);
    expect((await ask('GET', `/v1/tasks/${taskId}/attachments`)).json().items).toHaveLength(10);
  });

  test('a declared length over the limit is refused at once', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '200000000' };
    expect((await ask('POST', `/v1/tasks/${taskId}/attachments`, 'x', headers)).statusCode).toBe(413);
  });

  test('the quota holds against 10 uploads at once, and deleting makes room', async () => {
    const files = [{ name: 'a.txt', bytes: 'a'.repeat(6 * 1_048_576) }];
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(files)));
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect([
      statuses.filter((status) => status === 201).length,
      statuses.filter((status) => status === 422).length,
    ]).toEqual([5, 5]);
    expect(await stored()).toHaveLength(5);
    const [first] = (await ask('GET', `/v1/tasks/${taskId}/attachments`)).json().items;
    expect((await ask('DELETE', `/v1/attachments/${first.id}`)).statusCode).toBe(204);
    expect((await upload(files)).statusCode).toBe(201);
    person = await signUp(t);
    const mine = (await ask('POST', '/v1/tasks', { title: 'x' })).json().id;
    expect((await upload(files, {}, mine)).statusCode).toBe(201);
  });

  test.each<[string, string, string]>([
    ['JSON', '{}', 'application/json'],
    ['no multipart', 'x', 'text/plain'],
  ])('%s is 415', async (_name, payload, type) => {
    const answer = await ask('POST', `/v1/tasks/${taskId}/attachments`, payload, { 'content-type': type });
    expect(answer.statusCode).toBe(415);
  });

  test.each<[string, string]>([
    ['nothing', '--x--\r\n'],
    ['a field', '--x\r\nContent-Disposition: form-data; name="files"\r\n\r\ntext\r\n--x--\r\n'],
    [
      'no name',
      '--x\r\nContent-Disposition: form-data; name="files"; filename=""\r\nContent-Type: text/plain\r\n\r\ntext\r\n--x--\r\n',
    ],
    [
      'another field name',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\ntext\r\n--x--\r\n',
    ],
    [
      '__proto__',
      '--x\r\nContent-Disposition: form-data; name="__proto__"; filename="a.txt"\r\n\r\ntext\r\n--x--\r\n',
    ],
    [
      'a body cut in the middle',
      '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nte',
    ],
    [
      'a name of 300 characters',
      `--x\r\nContent-Disposition: form-data; name="files"; filename="${'a'.repeat(300)}.txt"\r\n\r\ntext\r\n--x--\r\n`,
    ],
    [
      'NUL in the name',
      '--x\r\nContent-Disposition: form-data; name="files"; filename="a\0.txt"\r\n\r\ntext\r\n--x--\r\n',
    ],
    ['garbage', 'garbage'],
  ])('%s is 400', async (_name, body) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const answer = await ask('POST', `/v1/tasks/${taskId}/attachments`, body, headers);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(await stored()).toEqual([]);
  });

  test('a path in a name is no path', async () => {
    const { name } = await one('..\\..\\etc/passwd/../x.txt', 'text');
    expect(name).toBe('x.txt');
    expect(await one('日本語 "quoted".txt', 'text')).toMatchObject({
      name: expect.stringContaining('日本語'),
    });
    expect((await stored()).every((key) => /^attachments\/[0-9a-f-]+\/[0-9a-f-]+\.txt$/.test(key))).toBe(
      true,
    );
  });

  test('nothing of an upload stays on the disk beside what is kept', async () => {
    const before = await leftovers();
    await one('a.txt', 'text');
    await upload([{ name: 'a.exe', bytes: 'x' }]);
    expect(await leftovers()).toEqual(before);
  });
});

describe('pictures', () => {
  test('a photo stands upright, fits, tells nothing and is smaller', async () => {
    const original = await photoWithMetadata(3_000, 1_500);
    expect(original.includes('SecretCam')).toBe(true);
    const attachment = await one('beach.jpg', original);
    // Orientation 6 turns it by a quarter: 1500×3000, fitted into 1080 in height.
    expect(attachment).toMatchObject({
      mimeType: 'image/webp',
      width: 540,
      height: 1_080,
      originalSize: original.length,
    });
    expect(attachment.optimizedSize).toBeLessThan(original.length);
    expect(attachment.compressionRatio).toBeCloseTo(attachment.optimizedSize / original.length, 3);
    const { rawPayload, headers } = await download(attachment.id);
    expect(headers['content-disposition']).toContain('filename="beach.webp"');
    const metadata = await sharp(rawPayload).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 540, height: 1_080 });
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(rawPayload.includes('SecretCam')).toBe(false);
    const thumb = await download(attachment.id, {}, '?variant=thumb');
    const small = await sharp(thumb.rawPayload).metadata();
    expect([small.format, small.width, small.height]).toEqual(['webp', 160, 320]);
    expect(thumb.headers.etag).not.toBe(headers.etag);
  });

  test('a small one is not enlarged', async () => {
    expect(await one('a.jpg', await photo(30, 20).jpeg().toBuffer())).toMatchObject({
      width: 30,
      height: 20,
    });
  });

  test('PNG keeps transparency, GIF keeps its frames', async () => {
    const clear = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } },
    })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const png = await one('a.png', clear);
    const kept = await sharp((await download(png.id)).rawPayload).metadata();
    expect([kept.format, kept.hasAlpha, png.optimizedSize < clear.length]).toEqual(['png', true, true]);
    for (const format of ['gif', 'webp'] as const) {
      const moving = await one(`a.${format}`, await animation(format));
      expect(moving).toMatchObject({ mimeType: `image/${format}`, width: 64, height: 64 });
      const { rawPayload } = await download(moving.id);
      const frames = await sharp(rawPayload, { animated: true }).metadata();
      expect([frames.pages, frames.hasAlpha]).toEqual([3, true]);
      expect(rawPayload.length).toBeLessThanOrEqual(moving.originalSize);
    }
  });

  test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)(
    'a %s that cannot be packed better is never larger',
    async (format) => {
      const packed = await photo(120, 90)
        [format]({ quality: 20, effort: 4 } as never)
        .toBuffer();
      const attachment = await one(`a.${format}`, packed);
      expect(attachment.optimizedSize).toBeLessThanOrEqual(packed.length);
      const metadata = await sharp((await download(attachment.id)).rawPayload).metadata();
      expect([metadata.width, metadata.height]).toEqual([120, 90]);
    },
  );

  test('a PNG that stays as it is still tells nothing', async () => {
    const best = await photo(40, 40).png({ compressionLevel: 9, effort: 10 }).toBuffer();
    const end = best.length - 12;
    const text = Buffer.from('Comment\0SecretCam');
    const chunk = Buffer.alloc(12 + text.length);
    chunk.writeUInt32BE(text.length, 0);
    chunk.write('tEXt', 4, 'latin1');
    text.copy(chunk, 8);
    const told = Buffer.concat([best.subarray(0, end), chunk, best.subarray(end)]);
    const attachment = await one('a.png', told);
    const { rawPayload } = await download(attachment.id);
    expect(rawPayload.includes('SecretCam')).toBe(false);
    expect(attachment.optimizedSize).toBeLessThan(told.length);
    expect((await sharp(rawPayload).metadata()).width).toBe(40);
  });

  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ['cut.jpg', async () => (await photo(400, 400).jpeg().toBuffer()).subarray(0, 3_000)],
    ['cut.png', async () => (await photo(400, 400).png().toBuffer()).subarray(0, 3_000)],
    ['spoilt.gif', () => Buffer.concat([Buffer.from('GIF89a'), noise(500)])],
    [
      'bomb.png',
      () =>
        sharp({
          create: { width: 12_000, height: 12_000, channels: 3, background: 'black' },
          limitInputPixels: false,
        })
          .png({ compressionLevel: 9 })
          .toBuffer(),
    ],
  ])('%s is 422 by name, and nothing is kept', async (name, make) => {
    const answer = await upload([
      { name: 'good.txt', bytes: 'good' },
      { name, bytes: await make() },
    ]);
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, 'body.files.1']);
    expect(answer.json().detail).toContain(name);
    expect(await stored()).toEqual([]);
  });
});

describe('downloads', () => {
  const text = 'The quick brown fox';

  test('named, typed, private, and not to be guessed at', async () => {
    const attachment = await one('naïve "x".txt', text);
    const answer = await download(attachment.id);
    expect(answer.body).toBe(text);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(text.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=300',
      'accept-ranges': 'bytes',
      etag: `"${attachment.id}"`,
    });
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="na_ve .*; filename\*=UTF-8''na%C3%AFve/,
    );
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    const head = await ask('HEAD', `/v1/attachments/${attachment.id}`);
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([
      200,
      String(text.length),
      '',
    ]);
    const again = await download(attachment.id, { 'if-none-match': `W/"x", "${attachment.id}"` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test('parts of a file', async () => {
    const { id } = await one('a.txt', text);
    const part = await download(id, { range: 'bytes=4-8' });
    expect([part.statusCode, part.body]).toEqual([206, 'quick']);
    expect(part.headers).toMatchObject({
      'content-range': `bytes 4-8/${text.length}`,
      'content-length': '5',
    });
    expect((await download(id, { range: 'bytes=-3' })).body).toBe('fox');
    const beyond = await download(id, { range: 'bytes=99-' });
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${text.length}`]);
    expect((await download(id, { range: 'bytes=0-1,4-5' })).statusCode).toBe(200);
    expect((await download(id, { range: 'bytes=0-2', 'if-range': `"${id}"` })).body).toBe('The');
    expect((await download(id, { range: 'bytes=0-2', 'if-range': '"other"' })).body).toBe(text);
  });

  test('a task carries them, in the one statement of its list', async () => {
    const attachment = await one('a.txt', text);
    await one('b.txt', text);
    const task = (await ask('GET', `/v1/tasks/${taskId}`)).json();
    expect(task.attachments.map(({ name }: { name: string }) => name)).toEqual(['a.txt', 'b.txt']);
    expect(task.attachments[0]).toEqual(attachment);
    expect(task.version).toBe(3);
    const [listed] = (await ask('GET', '/v1/tasks')).json().items;
    expect(listed).toEqual(task);
    expect(await download(attachment.id, {}, '?variant=thumb').then(({ body }) => body)).toBe(text);
    expect((await download(attachment.id, {}, '?variant=huge')).statusCode).toBe(400);
  });
});

test('nobody else sees, adds or deletes a file; nor does anybody in the bin', async () => {
  const owner = person;
  const { id } = await one('a.txt', 'secret');
  person = await signUp(t);
  expect((await download(id)).statusCode).toBe(404);
  expect((await ask('DELETE', `/v1/attachments/${id}`)).statusCode).toBe(404);
  expect((await ask('GET', `/v1/tasks/${taskId}/attachments`)).statusCode).toBe(404);
  expect((await upload([{ name: 'a.txt', bytes: 'x' }])).statusCode).toBe(404);
  expect((await t.app.inject(`/v1/attachments/${id}`)).statusCode).toBe(401);
  expect(await stored()).toEqual([]);
  person = owner;
  await ask('DELETE', `/v1/tasks/${taskId}`);
  expect((await download(id)).statusCode).toBe(404);
  await ask('POST', `/v1/tasks/${taskId}/restore`);
  expect((await download(id)).statusCode).toBe(200);
  for (const wrong of ['x', randomUUID()])
    expect((await download(wrong)).statusCode).toBe(wrong === 'x' ? 400 : 404);
});

test('an idempotency key keeps the files once', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const files = [{ name: 'a.txt', bytes: 'same' }];
  const answers = await Promise.all(Array.from({ length: 10 }, () => upload(files, key)));
  expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
  expect(await stored()).toHaveLength(1);
  expect((await upload([{ name: 'a.txt', bytes: 'other' }], key)).statusCode).toBe(422);
  expect(await stored()).toHaveLength(1);
});

test('the files of a recurring task go along to the next occurrence, and come back', async () => {
  await ask('POST', '/v1/tasks', { title: 'x' });
  const task = (
    await ask('POST', '/v1/tasks', {
      title: 'Rent',
      dueDay: '2030-01-01',
      recurrence: { rrule: 'FREQ=MONTHLY' },
    })
  ).json();
  const attached = (await upload([{ name: 'a.txt', bytes: 'x' }], {}, task.id)).json().items[0];
  await ask('POST', `/v1/tasks/${task.id}/complete`);
  const [next] = (await ask('GET', `/v1/tasks?seriesId=${task.id}&status=todo`)).json().items;
  expect(next.attachments).toMatchObject([{ id: attached.id, taskId: next.id }]);
  await ask('POST', `/v1/tasks/${task.id}/undo`);
  expect((await ask('GET', `/v1/tasks/${task.id}`)).json().attachments).toMatchObject([
    { id: attached.id, taskId: task.id },
  ]);
});

test('over a real connection a refusal is read, and the connection goes on', async () => {
  const url = await t.app.listen({ host: '127.0.0.1', port: 0 });
  const send = async (files: TestFile[]) => {
    const form = await formOf(files);
    return fetch(`${url}/v1/tasks/${taskId}/attachments`, {
      method: 'POST',
      body: form.payload as never,
      headers: { ...form.headers, ...person.headers },
    });
  };
  const large = { name: 'z.txt', bytes: 'a'.repeat(9_000_000) };
  expect((await send([{ name: 'a.exe', bytes: 'x' }, large, large])).status).toBe(415);
  expect((await send([{ name: 'a.txt', bytes: 'a'.repeat(11_000_000) }, large])).status).toBe(413);
  expect((await send([{ name: 'a.txt', bytes: 'fine' }])).status).toBe(201);
});
