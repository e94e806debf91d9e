import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type AdminUser, api, ifMatch, unwrap } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { useChange } from '../../shared/use-change.ts';
import { useMe } from '../auth/account.ts';
import { may } from './permissions.ts';

const t = texts.admin.user;
const MAX_LENGTH = 80;

/** Which documents of others somebody may edit: those of their department, as an editor. */
export function UserDepartment({ user }: { user: AdminUser }) {
  const me = useMe();
  const [department, setDepartment] = useState(user.department ?? '');
  const update = useChange(
    (body: { department?: string | null; isEditor?: boolean }) =>
      unwrap(
        api.PATCH('/v1/admin/users/{userId}', {
          params: { path: { userId: user.id }, header: ifMatch(user.version) },
          body,
        }),
      ),
    { done: t.saved, failed: t.changeFailed, refresh: [keys.admin] },
  );
  if (!may(me, 'users.update') || user.deletedAt) return null;
  const wanted = department.trim() === '' ? null : department.trim();
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ department: wanted });
      }}
    >
      <Group align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label={t.department}
          description={t.departmentHint}
          maxLength={MAX_LENGTH}
          value={department}
          onChange={(event) => setDepartment(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          aria-label={t.saveDepartment}
          disabled={update.isPending || wanted === user.department}
        >
          {texts.settings.save}
        </Button>
      </Group>
      <Switch
        label={t.editor}
        checked={user.isEditor}
        disabled={update.isPending}
        onChange={(event) => update.mutate({ isEditor: event.currentTarget.checked })}
      />
    </Stack>
  );
}
