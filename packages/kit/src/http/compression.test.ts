import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { addCompression, chooseEncoding, isCompressible } from './compression.ts';

test.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['GZIP;q=0.5, BR;q=0.1', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.0,gzip;q=0', null],
  ['brotli', null],
])('Accept-Encoding %j gives %j', (header, encoding) => {
  expect(chooseEncoding(header)).toBe(encoding);
});

test.each([
  ['application/json; charset=utf-8', 5_000, true],
  ['application/problem+json', 5_000, true],
  ['text/html', 5_000, true],
  ['image/svg+xml', 5_000, true],
  ['text/event-stream', 5_000, false],
  ['image/png', 5_000, false],
  ['font/woff2', 5_000, false],
  ['application/json', 1_024, false],
  [undefined, 5_000, false],
])('%s of %i bytes: %j', (type, size, expected) => {
  expect(isCompressible(type, size)).toBe(expected);
});

describe('answers', () => {
  const long = JSON.stringify({ text: 'ü'.repeat(2_000) });

  async function ask(payload: string, accepts: string, method: 'GET' | 'HEAD' = 'GET') {
    const app = Fastify();
    addCompression(app);
    app.get('/', (_request, reply) => reply.type('application/json').send(payload));
    return app.inject({ method, url: '/', headers: { 'accept-encoding': accepts } });
  }

  test('arrive whole, with the length of what is sent', async () => {
    for (const [accepts, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const { headers, rawPayload } = await ask(long, accepts);
      expect(headers).toMatchObject({ 'content-encoding': accepts, vary: 'accept-encoding' });
      expect(headers['content-length']).toBe(String(rawPayload.length));
      expect(unpack(rawPayload).toString()).toBe(long);
    }
  });

  test('short ones are left alone', async () => {
    const { headers, payload } = await ask('{}', 'br, gzip');
    expect({ encoding: headers['content-encoding'], vary: headers.vary, payload }).toEqual({
      encoding: undefined,
      vary: undefined,
      payload: '{}',
    });
  });

  test('HEAD names the length GET would have', async () => {
    const got = await ask(long, 'gzip');
    const head = await ask(long, 'gzip', 'HEAD');
    expect(head.payload).toBe('');
    expect(head.headers['content-length']).toBe(got.headers['content-length']);
  });
});
