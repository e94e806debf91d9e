import { Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { beginActing } from '../../shared/acting.ts';
import { type AdminUser, api, unwrap } from '../../shared/api.ts';
import { AskDialog } from '../../shared/ask-dialog.tsx';
import { keys } from '../../shared/query.ts';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { useChange } from '../../shared/use-change.ts';
import { useMe } from '../auth/account.ts';
import { may } from './permissions.ts';
import { PurgeDialog } from './purge-dialog.tsx';

const t = texts.admin.user;

/** What happens to an account on one click, each asked once more where it hurts. */
export function UserActions({ user, onGone }: { user: AdminUser; onGone: () => void }) {
  const me = useMe();
  return (
    <Stack gap="sm">
      <Title order={3}>{t.actions}</Title>
      <Group gap="xs">
        {!user.deletedAt && may(me, 'sessions.revoke') && <Revoke user={user} />}
        {!user.deletedAt && may(me, 'users.impersonate') && user.role !== 'ADMIN' && (
          <Impersonate user={user} />
        )}
        {may(me, 'users.delete') && (user.deletedAt ? <Restore user={user} /> : <Delete user={user} />)}
        {may(me, 'users.purge') && <Purge user={user} onGone={onGone} />}
      </Group>
    </Stack>
  );
}

const pathOf = (user: AdminUser) => ({ params: { path: { userId: user.id } } });

function Revoke({ user }: { user: AdminUser }) {
  const revoke = useChange(() => unwrap(api.POST('/v1/admin/users/{userId}/sessions/revoke', pathOf(user))), {
    done: t.revoked,
    failed: t.revokeFailed,
    refresh: [keys.admin],
  });
  return (
    <Button size="xs" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate()}>
      {t.revoke}
    </Button>
  );
}

function Restore({ user }: { user: AdminUser }) {
  const restore = useChange(() => unwrap(api.POST('/v1/admin/users/{userId}/restore', pathOf(user))), {
    done: t.restored,
    failed: t.restoreFailed,
    refresh: [keys.admin],
  });
  return (
    <Button size="xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate()}>
      {t.restore}
    </Button>
  );
}

function Delete({ user }: { user: AdminUser }) {
  const [isAsked, setAsked] = useState(false);
  const remove = useChange(() => unwrap(api.DELETE('/v1/admin/users/{userId}', pathOf(user))), {
    done: t.deleted,
    failed: t.deleteFailed,
    refresh: [keys.admin],
  });
  return (
    <>
      <Button size="xs" color="red" variant="outline" onClick={() => setAsked(true)}>
        {t.delete}
      </Button>
      <AskDialog
        title={t.deleteTitle(user.name)}
        text={t.deleteText}
        button={t.delete}
        opened={isAsked}
        busy={remove.isPending}
        onYes={() => remove.mutate(undefined, { onSettled: () => setAsked(false) })}
        onClose={() => setAsked(false)}
      />
    </>
  );
}

function Purge({ user, onGone }: { user: AdminUser; onGone: () => void }) {
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button size="xs" color="red" variant="outline" onClick={() => setAsked(true)}>
        {t.purge}
      </Button>
      {isAsked && <PurgeDialog user={user} onClose={() => setAsked(false)} onGone={onGone} />}
    </>
  );
}

function Impersonate({ user }: { user: AdminUser }) {
  const [isAsked, setAsked] = useState(false);
  const begin = async () => {
    try {
      const { accessToken, expiresIn } = await unwrap(
        api.POST('/v1/admin/users/{userId}/impersonate', pathOf(user)),
      );
      beginActing(accessToken, expiresIn);
      // A full load, so that nothing of the admin stays in memory.
      window.location.assign('/today');
    } catch (error) {
      setAsked(false);
      toastFailed(t.impersonateFailed, error);
    }
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {t.impersonate}
      </Button>
      <AskDialog
        title={t.impersonateTitle(user.name)}
        text={t.impersonateText}
        button={t.impersonate}
        opened={isAsked}
        onYes={() => void begin()}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
