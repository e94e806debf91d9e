import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@spacedly/kit';
import { afterAll, expect, test } from 'vitest';
import { readForeignRoutes } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'spacedly-routes-'));
const file = join(folder, 'routes.json');
afterAll(() => rmSync(folder, { recursive: true }));

async function issuesOf(settings: {
  CONFIG_FILE?: string;
  GATEWAY_ROUTES?: string;
}): Promise<readonly string[]> {
  try {
    await readForeignRoutes({ CONFIG_FILE: undefined, GATEWAY_ROUTES: undefined, ...settings });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map((issue) => issue.replace(`${file}:`, ''));
  }
}

function issuesOfFile(text: string): Promise<readonly string[]> {
  writeFileSync(file, text);
  return issuesOf({ CONFIG_FILE: file });
}

const withRoute = (fields: string) =>
  `{\n  "gateway": {\n    "routes": [\n      { "name": "a", "path": "/a", "upstreams": ["http://a"],\n        ${fields} }\n    ]\n  }\n}`;

test('a whole route, with comments and defaults', async () => {
  writeFileSync(file, withRoute('// paid by us\n "limit": "5/1m",'));
  const [route] = await readForeignRoutes({ CONFIG_FILE: file, GATEWAY_ROUTES: undefined });
  expect(route).toEqual({
    name: 'a',
    path: '/a',
    prefix: 'keep',
    upstreams: [{ url: 'http://a', weight: 1 }],
    auth: 'required',
    limit: '5/1m',
    bodyBytes: 1_048_576,
    timeouts: { connectMs: 1_000, answerMs: 30_000, silenceMs: 60_000 },
    retries: true,
    webSockets: true,
    requestHeaders: { set: {}, remove: [] },
    answerHeaders: { set: {}, remove: [] },
  });
});

test('no file is no routes, unless one is named', async () => {
  expect(await readForeignRoutes({ CONFIG_FILE: undefined, GATEWAY_ROUTES: undefined })).toEqual([]);
  expect(await issuesOf({ CONFIG_FILE: join(folder, 'none.json') })).toEqual([
    expect.stringMatching(/none\.json: cannot be read \(ENOENT\)$/),
  ]);
});

test.each([
  ['{\n "gateway": {\n  "routes": [,]\n }\n}', [expect.stringMatching(/^3: is no JSON here/)]],
  ['', [expect.stringMatching(/^1: is no JSON here/)]],
  ['[]', [expect.stringMatching(/^1: .*expected object/)]],
  ['{\n  "gatway": {}\n}', ['2: gatway: is not a known setting']],
  [withRoute('"colour": 1'), ['5: gateway.routes.0.colour: is not a known setting']],
  [withRoute('"auth": "maybe"'), [expect.stringMatching(/^5: gateway\.routes\.0\.auth: /)]],
  [
    withRoute('"auth": "none", "permission": "users.read"'),
    ['5: gateway.routes.0.permission: goes with "auth": "required" only'],
  ],
  [withRoute('"permission": "users.eat"'), [expect.stringMatching(/^5: gateway\.routes\.0\.permission: /)]],
  [
    withRoute('"limit": "5 a minute"'),
    [expect.stringMatching(/^5: gateway\.routes\.0\.limit: must be one of default/)],
  ],
  [
    withRoute('"timeouts": { "answerMs": 1 }'),
    [expect.stringMatching(/^5: gateway\.routes\.0\.timeouts\.answerMs: /)],
  ],
  [withRoute('"host": "a b"'), [expect.stringMatching(/^5: gateway\.routes\.0\.host: must be a name/)]],
  [
    withRoute('"requestHeaders": { "set": { "Connection": "x" } }'),
    [expect.stringMatching(/^5: .*Connection: is about one connection/)],
  ],
  [
    withRoute('"answerHeaders": { "set": { "X-A": "a\\nb" } }'),
    [expect.stringMatching(/^5: .*X-A: must be plain text/)],
  ],
  [withRoute('"bodyBytes": -1'), [expect.stringMatching(/^5: gateway\.routes\.0\.bodyBytes: /)]],
])('%s is refused with its line and the reason', async (text, issues) => {
  expect(await issuesOfFile(text)).toEqual(issues);
});

test.each(['ftp://a', 'a', 'http://user:secret@a', 'http://a?x=1', ''])('%s is no upstream', async (url) => {
  const issues = await issuesOfFile(withRoute('"host": "a.test"').replace('http://a', url));
  expect(issues).toEqual([
    expect.stringMatching(/^4: gateway\.routes\.0\.upstreams\.0: must be an http or https address/),
  ]);
  expect(issues.join()).not.toContain('secret');
});

test.each(['a', '/a/', '/a//b', '/a/../b', '/a?x', '/a%20b'])('%s is no path', async (path) => {
  const issues = await issuesOfFile(withRoute('"retries": false').replace('"/a"', JSON.stringify(path)));
  expect(issues).toEqual([expect.stringMatching(/^4: gateway\.routes\.0\.path: must /)]);
});

test('what no route alone can see: the same twice, and our own addresses', async () => {
  const route = (name: string, path: string, more = {}) => ({ name, path, upstreams: ['http://a'], ...more });
  const GATEWAY_ROUTES = JSON.stringify([
    route('a', '/a'),
    route('a', '/b'),
    route('c', '/a'),
    route('d', '/v1/tasks/mine'),
    route('e', '/v1/tasks', { host: 'e.test' }),
    route('f', '/v1/billing'),
    route('g', '/health'),
  ]);
  expect(await issuesOf({ GATEWAY_ROUTES })).toEqual([
    'GATEWAY_ROUTES:1: 1.name: is the same as that of a',
    'GATEWAY_ROUTES:1: 2.path: is the same as that of a',
    'GATEWAY_ROUTES:1: 3.path: /v1/tasks is an address of Spacedly itself; add a host to have it on that',
    'GATEWAY_ROUTES:1: 6.path: /health is an address of Spacedly itself; add a host to have it on that',
  ]);
});
