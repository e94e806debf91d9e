import { NativeSelect, Stack, Switch } from '@mantine/core';
import { type AdminUser, api, ifMatch, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { useChange } from '../../shared/use-change.ts';
import { useMe } from '../auth/account.ts';
import { may } from './permissions.ts';

const t = texts.admin.user;
const ROLES = Object.entries(texts.admin.roles).map(([value, label]) => ({ value, label }));

/** The role, and whether somebody may sign in at all. Either change ends all their sessions. */
export function UserPower({ user }: { user: AdminUser }) {
  const me = useMe();
  const update = useChange(
    (body: { role?: AdminUser['role']; isActive?: boolean }) =>
      unwrap(
        api.PATCH('/v1/admin/users/{userId}', {
          params: { path: { userId: user.id }, header: ifMatch(user.version) },
          body,
        }),
      ),
    { done: t.changed, failed: t.changeFailed, refresh: [keys.admin] },
  );
  if (!may(me, 'users.update') || user.deletedAt) return null;
  return (
    <Stack>
      <NativeSelect
        label={t.role}
        data={ROLES}
        value={user.role}
        disabled={update.isPending}
        onChange={(event) => update.mutate({ role: event.currentTarget.value as AdminUser['role'] })}
      />
      <Switch
        label={t.active}
        checked={user.isActive}
        disabled={update.isPending}
        onChange={(event) => update.mutate({ isActive: event.currentTarget.checked })}
      />
    </Stack>
  );
}
