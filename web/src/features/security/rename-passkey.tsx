import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Passkey, unwrap } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { keys } from '../../shared/query.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useFormProblem } from '../../shared/use-form-problem.ts';

const t = texts.security.passkeys;

export function RenamePasskeyDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { name: passkey.name },
    validate: { name: (value) => (value.trim() ? null : texts.auth.missing.name) },
  });
  const problem = useFormProblem(form, { name: 'name' });
  const submit = form.onSubmit(async ({ name }) => {
    setBusy(true);
    problem.clear();
    try {
      const params = { path: { passkeyId: passkey.id } };
      await unwrap(api.PATCH('/v1/auth/passkeys/{passkeyId}', { params, body: { name: name.trim() } }));
      await queryClient.invalidateQueries({ queryKey: keys.passkeys });
      toastDone(t.renamed);
      onClose();
    } catch (error) {
      problem.show(error);
      setBusy(false);
    }
  });
  return (
    <Dialog opened title={t.renameTitle} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <LeaveGuard active={form.isDirty()} />
        <Stack>
          <FormProblem title={t.renameFailed} message={problem.message} />
          <TextInput label={t.name} data-autofocus {...form.getInputProps('name')} />
          <Button type="submit" loading={busy}>
            {t.save}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
