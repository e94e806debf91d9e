import { Anchor, Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { NewPasswordField, passwordProblem } from './new-password-field.tsx';

const t = texts.access.resetPage;
const FIELDS = { newPassword: 'newPassword' };

/** A new password with the token of a link or of a code. */
export function ResetForm(props: { token: string; onDone: () => void; onAnew: () => void }) {
  const [busy, setBusy] = useState(false);
  const [isExpired, setExpired] = useState(false);
  const form = useForm({ initialValues: { newPassword: '' }, validate: { newPassword: passwordProblem } });
  const problem = useFormProblem(form, FIELDS);
  const submit = form.onSubmit(async ({ newPassword }) => {
    setBusy(true);
    problem.clear();
    try {
      const body = { token: props.token, newPassword };
      await unwrap(api.POST('/v1/auth/password/reset', { body }));
      props.onDone();
    } catch (error) {
      setExpired(error instanceof Problem && error.status === 410);
      problem.show(error);
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.failed} message={problem.message} />
        <NewPasswordField label={t.password} data-autofocus {...form.getInputProps('newPassword')} />
        <Button type="submit" loading={busy} fullWidth size="md" mt="xs">
          {t.save}
        </Button>
        {isExpired && (
          <Anchor component="button" type="button" size="sm" onClick={props.onAnew} ta="center">
            {t.expired}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
