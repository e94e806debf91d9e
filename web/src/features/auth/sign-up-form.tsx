import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import type { PendingSignUp } from './pending-sign-up.ts';

const t = texts.auth;
const FIELDS = { name: 'name', email: 'email', password: 'password' };
const MIN_PASSWORD = 8;

function passwordProblem(value: string): string | null {
  if (!value) return t.missing.password;
  return [...value].length < MIN_PASSWORD ? t.missing.passwordShort : null;
}

export function SignUpForm(props: { start: PendingSignUp | null; onSent: (pending: PendingSignUp) => void }) {
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: {
      name: props.start?.name ?? '',
      email: props.start?.email ?? '',
      password: props.start?.password ?? '',
    },
    validate: {
      name: (value) => (value.trim() ? null : t.missing.name),
      email: (value) => (value.trim() ? null : t.missing.email),
      password: passwordProblem,
    },
  });
  const problem = useFormProblem(form, FIELDS);

  const submit = form.onSubmit(async (values) => {
    const body = { name: values.name.trim(), email: values.email.trim(), password: values.password };
    setBusy(true);
    problem.clear();
    try {
      await unwrap(api.POST('/v1/auth/signup', { body }));
      props.onSent({ ...body, sentAt: Date.now() });
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
        <TextInput label={t.email} type="email" autoComplete="email" {...form.getInputProps('email')} />
        <PasswordInput
          label={t.password}
          description={t.passwordHint}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t.showPassword }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={busy} fullWidth size="md" mt="xs">
          {t.signUp}
        </Button>
      </Stack>
    </form>
  );
}
