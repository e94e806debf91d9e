import { expect, test } from 'vitest';
import { challengeOf, isCopied, relyingParty, userHandleOf } from './rules.ts';

const encode = (text: string) => Buffer.from(text).toString('base64url');

test.each([
  [0, 0, false],
  [0, 1, false],
  [1, 2, false],
  [7, 7, true],
  [7, 6, true],
  [7, 0, true],
])('counter %i, then %i: copied %s', (stored, seen, copied) => {
  expect(isCopied(stored, seen)).toBe(copied);
});

test.each([
  ['', null],
  [encode('no json'), null],
  [encode('null'), null],
  [encode('[]'), null],
  [encode('{"challenge":7}'), null],
  [encode('{"challenge":"short"}'), null],
  [encode(`{"challenge":"${'a'.repeat(30)}\\u0000"}`), null],
  [encode(`{"challenge":"${'a'.repeat(43)}"}`), 'a'.repeat(43)],
])('the challenge of %s', (clientData, challenge) => {
  expect(challengeOf(clientData)).toBe(challenge);
});

test('bound to the host people use, without its port', () => {
  expect(relyingParty({ PUBLIC_URL: 'https://plan.example.com:8443' })).toEqual({
    rpId: 'plan.example.com',
    origin: 'https://plan.example.com:8443',
  });
});

test('the user handle is the id in bytes', () => {
  expect([...userHandleOf('01020304-0506-0708-090a-0b0c0d0e0f10')]).toEqual(
    Array.from({ length: 16 }, (_, index) => index + 1),
  );
});
