import { contracts, type ProblemBody } from '@spacedly/contracts';
import { openApiDocument } from '@spacedly/contracts/openapi';
import { version } from '@spacedly/kit';
import { expect, inject, test } from 'vitest';
import { createClient } from '../harness/client.ts';

const client = createClient(inject('systemUrl'));

const html = { accept: 'text/html,application/xhtml+xml' };

test('openapi.json describes every public route, the same in both modes', async () => {
  const { status, headers, body } = await client.send<{ paths: Record<string, object> }>('/openapi.json');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument(contracts, version))));
  const described = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = contracts
    .flatMap(({ routes }) => Object.values(routes))
    .filter(({ auth }) => auth !== 'internal')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(described.sort()).toEqual(routes.sort());
});

type Operation = { responses: Record<string, { content?: object }> };

test('every described route is there: none answers that there is nothing at its address', async () => {
  const { body } = await client.send<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
  let person = await client.signUp();
  const ask = (method: string, path: string) => {
    const address = path.replaceAll(/\{\w+\}/g, '019a7d7e-9d3c-7c3a-9a51-0b5f3c1f2a10');
    return client.send<ProblemBody>(address, { method, headers: person.headers });
  };
  const missing: string[] = [];
  for (const [path, item] of Object.entries(body.paths)) {
    for (const [name, { responses }] of Object.entries(item)) {
      // An event stream has no end to wait for.
      if (responses['200']?.content && 'text/event-stream' in responses['200'].content) continue;
      const method = name.toUpperCase();
      let reply = await ask(method, path);
      // Some of these calls end the session, and strangers get 401 for whatever is or is not there.
      if (reply.status === 401) {
        person = await client.signUp();
        reply = await ask(method, path);
      }
      if (reply.status >= 500 || reply.body?.type?.endsWith('/not-found')) missing.push(`${method} ${path}`);
    }
  }
  expect(missing).toEqual([]);
});

test('/docs is a page that loads only our own files', async () => {
  const { status, headers, body } = await client.send<string>('/docs', { headers: html });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(body).not.toMatch(/<script>|https?:\/\//);
  for (const [, path] of body.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)) {
    const asset = await client.send<string>(path as string);
    expect(asset.status).toBe(200);
    expect(asset.headers.get('content-type')).toMatch(/^text\/(css|javascript)/);
  }
  expect((await client.send('/docs/../../package.json')).status).toBe(404);
  expect((await client.send('/docs/%2e%2e%2fpackage.json')).status).toBe(404);
});

test('people who go to a page get the web app, programs get 404', async () => {
  for (const path of ['/', '/tasks/today', '/settings?tab=1']) {
    const { status, headers, body } = await client.send<string>(path, { headers: html });
    expect({ path, status }).toEqual({ path, status: 200 });
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(body).toContain('<div id="root">');
  }
  for (const path of ['/v1/nothing', '/dev/nothing', '/health/nothing', '/docs/nothing', '/internal/nothing'])
    expect({ path, status: (await client.send(path, { headers: html })).status }).toEqual({
      path,
      status: 404,
    });
  expect((await client.send('/', { headers: { accept: '*/*' } })).status).toBe(200);
  expect((await client.send('/', { method: 'HEAD' })).status).toBe(200);
  expect((await client.send('/tasks/today', { headers: { accept: 'application/json' } })).status).toBe(404);
  expect((await client.send('/tasks/today', { method: 'POST', headers: html })).status).toBe(404);
});

test('the files of the web app are kept for ever, revalidated and compressed', async () => {
  const page = await client.send<string>('/', { headers: html });
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.body)?.[1] as string;
  const answer = await fetch(inject('systemUrl') + script, { headers: { 'accept-encoding': 'br' } });
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await answer.text()).length).toBeGreaterThan(1_000);
  const again = await client.send(script, {
    headers: { 'if-none-match': answer.headers.get('etag') as string },
  });
  expect(again.status).toBe(304);
  expect((await client.send('/assets/../index.html%00')).status).toBe(404);
});
