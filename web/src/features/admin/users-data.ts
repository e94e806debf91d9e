import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type AdminUser, api, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';

export type UserStatus = 'active' | 'unverified' | 'deactivated' | 'deleted';

/** What the list is narrowed to; it stands in the address. `user` is the one whose details are open. */
export interface UsersSearch {
  query?: string;
  role?: AdminUser['role'];
  status?: UserStatus;
  user?: string;
}

const ROLES: readonly unknown[] = ['USER', 'MODERATOR', 'ADMIN'];
const STATUSES: readonly unknown[] = ['active', 'unverified', 'deactivated', 'deleted'];

export function usersSearch(search: Record<string, unknown>): UsersSearch {
  const { query, role, status, user } = search;
  return {
    ...((typeof query === 'string' || typeof query === 'number') && query !== '' && { query: String(query) }),
    ...(ROLES.includes(role) && { role: role as AdminUser['role'] }),
    ...(STATUSES.includes(status) && { status: status as UserStatus }),
    ...(typeof user === 'string' && { user }),
  };
}

export function usersQuery({ query, role, status }: UsersSearch) {
  return infiniteQueryOptions({
    queryKey: [...keys.admin, 'users', { query, role, status }],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/admin/users', {
          params: {
            query: {
              limit: 30,
              ...(query && { query }),
              ...(role && { role }),
              ...(status && { status }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function userQuery(userId: string) {
  return queryOptions({
    queryKey: [...keys.admin, 'user', userId],
    queryFn: () => unwrap(api.GET('/v1/admin/users/{userId}', { params: { path: { userId } } })),
  });
}

export function statusOf(user: AdminUser): UserStatus {
  if (user.deletedAt) return 'deleted';
  if (!user.isActive) return 'deactivated';
  return user.emailVerifiedAt || user.phoneVerifiedAt ? 'active' : 'unverified';
}
