import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { request } from 'undici';
import type { Config } from '../config/schema.ts';
import { assertStorageKey, type ByteRange, isStorageKey, type Storage } from './storage.ts';

/**
 * Files are kept as `raw` and `authenticated`: Cloudinary neither changes them nor serves them to anybody without a
 * signature.
 */
const TYPE = 'authenticated';
const PAGE = 500;

type CloudinaryConfig = Pick<Config, 'CLOUDINARY_URL' | 'CLOUDINARY_API_URL'>;
type Params = Record<string, string>;

interface Page {
  resources: { public_id: string; created_at: string }[];
  next_cursor?: string;
}

/** `a=1&b=2` in the order of the names, then the secret, hashed (Cloudinary, "Generating authentication signatures"). */
export function signParams(params: Params, secret: string): string {
  const sorted = Object.keys(params).sort();
  const text = sorted.map((name) => `${name}=${params[name]}`).join('&');
  return createHash('sha1')
    .update(text + secret)
    .digest('hex');
}

/** A form with one file, which is sent while it is read. */
async function* formOf(fields: Params, file: Readable, boundary: string): AsyncGenerator<Buffer | string> {
  for (const [name, value] of Object.entries(fields))
    yield `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  yield `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  for await (const chunk of file) yield chunk as Buffer;
  yield `\r\n--${boundary}--\r\n`;
}

/** Cuts a part out of a whole that the server sent although only the part was asked for. */
async function* partOf(whole: Readable, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of whole as AsyncIterable<Buffer>) {
    const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
    at += chunk.length;
    if (part.length > 0) yield part;
    if (at > end) return;
  }
}

/** Says what went wrong in the words of the answer, which name no secret. */
async function failed(response: Awaited<ReturnType<typeof request>>): Promise<Error> {
  const text = await response.body.text();
  return new Error(`Cloudinary answered ${response.statusCode}: ${text.slice(0, 200)}`);
}

/** Files at Cloudinary, over its Upload and Admin APIs. */
export function createCloudinaryStorage(config: CloudinaryConfig): Storage {
  const account = new URL(config.CLOUDINARY_URL as string);
  const [apiKey, secret] = [account.username, account.password].map(decodeURIComponent) as [string, string];
  const api = `${config.CLOUDINARY_API_URL}/v1_1/${account.hostname}`;
  const authorization = `Basic ${Buffer.from(`${apiKey}:${secret}`).toString('base64')}`;

  const signed = (params: Params): Params => {
    const all = { ...params, timestamp: String(Math.floor(Date.now() / 1_000)) };
    return { ...all, signature: signParams(all, secret), api_key: apiKey };
  };

  async function page(prefix: string | undefined, cursor: string | undefined): Promise<Page> {
    const query = new URLSearchParams({ max_results: String(PAGE) });
    if (prefix !== undefined) query.set('prefix', `${prefix}/`);
    if (cursor !== undefined) query.set('next_cursor', cursor);
    const answer = await request(`${api}/resources/raw/${TYPE}?${query}`, { headers: { authorization } });
    if (answer.statusCode !== 200) throw await failed(answer);
    return (await answer.body.json()) as Page;
  }

  async function destroy(key: string): Promise<void> {
    assertStorageKey(key);
    const answer = await request(`${api}/raw/destroy`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(signed({ public_id: key, type: TYPE, invalidate: 'true' })).toString(),
    });
    if (answer.statusCode !== 200) throw await failed(answer);
    const { result } = (await answer.body.json()) as { result: string };
    if (result !== 'ok' && result !== 'not found') throw new Error(`Cloudinary deleted nothing: ${result}`);
  }

  async function* list(prefix?: string) {
    if (prefix !== undefined) assertStorageKey(prefix);
    let cursor: string | undefined;
    do {
      const { resources, next_cursor } = await page(prefix, cursor);
      for (const { public_id, created_at } of resources)
        if (isStorageKey(public_id)) yield { key: public_id, storedAt: new Date(created_at) };
      cursor = next_cursor;
    } while (cursor !== undefined);
  }

  return {
    async put(key, content) {
      assertStorageKey(key);
      const boundary = randomBytes(16).toString('hex');
      const fields = signed({ public_id: key, type: TYPE, overwrite: 'true', invalidate: 'true' });
      const source = content instanceof Uint8Array ? Readable.from([content]) : content;
      const answer = await request(`${api}/raw/upload`, {
        method: 'POST',
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: Readable.from(formOf(fields, source, boundary)),
      });
      if (answer.statusCode !== 200) throw await failed(answer);
      return ((await answer.body.json()) as { bytes: number }).bytes;
    },
    async get(key, range) {
      assertStorageKey(key);
      const query = new URLSearchParams(signed({ public_id: key, type: TYPE }));
      const answer = await request(`${api}/raw/download?${query}`, {
        headers: range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` },
      });
      // Whoever reads the stream hears of its errors; one that is destroyed unread must not end the process.
      answer.body.on('error', () => {});
      if (answer.statusCode === 404) {
        await answer.body.dump();
        return null;
      }
      if (answer.statusCode === 206) {
        const whole = /\/(\d+)$/.exec(String(answer.headers['content-range']))?.[1];
        return { sizeBytes: Number(whole), stream: answer.body };
      }
      if (answer.statusCode !== 200) throw await failed(answer);
      const sizeBytes = Number(answer.headers['content-length']);
      return {
        sizeBytes,
        stream: range === undefined ? answer.body : Readable.from(partOf(answer.body, range)),
      };
    },
    delete: destroy,
    async deleteUnder(prefix) {
      for await (const { key } of list(prefix)) await destroy(key);
    },
    list,
    // Its signed addresses cannot say under which name a file is saved, so files pass through us.
    downloadUrl: async () => null,
  };
}
