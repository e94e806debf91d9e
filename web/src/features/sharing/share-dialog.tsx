import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { QueryList } from '../../shared/query-list.tsx';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { useAttemptKey } from '../tasks/task-data.ts';
import { type ShareAccess, type ShareKind, shareCalls, sharesQuery, useRefreshShares } from './share-data.ts';
import { ACCESSES, nameOf, ShareRow } from './share-row.tsx';

const t = texts.sharing;

interface ShareDialogProps {
  kind: ShareKind;
  of: { id: string; title: string };
  /** Nobody sees it now, whoever it is shared with. */
  isPrivate?: boolean;
  onClose: () => void;
}

/** Who a document or a task is shared with, and what each of them may do. */
export function ShareDialog({ kind, of, isPrivate, onClose }: ShareDialogProps) {
  const shared = { kind, id: of.id };
  const shares = useQuery(sharesQuery(shared));
  return (
    <Dialog title={t.titleOf(of.title)} opened onClose={onClose}>
      <Stack>
        {isPrivate && (
          <Text size="sm" c="dimmed">
            {t.privateNote}
          </Text>
        )}
        <AddForm shared={shared} />
        <QueryList query={shares} empty={t.empty} label={t.list}>
          {(share) => <ShareRow key={share.id} share={share} shared={shared} />}
        </QueryList>
      </Stack>
    </Dialog>
  );
}

function useAddShare(shared: { kind: ShareKind; id: string }) {
  const attempt = useAttemptKey();
  const refresh = useRefreshShares(shared);
  return useMutation({
    mutationFn: (body: { email: string; access: ShareAccess }) =>
      shareCalls(shared).add(body, attempt.keyFor(body)),
    onSuccess: (share) => {
      attempt.forget();
      toastDone(t.added(nameOf(share)));
      return refresh();
    },
  });
}

function AddForm({ shared }: { shared: { kind: ShareKind; id: string } }) {
  const add = useAddShare(shared);
  const form = useForm<{ email: string; access: ShareAccess }>({
    initialValues: { email: '', access: 'read' },
    validate: { email: (value) => (value.trim() ? null : t.emailMissing) },
  });
  const problem = useFormProblem(form, { email: 'email', access: 'access' });
  const submit = form.onSubmit(async ({ email, access }) => {
    problem.clear();
    try {
      await add.mutateAsync({ email: email.trim(), access });
      form.setFieldValue('email', '');
    } catch (error) {
      problem.show(error);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard active={form.values.email.trim() !== ''} />
      <Stack gap="sm">
        <FormProblem title={t.failed} message={problem.message} />
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t.email}
            type="email"
            autoComplete="off"
            data-autofocus
            flex="1 1 200px"
            {...form.getInputProps('email')}
          />
          <NativeSelect label={t.access} data={ACCESSES} {...form.getInputProps('access')} />
        </Group>
        <Button type="submit" loading={add.isPending} style={{ alignSelf: 'flex-end' }}>
          {t.add}
        </Button>
      </Stack>
    </form>
  );
}
