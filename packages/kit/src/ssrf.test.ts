import { expect, test } from 'vitest';
import { createOutboundGuard, isPublicAddress } from './ssrf.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'not an address',
])('%s is not public', (ip) => expect(isPublicAddress(ip)).toBe(false));

test.each(['1.1.1.1', '142.250.74.110', '2606:4700::1111'])('%s is public', (ip) =>
  expect(isPublicAddress(ip)).toBe(true),
);

const guard = createOutboundGuard(['push.lan']);

test.each([
  'http://push.example.com/x',
  'https://user:pw@push.example.com/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://metadata.google.internal/',
  'https://printer.local/',
  'https://intranet/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://169.254.169.254/latest/meta-data',
  'ftp://push.example.com/',
  'x',
])('refuses %s', (address) => expect(guard.refusalOf(address)).toEqual(expect.any(String)));

test.each(['https://fcm.googleapis.com/fcm/send/abc', 'https://1.1.1.1/', 'https://push.lan:8443/x'])(
  'lets %s pass',
  (address) => expect(guard.refusalOf(address)).toBeNull(),
);

const resolve = (allowed: string[]) =>
  new Promise((done) =>
    createOutboundGuard(allowed).lookup('localhost', {}, (error, address) => done(error ?? address)),
  );

test('a name that resolves into the private network is refused when connecting, unless it is allowed', async () => {
  expect(await resolve([])).toMatchObject({ code: 'EPRIVATE' });
  expect(await resolve(['localhost'])).toMatch(/^(127\.0\.0\.1|::1)$/);
});
