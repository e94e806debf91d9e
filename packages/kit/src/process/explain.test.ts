import { expect, test } from 'vitest';
import { ConfigError } from '../config/load.ts';
import { RedisError } from '../redis.ts';
import { explainStartError } from './explain.ts';

const failed = (fields: object, cause?: unknown) => Object.assign(new Error('low-level', { cause }), fields);

test.each([
  [failed({ code: 'EADDRINUSE', port: 3000 }), /^Port 3000 is in use/],
  [failed({ code: 'EACCES', syscall: 'listen', port: 80 }), /^Port 80 needs more rights/],
  [failed({ code: 'EACCES', syscall: 'open' }), /^Not allowed: low-level/],
  [failed({ code: 'ECONNREFUSED' }), /does not answer at the address/],
  [failed({ code: 'ENOENT', syscall: 'connect' }), /does not answer at the socket/],
  [failed({ code: '28P01' }), /refused the password/],
  [failed({ code: '3D000' }), /does not exist/],
  [failed({ code: '53300' }), /no connection left/],
  [new Error('timeout expired'), /A firewall or security group/],
  [new Error('self-signed certificate in certificate chain'), /could not be secured.*DATABASE_CA_FILE/],
  [new Error('unable to get local issuer certificate'), /DATABASE_CA_FILE/],
  [new Error("Hostname/IP does not match certificate's altnames"), /could not be secured/],
  [new Error('unsupported startup parameter: statement_timeout'), /ignore_startup_parameters/],
])('%s', (error, words) => {
  expect(explainStartError(error)).toMatch(words);
});

test('what lies deeper is found, in causes and among several attempts', () => {
  expect(explainStartError(failed({}, failed({}, failed({ code: '28P01' }))))).toMatch(/password/);
  const several = new AggregateError([failed({ code: 'ECONNREFUSED' }), failed({ code: 'ECONNREFUSED' })]);
  expect(explainStartError(failed({}, several))).toMatch(/does not answer/);
});

test('the settings are told as they are, the unknown is left to its stack', () => {
  const error = new ConfigError(['PORT: must be a number', 'HOST: is empty']);
  expect(explainStartError(error)).toBe(error.message);
  expect(explainStartError(new TypeError('x is not a function'))).toBeNull();
  expect(explainStartError('thrown text')).toBeNull();
});

test.each([
  [failed({ code: 'ECONNREFUSED' }), /^Redis does not answer at the address in REDIS_URL/],
  [failed({ code: 'ENOTFOUND' }), /^The host in REDIS_URL is not known/],
  [new Error('Command timed out'), /^Redis does not answer/],
  [new Error('WRONGPASS invalid username-password pair'), /^Redis refused the user or password/],
  [new Error('NOAUTH HELLO must be called'), /^Redis refused the user or password/],
])('a start that fails because of Redis says so: %s', (cause, expected) => {
  expect(explainStartError(new RedisError(cause))).toMatch(expected);
});
