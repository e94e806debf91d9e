import { rolePermissions } from '@spacedly/contracts';
import { expect, it } from 'vitest';
import { isStaff, may, shownPermissions } from './permissions.ts';

it.each(['USER', 'MODERATOR', 'ADMIN'] as const)('%s may what the server says', (role) => {
  expect(shownPermissions[role]).toEqual(rolePermissions[role]);
});

it('shows the admin pages to those who look after something', () => {
  expect([isStaff({ role: 'USER' }), isStaff({ role: 'MODERATOR' })]).toEqual([false, true]);
  expect([may({ role: 'MODERATOR' }, 'users.purge'), may({ role: 'ADMIN' }, 'users.purge')]).toEqual([
    false,
    true,
  ]);
});
