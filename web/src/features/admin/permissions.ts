import type { User } from '../../shared/api.ts';

/**
 * What of the server's permissions the pages ask for; a test holds it against the contracts. It decides what is shown,
 * never what is allowed.
 */
const PERMISSIONS = {
  USER: [],
  MODERATOR: ['users.read', 'merchants.read', 'merchants.review'],
  ADMIN: [
    'users.read',
    'users.update',
    'users.delete',
    'users.purge',
    'users.impersonate',
    'sessions.revoke',
    'merchants.read',
    'merchants.review',
    'audit.read',
    'stats.read',
    'jobs.read',
    'jobs.retry',
  ],
} as const;

export type Permission = (typeof PERMISSIONS)['ADMIN'][number];

export function may({ role }: Pick<User, 'role'>, permission: Permission): boolean {
  return (PERMISSIONS[role] as readonly string[]).includes(permission);
}

/** Whether there is anything to look after for somebody. */
export function isStaff(user: Pick<User, 'role'>): boolean {
  return PERMISSIONS[user.role].length > 0;
}

export const shownPermissions = PERMISSIONS;
