import { beforeAll, describe, expect, inject, test } from 'vitest';
import { createClient, type Person, type ProblemReply, type Send } from '../harness/client.ts';
import { sendRaw } from '../harness/raw.ts';

const url = inject('systemUrl');
const client = createClient(url);
let person: Person;

beforeAll(async () => {
  person = await client.signUp();
});

function expectProblem(reply: ProblemReply, status: number, slug: string): void {
  expect({ status: reply.status, type: reply.body.type }).toEqual({
    status,
    type: `https://spacedly.dev/problems/${slug}`,
  });
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.body.title).toMatch(/\w+/);
  expect(reply.body.status).toBe(status);
  expect(reply.body.requestId).toBe(reply.headers.get('x-request-id'));
  const known = ['type', 'title', 'status', 'detail', 'requestId', 'errors'];
  expect(known).toEqual(expect.arrayContaining(Object.keys(reply.body)));
  expect(JSON.stringify(reply.body)).not.toMatch(/\.ts|node_modules|\bat \w+ \(|fastify|undici|select /i);
}

const send = (path: string, options?: Send) => client.send(path, options) as Promise<ProblemReply>;
const post = (path: string, options: Send) => send(path, { method: 'POST', ...options });
const asPerson = () => ({ ...person.headers });
const json = { 'content-type': 'application/json' };

describe('problem+json', () => {
  test.each([
    ['an unknown address', '/nothing/here'],
    ['an unknown address of the API', '/v1/nothing'],
    ['an unknown address below a public prefix', '/v1/auth/nothing'],
    ['an internal route', '/internal/auth/denied-sessions'],
  ])('404 for %s', async (_name, path) => {
    expectProblem(await send(path), 404, 'not-found');
    expectProblem(await post(path, { json: {} }), 404, 'not-found');
  });

  test('404 below a private prefix, for those who are signed in', async () => {
    expectProblem(await send('/v1/tasks/a/b/c', { headers: asPerson() }), 404, 'not-found');
    expectProblem(await send('/v1/tasks', { method: 'PUT', headers: asPerson() }), 404, 'not-found');
  });

  test.each(['/v1/tasks', '/v1/tasks/a/b/c', '/v1/users/me', '/v1/notifications', '/v1/analytics/streaks'])(
    '401 for strangers at %s',
    async (path) => {
      const reply = await send(path);
      expectProblem(reply, 401, 'unauthenticated');
      expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="spacedly"');
    },
  );

  test.each([
    ['no scheme', 'abc'],
    ['another scheme', 'Basic YTpi'],
    ['not a token', 'Bearer nonsense'],
    ['unsigned', `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"1"}')}.`],
  ])('401 for a bad token: %s', async (_name, authorization) => {
    const reply = await send('/v1/tasks', { headers: { authorization } });
    expectProblem(reply, 401, 'unauthenticated');
    expect(reply.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('400 names each field that is wrong', async () => {
    const reply = await post('/v1/tasks', { headers: asPerson(), json: { title: '', colour: 'red' } });
    expectProblem(reply, 400, 'validation-failed');
    expect(reply.body.errors?.map(({ path }) => path).sort()).toEqual(['body.colour', 'body.title']);
  });

  test('415 for another content type', async () => {
    const reply = await post('/v1/tasks', {
      headers: { ...asPerson(), 'content-type': 'text/plain' },
      body: 'title=x',
    });
    expectProblem(reply, 415, 'unsupported-media-type');
  });

  test('415 for a compressed body, whatever is in it', async () => {
    const headers = { ...asPerson(), ...json, 'content-encoding': 'gzip' };
    const reply = await post('/v1/tasks', { headers, body: '{"title":"x"}' });
    expectProblem(reply, 415, 'unsupported-media-type');
  });

  test('413 for a body that says it is too large, and for one that is', async () => {
    const body = JSON.stringify({ title: 'x', description: 'y'.repeat(1_100_000) });
    expectProblem(
      await post('/v1/tasks', { headers: { ...asPerson(), ...json }, body }),
      413,
      'payload-too-large',
    );
    const head = `POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    const reply = await sendRaw(url, head + chunk.repeat(20));
    expect(reply.status).toBe(413);
    expect(reply.text).toContain('payload-too-large');
  });

  test('413 at once, without waiting for a body of 1 GB', async () => {
    const head = `POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{`;
    expect((await sendRaw(url, head)).status).toBe(413);
  });
});

describe('bodies and addresses that try', () => {
  const deep = `${'[{"a":'.repeat(5_000)}1${'}]'.repeat(5_000)}`;
  test.each([
    ['broken JSON', '{"title":'],
    ['two values', '{"title":"a"}{"title":"b"}'],
    ['NUL', '{"title":"a\\u0000b"}'],
    ['a lone surrogate', '{"title":"a\\ud800"}'],
    ['10,000 levels', `{"title":${deep}}`],
    ['10,000 levels at the top', deep],
    ['__proto__', '{"title":"a","__proto__":{"role":"ADMIN"}}'],
    ['constructor.prototype', '{"title":"a","constructor":{"prototype":{"x":1}}}'],
    ['a number', '7'],
    ['null', 'null'],
    ['an empty body', ''],
    ['a number for text', '{"title":1e400}'],
    ['an array for text', '{"title":["a"]}'],
    ['a year too far', '{"title":"a","dueDate":"275760-01-01T00:00:00Z"}'],
    ['a day that is not', '{"title":"a","dueDay":"2027-02-29"}'],
  ])('400 for %s', async (_name, body) => {
    const reply = await post('/v1/tasks', { headers: { ...asPerson(), ...json }, body });
    expect(reply.status).toBe(400);
    expectProblem(reply, 400, reply.body.type.split('/').at(-1) as string);
  });

  test('400 for bytes that are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const reply = await post('/v1/tasks', { headers: { ...asPerson(), ...json }, body });
    expectProblem(reply, 400, 'malformed-request');
  });

  test.each([
    ['a parameter given twice', '/v1/tasks?limit=1&limit=2'],
    ['a limit of none', '/v1/tasks?limit=0'],
    ['a limit too high', '/v1/tasks?limit=101'],
    ['a cursor that is none', '/v1/tasks?cursor=abc'],
    ['an unknown parameter', '/v1/tasks?colour=red'],
    ['NUL in the query', '/v1/tasks?q=%00'],
    ['an id that is none', '/v1/tasks/42'],
  ])('400 for %s', async (_name, path) => {
    expectProblem(await send(path, { headers: asPerson() }), 400, 'validation-failed');
  });

  test('400 for a broken percent escape', async () => {
    const { authorization } = person.headers;
    const reply = await sendRaw(
      url,
      `GET /v1/tasks/%E0%A4%A HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`,
    );
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('malformed-request');
    expect(reply.text).toMatch(/content-security-policy: default-src 'self'/i);
  });

  test('what was tried has changed nothing', async () => {
    const { body } = await client.send<{ items: unknown[] }>('/v1/tasks', { headers: asPerson() });
    expect(body.items).toEqual([]);
  });

  test('text is kept as it was typed', async () => {
    const title = `$100 budget "done once = ok" <b>ü</b> '; DROP TABLE tasks; -- {{7*7}} ‮עברית 👩‍👩‍👧 ../../etc/passwd`;
    const made = await client.send<{ id: string; title: string }>('/v1/tasks', {
      method: 'POST',
      headers: asPerson(),
      json: { title },
    });
    expect(made.status).toBe(201);
    const { body } = await client.send<{ title: string }>(`/v1/tasks/${made.body.id}`, {
      headers: asPerson(),
    });
    expect(body.title).toBe(title);
  });
});
