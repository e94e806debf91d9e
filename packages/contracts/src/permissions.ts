import type { Role } from './auth/schemas.ts';
import type { HttpMethod } from './contract.ts';

/** Everything that is not one's own business and so needs a role. Routes name a permission, never a role. */
export const permissions = {
  'users.read': 'See accounts and search among them',
  'users.update': 'Change roles; deactivate and reactivate accounts',
  'users.delete': 'Delete accounts and bring them back within 30 days',
  'users.purge': 'Remove an account and every trace of it, for good',
  'users.impersonate': 'Act as another person for 15 minutes',
  'sessions.revoke': 'Sign another person out everywhere',
  'merchants.read': 'See the businesses behind merchant accounts',
  'merchants.review': 'Verify or reject a business',
  'audit.read': 'Read the audit log',
  'stats.read': 'See the numbers of the installation',
  'jobs.read': 'See background jobs and dead letters',
  'jobs.retry': 'Run a dead letter again, or discard it',
} as const;

export type Permission = keyof typeof permissions;

/** Who may do what: the one table. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
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
};

/** Whether a role carries a permission. */
export function hasPermission(role: Role, permission: Permission): boolean {
  return rolePermissions[role].includes(permission);
}

interface Callable {
  method: HttpMethod;
  path: string;
  permission?: Permission;
  whileImpersonating?: 'allowed' | 'refused';
}

/**
 * Whether an admin may call a route while acting for somebody else. Closed where nothing else is said: whatever changes
 * something under `/v1/auth`, because credentials live there, and whatever needs a permission.
 */
export function isOpenToImpersonation({ method, path, permission, whileImpersonating }: Callable): boolean {
  if (whileImpersonating !== undefined) return whileImpersonating === 'allowed';
  return permission === undefined && (method === 'GET' || !path.startsWith('/v1/auth/'));
}
