import { expect, test } from 'vitest';
import {
  acceptTotp,
  methodsFor,
  newRecoveryCode,
  newTotpSecret,
  normaliseRecoveryCode,
  otpauthUrl,
} from './rules.ts';

/** "12345678901234567890" in base32: the SHA-1 seed of RFC 6238, appendix B. Its codes have eight digits, ours the last six. */
const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1_000);

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238, appendix B: at %i', (seconds, code) => {
  expect(acceptTotp(SEED, code.slice(2), 0, at(seconds))).toBe(Math.floor(seconds / 30));
});

test('a code is good one step to either side, and never at or before the last one that was taken', () => {
  const code = '050471';
  const step = Math.floor(1_111_111_111 / 30);
  expect(acceptTotp(SEED, code, 0, at(1_111_111_111 + 30))).toBe(step);
  expect(acceptTotp(SEED, code, 0, at(1_111_111_111 - 30))).toBe(step);
  expect(acceptTotp(SEED, code, 0, at(1_111_111_111 + 90))).toBeNull();
  expect(acceptTotp(SEED, code, step - 1, at(1_111_111_111))).toBe(step);
  expect(acceptTotp(SEED, code, step, at(1_111_111_111))).toBeNull();
  expect(acceptTotp(SEED, code, step + 100, at(1_111_111_111))).toBeNull();
});

test.each(['', '05047', '0504711', '05047a', '٠٥٠٤٧١', ' 50471'])('%j is no code', (code) => {
  expect(acceptTotp(SEED, code, 0, at(1_111_111_111))).toBeNull();
});

test('secrets are 160 random bits, and the address an app reads names us and the person', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  const url = new URL(otpauthUrl(secret, 'ada+x@example.com'));
  expect(url.protocol).toBe('otpauth:');
  expect(decodeURIComponent(url.pathname)).toContain('Spacedly:ada+x@example.com');
  expect(url.searchParams.get('secret')).toBe(secret);
});

test('recovery codes differ and are read however they are typed', () => {
  const codes = Array.from({ length: 500 }, newRecoveryCode);
  expect(new Set(codes).size).toBe(500);
  expect(codes.every((code) => /^[2-9a-z]{5}-[2-9a-z]{5}$/.test(code))).toBe(true);
  expect(normaliseRecoveryCode(' ABCDE fghjk ')).toBe(normaliseRecoveryCode('abcde-fghjk'));
});

const at0 = new Date(0);
const user = {
  email: 'a@example.com',
  emailVerifiedAt: at0,
  phone: null,
  phoneVerifiedAt: null,
  passwordHash: 'h',
};
const both = { ...user, phone: '+1', phoneVerifiedAt: at0 };
const codeOnly = { ...user, passwordHash: null };
const none = { hasTotp: false, isEmailOn: false, recoveryCodesLeft: 0 };
const totp = { hasTotp: true, isEmailOn: false, recoveryCodesLeft: 10 };
const email = { ...none, isEmailOn: true };
const all = { ...totp, isEmailOn: true };

test.each([
  ['nothing is set up', none, user, null, []],
  ['an app', totp, user, null, ['totp', 'recovery']],
  ['an app, after a code by mail', totp, user, 'email', ['totp', 'recovery']],
  ['an app without recovery codes left', { ...totp, recoveryCodesLeft: 0 }, user, null, ['totp']],
  ['messages', email, user, null, ['email']],
  ['messages, with a phone', email, both, null, ['email', 'sms']],
  ['messages, an unverified phone', email, { ...both, phoneVerifiedAt: null }, null, ['email']],
  ['messages, after a code by mail: the mailbox is no second factor', email, user, 'email', ['password']],
  ['messages, after a code by mail, with a phone', email, both, 'email', ['sms']],
  ['messages, after a code by SMS', email, both, 'sms', ['email']],
  ['messages, after a code by mail, and nothing else there is', email, codeOnly, 'email', ['email']],
  ['both', all, both, null, ['totp', 'email', 'sms', 'recovery']],
] as const)('methods: %s', (_name, factors, who, proven, methods) => {
  expect(methodsFor(factors, who, proven)).toEqual(methods);
});
