import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type AdminUser, api, unwrap } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { messageOf } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';

const t = texts.admin.user;

interface PurgeDialogProps {
  user: AdminUser;
  onClose: () => void;
  onGone: () => void;
}

/** What never comes back is confirmed by typing whose it is. */
export function PurgeDialog({ user, onClose, onGone }: PurgeDialogProps) {
  const queryClient = useQueryClient();
  const [confirm, setConfirm] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setMessage(null);
    try {
      const params = { path: { userId: user.id } };
      await unwrap(api.POST('/v1/admin/users/{userId}/purge', { params, body: { confirm: confirm.trim() } }));
      toastDone(t.purged);
      onGone();
      await queryClient.invalidateQueries({ queryKey: [...keys.admin, 'users'] });
    } catch (error) {
      setMessage(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog opened title={t.purgeTitle(user.name)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormProblem title={t.purgeFailed} message={message} />
          <Text size="sm" className="break-words">
            {t.purgeText(user.email ?? user.phone ?? '')}
          </Text>
          <TextInput
            label={t.purgeConfirm}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={confirm}
            onChange={(event) => setConfirm(event.currentTarget.value)}
          />
          <Button type="submit" color="red" loading={busy} disabled={!confirm.trim()}>
            {t.purge}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
