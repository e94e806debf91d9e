import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, inject, test } from 'vitest';
import { createClient } from '../harness/client.ts';
import { sendRaw } from '../harness/raw.ts';

const url = inject('systemUrl');
const client = createClient(url);

describe('request ids', () => {
  test.each(['abc', 'A.b_c-1', 'x'.repeat(128)])('%s is taken', async (id) => {
    const { headers } = await client.send('/v1/tasks', { headers: { 'x-request-id': id } });
    expect(headers.get('x-request-id')).toBe(id);
  });

  test.each(['', 'a b', 'ä'.normalize('NFD'), 'x'.repeat(129), '<script>', 'a,b'])(
    '%j is replaced',
    async (id) => {
      const text = `GET /v1/tasks HTTP/1.1\r\nHost: x\r\nX-Request-ID: ${id}\r\n\r\n`;
      const reply = await sendRaw(url, text);
      expect(/x-request-id: (\S+)/i.exec(reply.text)?.[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
    },
  );
});

describe('what the parser must not read in two ways', () => {
  const body = '{"identifier":"a","password":"b"}';
  const head = 'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  test.each([
    [
      'length and chunks',
      `${head}Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${body}`,
    ],
    ['chunks and length', `${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${head}Content-Length: 4\r\nContent-Length: ${body.length}\r\n\r\n${body}`],
    ['a signed length', `${head}Content-Length: +${body.length}\r\n\r\n${body}`],
    ['chunked not last', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['chunked in disguise', `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['bare line feeds', `GET /v1/auth/setup HTTP/1.1\nHost: x\n\n`],
    ['a bare line feed in the head', `GET /v1/auth/setup HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n`],
    ['a bare carriage return', `GET /v1/auth/setup HTTP/1.1\r\nHost: x\r\nX-A: b\rX-B: c\r\n\r\n`],
    ['a folded line', `GET /v1/auth/setup HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n`],
    ['a folded first line', `GET /v1/auth/setup HTTP/1.1\r\n Host: x\r\n\r\n`],
    ['NUL in a header', `GET /v1/auth/setup HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n`],
    ['no host', `GET /v1/auth/setup HTTP/1.1\r\n\r\n`],
    ['two hosts', `GET /v1/auth/setup HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n`],
    ['a host with a space', `GET /v1/auth/setup HTTP/1.1\r\nHost: a b\r\n\r\n`],
    ['a host with a user', `GET /v1/auth/setup HTTP/1.1\r\nHost: user@evil\r\n\r\n`],
    ['a host with a path', `GET /v1/auth/setup HTTP/1.1\r\nHost: x/v1\r\n\r\n`],
    ['chunks of gzip', `${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ['a chunk size that is none', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`],
  ])('400 for %s', async (_name, text) => {
    const reply = await sendRaw(url, text);
    expect(reply.status).toBe(400);
    expect(reply.text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(reply.text).toContain('application/problem+json');
  });

  test.each(['x', 'x:80', 'x.example:', '[::1]:3000', '127.0.0.1:80', ''])(
    'Host: %s is one',
    async (host) => {
      const reply = await sendRaw(url, `GET /v1/auth/setup HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      expect(reply.status).toBe(200);
    },
  );

  test('431 for headers that are too large', async () => {
    const reply = await sendRaw(url, `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(reply.status).toBe(431);
    expect(reply.text).toContain('headers-too-large');
  });

  test('one connection carries many requests in order', async () => {
    const one = 'GET /v1/auth/setup HTTP/1.1\r\nHost: x\r\n\r\n';
    const last = 'GET /v1/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const { text } = await sendRaw(url, one.repeat(5) + last);
    const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '200', '200', '200', '200', '401']);
  });
});

describe('a client that asks before it sends its body', () => {
  const ask = (length: number, path = '/v1/auth/login') =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;

  test('is told to go on', async () => {
    const headers = { 'content-type': 'application/json', expect: '100-continue', 'content-length': 2 };
    const asking = request(`${url}/v1/auth/login`, { method: 'POST', headers });
    asking.flushHeaders();
    await once(asking, 'continue');
    asking.end('{}');
    const [answer] = await once(asking, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(400);
  });

  test.each([
    ['a body that is too large', ask(1_300_000), 413],
    ['somebody who is not signed in', ask(12, '/v1/tasks'), 401],
  ])('is refused at once for %s, and its connection ends', async (_name, text, status) => {
    const reply = await sendRaw(url, text);
    expect(reply.status).toBe(status);
    expect(reply.text).not.toContain('100 Continue');
    expect(reply.text).toMatch(/connection: close/i);
  });
});

describe('answers', () => {
  test.each(['/', '/v1/auth/setup', '/v1/tasks', '/nothing', '/openapi.json', '/health/live'])(
    'security headers on %s',
    async (path) => {
      const { headers } = await client.send(path);
      expect(headers.get('content-security-policy')).toContain("script-src 'self';");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    },
  );

  test('HEAD is GET without the body', async () => {
    const got = await sendRaw(url, 'GET /v1/auth/setup HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const head = await sendRaw(url, 'HEAD /v1/auth/setup HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(head.status).toBe(200);
    expect(head.text.split('\r\n\r\n')[1]).toBe('');
    const length = /content-length: \d+/i;
    expect(length.exec(head.text)?.[0].toLowerCase()).toBe(length.exec(got.text)?.[0].toLowerCase());
  });

  test.each([
    ['br', 'gzip, br'],
    ['gzip', 'gzip;q=1, br;q=0'],
    [null, 'identity'],
  ])('a long answer is sent as %s to who accepts %s', async (encoding, accepts) => {
    const answer = await fetch(`${url}/openapi.json`, { headers: { 'accept-encoding': accepts } });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toContain('accept-encoding');
    expect(await answer.json()).toHaveProperty('openapi', '3.1.0');
  });
});
