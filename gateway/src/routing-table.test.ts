import { contracts } from '@spacedly/contracts';
import { expect, test } from 'vitest';
import { isUnder, largeRoutes, routingTable } from './routing-table.ts';

const entryOf = (path: string) => routingTable.find(({ prefix }) => isUnder(path, prefix));

test('the table names each prefix of each service, and nothing else', () => {
  const named = routingTable.map(({ prefix, service }) => `${service} ${prefix}`).sort();
  expect(named).toEqual(
    contracts.flatMap(({ name, prefixes }) => prefixes.map((p) => `${name} ${p}`)).sort(),
  );
});

test('each public route is reached through the table, and the table asks for no more than the route does', () => {
  for (const { name, routes } of contracts) {
    for (const { path, auth } of Object.values(routes).filter((route) => route.auth !== 'internal')) {
      expect({ path, service: entryOf(path)?.service }).toEqual({ path, service: name });
      if (entryOf(path)?.auth === 'required') expect({ path, auth }).toEqual({ path, auth: 'required' });
    }
  }
});

test('internal routes are in no entry', () => {
  const internal = contracts.flatMap(({ routes }) =>
    Object.values(routes)
      .filter(({ auth }) => auth === 'internal')
      .map(({ path }) => path),
  );
  expect(internal.length).toBeGreaterThan(0);
  expect(internal.filter((path) => entryOf(path) !== undefined)).toEqual([]);
});

test('a prefix covers itself and what is below it, not what only begins like it', () => {
  expect(isUnder('/v1/tasks', '/v1/tasks')).toBe(true);
  expect(isUnder('/v1/tasks/1', '/v1/tasks')).toBe(true);
  expect(isUnder('/v1/tasksfoo', '/v1/tasks')).toBe(false);
});

test('a route that takes files, or a long text, is passed on with the limit its contract names', () => {
  const upload = { maxBytes: 1_000_000, maxFiles: 3, types: ['image/png'] };
  const route = { method: 'POST', path: '/v1/x', auth: 'required', summary: '', responses: {}, errors: [] };
  const routes = { plain: route, files: { ...route, upload }, text: { ...route, maxBodyBytes: 5_000_000 } };
  const contract = { name: 'x', prefixes: ['/v1/x'], routes };
  const common = { method: 'POST', path: '/v1/x', service: 'x', auth: 'required' };
  expect(largeRoutes([contract as never])).toEqual([
    { ...common, isUpload: true, bodyBytes: 3_065_536 },
    { ...common, isUpload: false, bodyBytes: 5_000_000 },
  ]);
});
