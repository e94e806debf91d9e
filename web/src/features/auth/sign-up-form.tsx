import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import { ADDRESS_FIELDS, addressOf, addressText } from './address.ts';
import { AddressField, addressProblem } from './address-field.tsx';
import { askForAccount } from './ask-for-account.ts';
import { NewPasswordField, passwordProblem } from './new-password-field.tsx';
import type { PendingSignUp } from './pending-sign-up.ts';

const t = texts.auth;
const FIELDS = { name: 'name', password: 'password', ...ADDRESS_FIELDS };

export function SignUpForm(props: { start: PendingSignUp | null; onSent: (pending: PendingSignUp) => void }) {
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: {
      name: props.start?.name ?? '',
      address: props.start ? addressText(props.start.address) : '',
      password: props.start?.password ?? '',
    },
    validate: {
      name: (value) => (value.trim() ? null : t.missing.name),
      address: addressProblem,
      password: passwordProblem,
    },
  });
  const problem = useFormProblem(form, FIELDS);

  const submit = form.onSubmit(async (values) => {
    const address = addressOf(values.address);
    const rest = { name: values.name.trim(), password: values.password };
    setBusy(true);
    problem.clear();
    try {
      await askForAccount({ ...address, ...rest });
      props.onSent({ address, ...rest, sentAt: Date.now() });
    } catch (error) {
      problem.show(error);
    } finally {
      setBusy(false);
    }
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.signUpFailed} message={problem.message} />
        <TextInput
          label={t.name}
          placeholder={t.namePlaceholder}
          autoComplete="name"
          {...form.getInputProps('name')}
        />
        <AddressField {...form.getInputProps('address')} />
        <NewPasswordField {...form.getInputProps('password')} />
        <Button type="submit" loading={busy} fullWidth size="md" mt="xs">
          {t.signUp}
        </Button>
      </Stack>
    </form>
  );
}
