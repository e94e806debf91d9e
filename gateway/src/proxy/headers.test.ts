import { expect, test } from 'vitest';
import { forwardedHeaders, returnedHeaders, withoutTrailer } from './headers.ts';

test('what is about one connection ends here, in both directions', () => {
  const hops = {
    connection: 'keep-alive, X-Private , close',
    'keep-alive': 'timeout=5',
    'proxy-authorization': 'Basic x',
    'proxy-connection': 'keep-alive',
    te: 'trailers',
    trailer: 'x',
    'transfer-encoding': 'chunked',
    upgrade: 'websocket',
    'x-private': '1',
    accept: '*/*',
  };
  expect(forwardedHeaders(hops, {})).toEqual(['accept', '*/*']);
  expect(returnedHeaders({ ...hops, trailer: 'x' }, { base: {}, own: {} })).toEqual([
    'trailer',
    'x',
    'accept',
    '*/*',
  ]);
});

test('what the gateway says cannot be said or taken away by a client', () => {
  const said = {
    connection: 'x-user-id, x-forwarded-for',
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-proto': 'https',
    'x-real-ip': '203.0.113.7',
    forwarded: 'for=203.0.113.7',
    'x-request-id': 'theirs',
    host: 'theirs.example',
    expect: '100-continue',
  };
  const ours = { 'x-forwarded-for': '127.0.0.1', 'x-user-id': 'u', 'x-request-id': 'ours' };
  expect(forwardedHeaders(said, ours)).toEqual(Object.entries(ours).flat());
});

test('several cookies stay several', () => {
  const cookies = { 'set-cookie': ['a=1; Expires=Wed, 09 Dec 2026 09:00:00 GMT', 'b=2'] };
  const [first, second] = cookies['set-cookie'];
  expect(returnedHeaders(cookies, { base: {}, own: {} })).toEqual([
    'set-cookie',
    first,
    'set-cookie',
    second,
  ]);
});

test('what every answer has gives way to what the upstream says itself', () => {
  const ours = {
    base: { 'x-frame-options': 'DENY' },
    own: { 'x-request-id': 'ours', connection: 'close' },
  };
  const said = { 'x-frame-options': 'SAMEORIGIN', connection: 'keep-alive' };
  expect(returnedHeaders(said, ours)).toEqual([
    'x-request-id',
    'ours',
    'connection',
    'close',
    'x-frame-options',
    'SAMEORIGIN',
  ]);
});

test('a promise of trailers can be taken back', () => {
  expect(withoutTrailer(['a', '1', 'trailer', 'x', 'b', 'trailer'])).toEqual(['a', '1', 'b', 'trailer']);
});
