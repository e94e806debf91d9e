import { beforeAll, expect, inject, test } from 'vitest';
import type { Person } from '../harness/client.ts';
import { createPeople } from './people.ts';

const { send, signUp } = createPeople(inject('systemUrl'));

let person: Person;
let document: { paths: Record<string, Record<string, unknown>> };
beforeAll(async () => {
  person = await signUp();
  document = (await send<typeof document>('/openapi.json')).body;
});

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Bodies no route is made for. */
const BODIES: [string, string | Uint8Array][] = [
  ['nothing', ''],
  ['a number', '7'],
  ['2^64', '18446744073709551616'],
  ['a text', '"x"'],
  ['a list', '[]'],
  ['cut off', '{"title":"a'],
  ['10,000 levels', deep(10_000)],
  ['__proto__', '{"__proto__":{"isAdmin":true}}'],
  ['constructor', '{"constructor":{"prototype":{"x":1}}}'],
  ['NUL', '{"title":"a\\u0000","email":"a\\u0000","name":"a\\u0000"}'],
  ['lone surrogate', '{"title":"\\ud800","name":"\\ud800"}'],
  ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['SQL', JSON.stringify({ title: "'; DROP TABLE users;--", id: "1' OR '1'='1" })],
  ['a template', JSON.stringify({ name: '{{constructor.constructor("return process")()}}', x: '#{7*7}' })],
];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const IDS = [
  'x',
  '../../etc/passwd',
  '%00',
  "1' OR '1'='1",
  '00000000-0000-7000-8000-000000000000',
  '1e9',
  '%F0%9F%A7%A0',
];

/** Routes that would end the session or the account the test works with, or never end themselves. */
const SPARED = /logout|\/stream$|\/users\/me$|sessions/;

function operations(): [string, string][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined && !SPARED.test(path)).map(
      (method) => [method.toUpperCase(), path] as [string, string],
    ),
  );
}

test('no input makes any route answer 5xx', { timeout: 120_000 }, async () => {
  const faults: string[] = [];
  for (const [method, template] of operations()) {
    const paths = template.includes('{') ? IDS.map((id) => template.replaceAll(/\{\w+\}/g, id)) : [template];
    for (const path of [...paths, `${paths[0]}?cursor=%00&limit=-1&limit=2&q=%F0%9F`]) {
      const bodies = method === 'GET' || path !== paths[0] ? [BODIES[3] as (typeof BODIES)[number]] : BODIES;
      for (const [name, body] of bodies) {
        const headers = { ...person.headers, 'content-type': 'application/json' };
        const answer = await send<{ type?: string }>(path, {
          method,
          headers,
          ...(method !== 'GET' && { body }),
        });
        const isFault = answer.status >= 500 || (answer.status >= 400 && answer.body.type === undefined);
        if (isFault) faults.push(`${method} ${path} with ${name}: ${answer.status}`);
      }
    }
  }
  expect(faults).toEqual([]);
});

test('wrong content types are 415, uploads and form posts included', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
  ]) {
    const headers = { ...person.headers, 'content-type': type };
    const { status } = await send('/v1/tasks', { method: 'POST', headers, body: 'title=x' });
    expect([400, 415]).toContain(status);
  }
});

test('another site gets no CORS permission, and no 500', async () => {
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
  const preflight = await send('/v1/tasks', { method: 'OPTIONS', headers });
  expect(preflight.status).toBeLessThan(500);
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  const simple = await send('/v1/users/me', {
    headers: { ...person.headers, origin: 'https://evil.example' },
  });
  expect(simple.headers.get('access-control-allow-origin')).toBeNull();
});

test('errors tell nothing of the inside', async () => {
  for (const path of ['/v1/tasks/x', '/v1/nothing', '/v1/tasks?cursor=x', '/%']) {
    const answer = await send(path, { headers: person.headers });
    expect(JSON.stringify(answer.body)).not.toMatch(
      /fastify|drizzle|postgres|node_modules|\.ts|\bat \S+:\d+|select /i,
    );
  }
});
