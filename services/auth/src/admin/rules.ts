import type { AdminUser, UpdateUserBody } from '@spacedly/contracts';
import { presentUser } from '../accounts/rules.ts';
import type { UserRow } from '../accounts/store.ts';
import { purgeAfter } from '../deletion/rules.ts';

/** A person as admins see them. The password hash is only told to exist. */
export function presentAdminUser(row: UserRow): AdminUser {
  return {
    ...presentUser(row),
    isActive: row.isActive,
    hasPassword: row.passwordHash !== null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    purgeAfter: row.deletedAt === null ? null : purgeAfter(row.deletedAt).toISOString(),
  };
}

type Standing = Pick<UserRow, 'role' | 'isActive' | 'deletedAt'>;

/** Whether somebody can use the rights of an admin right now. */
export function isLiveAdmin({ role, isActive, deletedAt }: Standing): boolean {
  return role === 'ADMIN' && isActive && deletedAt === null;
}

export type UserChange = Partial<Pick<UserRow, 'role' | 'isActive' | 'department' | 'isEditor'>>;

/** What really changes, or null when everything is as asked for already. */
export function planUserChange(user: Standing & UserChange, body: UpdateUserBody): UserChange | null {
  const fields = ['role', 'isActive', 'department', 'isEditor'] as const;
  const changed = fields.filter((field) => body[field] !== undefined && body[field] !== user[field]);
  return changed.length === 0 ? null : Object.fromEntries(changed.map((field) => [field, body[field]]));
}

/** Whether a change must end all sessions: a token carries the role it was signed with. */
export function endsSessions({ role, isActive }: UserChange): boolean {
  return role !== undefined || isActive !== undefined;
}

/** Whether a change takes the rights of an admin away. */
export function losesAdmin(user: Standing, change: UserChange): boolean {
  return isLiveAdmin(user) && !isLiveAdmin({ ...user, ...change });
}

type Refusal = 'self' | 'admin' | 'inactive';

/** Why an account may not be acted for, or null. Acting for an admin would only hide who did what. */
export function whyNotImpersonate(user: Standing & { id: string }, adminId: string): Refusal | null {
  if (user.id === adminId) return 'self';
  if (user.role === 'ADMIN') return 'admin';
  return user.isActive ? null : 'inactive';
}
