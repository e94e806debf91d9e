import { type SignedUp, signUp, type TestApp, testApp } from '@spacedly/kit/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALONE, createPeople, NOBODY, problemOf } from '../fixtures/people.ts';
import { authService } from '../index.ts';

let t: TestApp;
let person: SignedUp;
let { as } = {} as ReturnType<typeof createPeople>;

beforeAll(async () => {
  t = await testApp([authService], { config: ALONE });
  ({ as } = createPeople(t));
  await signUp(t);
});
afterAll(() => t.close());
beforeEach(async () => {
  person = await signUp(t);
});

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } });

function upload(bytes: Uint8Array, name = 'me.png', type = 'image/png') {
  const body = new FormData();
  body.append('file', new Blob([Uint8Array.from(bytes)], { type }), name);
  return t.app.inject({ method: 'POST', url: '/v1/users/me/avatar', headers: person.headers, payload: body });
}

const get = (url: string, who = person) => as(who, 'GET', url);
const urlNow = async () => (await as(person, 'GET', '/v1/users/me')).json().avatarUrl;

async function isStored(url: string): Promise<boolean> {
  const file = await t.platform.storage.get(`avatars/${person.user.id}/${url.split('/').at(-1)}.webp`);
  file?.stream.destroy();
  return file !== null;
}

test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
  'a %s becomes a square WebP of 256 pixels',
  async (format) => {
    const answer = await upload(await plain(400, 300).toFormat(format).toBuffer(), 'x.exe', 'text/plain');
    expect(answer.statusCode).toBe(200);
    const picture = await get(answer.json().avatarUrl);
    expect(picture.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-length': String(picture.rawPayload.length),
    });
    const { width, height, format: made } = await sharp(picture.rawPayload).metadata();
    expect([width, height, made]).toEqual([256, 256, 'webp']);
  },
);

test('a picture is turned upright and loses what the camera wrote into it', async () => {
  const left = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  const photo = await plain(200, 100)
    .composite([{ input: left, left: 0, top: 0 }])
    .jpeg()
    .withExif({ IFD0: { Copyright: 'somebody', Model: 'a camera' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const { rawPayload } = await get((await upload(photo)).json().avatarUrl);
  const { exif, orientation } = await sharp(rawPayload).metadata();
  expect([exif, orientation]).toEqual([undefined, undefined]);
  const { data, info } = await sharp(rawPayload).raw().toBuffer({ resolveWithObject: true });
  const redAt = (x: number, y: number) => data[(y * info.width + x) * info.channels] as number;
  // Orientation 6 turns the black left half to the top.
  expect(redAt(128, 5)).toBeLessThan(60);
});

test('a new picture gets a new address and the old file goes', async () => {
  const first = (await upload(await plain(10, 10).png().toBuffer())).json().avatarUrl;
  const second = (await upload(await plain(20, 10).png().toBuffer())).json().avatarUrl;
  expect(second).not.toBe(first);
  expect((await get(first)).statusCode).toBe(404);
  expect([await isStored(first), await isStored(second)]).toEqual([false, true]);
  expect((await as(person, 'DELETE', '/v1/users/me/avatar')).statusCode).toBe(204);
  expect([await urlNow(), await isStored(second)]).toEqual([null, false]);
  expect((await as(person, 'DELETE', '/v1/users/me/avatar')).statusCode).toBe(204);
});

test('of many uploads at once one picture stays', async () => {
  const bytes = await plain(10, 10).png().toBuffer();
  const answers = await Promise.all(Array.from({ length: 8 }, () => upload(bytes)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
  const kept = await urlNow();
  const urls = answers.map((answer) => answer.json().avatarUrl as string);
  for (const url of new Set([...urls, kept])) expect([url, await isStored(url)]).toEqual([url, url === kept]);
});

test('a picture is seen by whom the profile is seen by', async () => {
  const { avatarUrl } = (await upload(await plain(10, 10).png().toBuffer())).json();
  expect((await get(avatarUrl)).statusCode).toBe(200);
  expect((await get(avatarUrl, await signUp(t))).statusCode).toBe(404);
  expect((await t.app.inject(avatarUrl)).statusCode).toBe(401);
  expect((await get(`/v1/users/${person.user.id}/avatar/${NOBODY}`)).statusCode).toBe(404);
  expect((await get(`/v1/users/${person.user.id}/avatar/..%2F..%2Fsecret`)).statusCode).toBe(400);
});

test('what is no picture is refused, whatever it calls itself', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  for (const bytes of [svg, '<html>', '%PDF-1.7', 'MZ', '']) {
    const answer = await upload(Buffer.from(bytes));
    expect([bytes, answer.statusCode, problemOf(answer)]).toEqual([bytes, 415, 'unsupported-media-type']);
  }
  expect(await urlNow()).toBeNull();
});

test('a broken picture is 422', async () => {
  const whole = await plain(300, 300).png().toBuffer();
  for (const bytes of [
    whole.subarray(0, 60),
    Buffer.concat([whole.subarray(0, 100), Buffer.alloc(200, 7)]),
  ]) {
    const answer = await upload(bytes);
    expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'unreadable-image']);
  }
});

test('a small file that unpacks into 100 megapixels is 422, and quickly', async () => {
  const bomb = await plain(10_000, 10_000).png({ compressionLevel: 9 }).toBuffer();
  expect(bomb.length).toBeLessThan(1_000_000);
  const startedAt = performance.now();
  const answer = await upload(bomb);
  expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'unreadable-image']);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('more than 5 MB is 413, and 5 MB is not', async () => {
  const limit = 5 * 1_048_576;
  const png = await plain(10, 10).png().toBuffer();
  const padded = (size: number) => Buffer.concat([png, Buffer.alloc(size - png.length)]);
  const over = await upload(padded(limit + 1));
  expect([over.statusCode, problemOf(over)]).toEqual([413, 'payload-too-large']);
  expect((await upload(padded(limit))).statusCode).toBe(200);
});

const raw = (payload: string, contentType: string) =>
  t.app.inject({
    method: 'POST',
    url: '/v1/users/me/avatar',
    headers: { ...person.headers, 'content-type': contentType },
    payload,
  });

test.each([
  ['JSON', '{}', 'application/json', 415],
  ['plain text', 'x', 'text/plain', 415],
  ['a bare picture', 'x', 'image/png', 415],
  ['no boundary', '--x\r\n\r\n--x--', 'multipart/form-data', 400],
  [
    'no file',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
    'multipart/form-data; boundary=x',
    400,
  ],
  [
    'a body cut in the middle',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb',
    'multipart/form-data; boundary=x',
    400,
  ],
])('%s is a mistake of the caller', async (_name, payload, contentType, status) => {
  expect((await raw(payload, contentType)).statusCode).toBe(status);
});

test('nowhere else is multipart read', async () => {
  const body = new FormData();
  body.append('name', 'x');
  const answer = await t.app.inject({
    method: 'PATCH',
    url: '/v1/users/me',
    headers: person.headers,
    payload: body,
  });
  expect(answer.statusCode).toBe(415);
});
