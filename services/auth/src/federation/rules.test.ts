import { expect, test } from 'vitest';
import type { UserRow } from '../accounts/store.ts';
import { decideLink, nameFor, readClaims } from './rules.ts';

const at = new Date('2026-03-01T12:00:00.000Z');
const account = (changes: Partial<UserRow>) =>
  ({ isActive: true, deletedAt: null, emailVerifiedAt: null, phoneVerifiedAt: null, ...changes }) as UserRow;
const proven = { email: 'ada@example.com', isEmailVerified: true };
const unproven = { ...proven, isEmailVerified: false };
const verified = account({ emailVerifiedAt: at });

test.each([
  ['known', verified, null, proven, 'sign-in'],
  ['known, address not verified there', verified, null, unproven, 'sign-in'],
  ['known and deactivated', account({ isActive: false }), null, proven, 'account-closed'],
  ['known and deleted', account({ deletedAt: at }), null, proven, 'account-closed'],
  ['new', null, null, proven, 'create'],
  ['new, address not verified there', null, null, unproven, 'email-not-verified'],
  ['new, without an address', null, null, { email: null, isEmailVerified: true }, 'email-not-verified'],
  ['both verified', null, verified, proven, 'link'],
  ['verified here only', null, verified, unproven, 'email-not-verified'],
  ['verified there only', null, account({}), proven, 'take-over'],
  ['verified nowhere', null, account({}), unproven, 'email-not-verified'],
  ['somebody with a proven phone', null, account({ phoneVerifiedAt: at }), proven, 'release'],
  ['a deleted account', null, account({ emailVerifiedAt: at, deletedAt: at }), proven, 'account-closed'],
  ['a deactivated account', null, account({ isActive: false }), proven, 'account-closed'],
] as const)('%s', (_name, known, sameAddress, claims, expected) => {
  const decision = decideLink(known, sameAddress, claims);
  expect(decision.do === 'refuse' ? decision.reason : decision.do).toBe(expected);
});

test.each([
  [{ sub: '1', email: 'a@example.com', email_verified: true }, {}, 'a@example.com', true],
  [{ sub: '1', email: 'a@example.com', email_verified: 'true' }, {}, 'a@example.com', true],
  [{ sub: '1' }, { email: 'a@example.com', email_verified: true }, 'a@example.com', true],
  [{ sub: '1', email: 'a@example.com', email_verified: 'false' }, {}, 'a@example.com', false],
  [{ sub: '1', email: 'a@example.com', email_verified: 1 }, {}, 'a@example.com', false],
  [{ sub: '1', email: 'a@example.com' }, {}, 'a@example.com', false],
  [{ sub: '1', email: 'no address', email_verified: true }, {}, null, false],
  [{ sub: '1', email: 7, email_verified: true }, {}, null, false],
])('claims %j and %j', (idToken, userInfo, email, isEmailVerified) => {
  expect(readClaims('https://p.example', idToken, userInfo)).toMatchObject({ email, isEmailVerified });
});

test.each([
  ['Ada Lovelace', 'Ada Lovelace'],
  ['  Ada\u0000  ', 'Ada'],
  ['x'.repeat(300), 'x'.repeat(100)],
  ['A', 'ada.l'],
  [undefined, 'ada.l'],
])('%j becomes the name %s', (name, expected) => {
  const claims = readClaims('p', { sub: '1', email: 'ada.l@example.com', name }, {});
  expect(nameFor(claims)).toBe(expected);
});
