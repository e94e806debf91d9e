import { expect, test } from 'vitest';
import { createMatch, stripPath } from './match.ts';

const match = createMatch([
  { path: '/' },
  { path: '/api' },
  { path: '/api/admin' },
  { path: '/v1' },
  { host: 'app.example.com', path: '/' },
  { host: 'app.example.com', path: '/api' },
  { host: '*.example.com', path: '/' },
  { host: '*.b.example.com', path: '/' },
]);

test.each([
  ['other.test', '/', '/'],
  ['other.test', '/apiary', '/'],
  ['other.test', '/api', '/api'],
  ['other.test', '/api/', '/api'],
  ['other.test', '/api/admins', '/api'],
  ['other.test', '/api/admin/x', '/api/admin'],
  // As upstreams may read them.
  ['other.test', '/api/%61dmin', '/api/admin'],
  ['other.test', '/api//admin', '/api/admin'],
  ['other.test', '/api%2Fadmin', '/api/admin'],
  ['other.test', '/api\\admin', '/api/admin'],
  ['app.example.com', '/api/x', 'app.example.com/api'],
  ['APP.example.COM.:8080', '/api/x', 'app.example.com/api'],
  // On a host of its own every address is the route's.
  ['app.example.com', '/v1/tasks', 'app.example.com/'],
  ['x.example.com', '/x', '*.example.com/'],
  ['a.b.example.com', '/x', '*.b.example.com/'],
  ['example.com', '/x', '/'],
  ['evilexample.com', '/x', '/'],
  ['other.test', '/v1/elsewhere', '/v1'],
])('%s%s belongs to %s', (host, path, expected) => {
  const found = match(host, path);
  expect(found !== null && found !== 'refused' && `${found.host ?? ''}${found.path}`).toBe(expected);
});

test.each([
  '/v1/tasks',
  '/v1/auth/login',
  '/health/ready',
  '/docs',
  '/internal/x',
  '/v1//tasks',
  '/v1/%74asks',
  '/metrics',
])('%s stays ours', (path) => expect(match('other.test', path)).toBeNull());

test.each(['/api/../x', '/api/x/%2e%2e/admin', '/api/./admin', '/api/..%2fadmin', '/api\\..\\admin'])(
  '%s would mean one thing here and another behind',
  (path) => expect(match('other.test', path)).toBe('refused'),
);

test('an address that cannot be read is nobody’s', () => {
  expect(match('other.test', '/api/%zz')).toBeNull();
});

test.each([
  ['/api', '/api', '/'],
  ['/api?x=1', '/api', '/?x=1'],
  ['/api/', '/api', '/'],
  ['/api/a%2Fb?x=/api', '/api', '/a%2Fb?x=/api'],
  ['/%61pi/b', '/api', '/b'],
  ['//api//b', '/api', '//b'],
  ['/api/v2/x', '/api/v2', '/x'],
  ['/api%2Fv2/x', '/api/v2', '/x'],
  ['/x', '/', '/x'],
])('%s without %s is %s', (target, path, rest) => expect(stripPath(target, path)).toBe(rest));
