import { expect, test } from 'vitest';
import { isLiveAdmin, losesAdmin, planUserChange, whyNotImpersonate } from './rules.ts';

const admin = { id: 'a', role: 'ADMIN', isActive: true, deletedAt: null } as const;
const user = { id: 'u', role: 'USER', isActive: true, deletedAt: null } as const;

test.each([
  [admin, true],
  [user, false],
  [{ ...admin, isActive: false }, false],
  [{ ...admin, deletedAt: new Date() }, false],
])('%o is a live admin: %s', (who, expected) => {
  expect(isLiveAdmin(who)).toBe(expected);
});

test.each([
  [admin, { role: 'ADMIN' }, null],
  [admin, { role: 'USER' }, { role: 'USER' }],
  [admin, { role: 'USER', isActive: true }, { role: 'USER' }],
  [admin, { isActive: false }, { isActive: false }],
  [user, { role: 'MODERATOR', isActive: false }, { role: 'MODERATOR', isActive: false }],
] as const)('%o asked for %o changes %o', (who, body, expected) => {
  expect(planUserChange(who, body)).toEqual(expected);
});

test.each([
  [admin, { role: 'USER' }, true],
  [admin, { isActive: false }, true],
  [admin, { isActive: true }, false],
  [user, { role: 'ADMIN' }, false],
  [{ ...admin, isActive: false }, { role: 'USER' }, false],
] as const)('%o with %o loses the rights of an admin: %s', (who, change, expected) => {
  expect(losesAdmin(who, change)).toBe(expected);
});

test.each([
  [user, null],
  [{ ...user, role: 'MODERATOR' }, null],
  [{ ...user, isActive: false }, 'inactive'],
  [{ ...admin, id: 'b' }, 'admin'],
  [admin, 'self'],
] as const)('acting for %o is refused because of: %s', (who, expected) => {
  expect(whyNotImpersonate(who, 'a')).toBe(expected);
});
