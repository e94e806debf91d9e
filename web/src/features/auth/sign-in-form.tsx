import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, type User, unwrap } from '../../shared/api.ts';
import { Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';

const t = texts.auth;
const FIELDS = { identifier: 'identifier', password: 'password' };

/** Identifier and password. What was typed stays when the server says no. */
export function SignInForm(props: { identifier?: string; onSignedIn: (user: User) => void }) {
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { identifier: props.identifier ?? '', password: '' },
    validate: {
      identifier: (value) => (value.trim() ? null : t.missing.identifier),
      password: (value) => (value ? null : t.missing.password),
    },
  });
  const problem = useFormProblem(form, FIELDS);

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    problem.clear();
    try {
      const body = {
        identifier: values.identifier.trim(),
        password: values.password,
        delivery: 'cookie' as const,
      };
      const answer = await unwrap(api.POST('/v1/auth/login', { body }));
      // No page asks for a second factor yet; nobody can have switched one on here.
      if ('user' in answer) props.onSignedIn(answer.user);
      else problem.show(new Problem(202, { detail: t.secondFactor }));
    } catch (error) {
      problem.show(error);
    } finally {
      setBusy(false);
    }
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.signInFailed} message={problem.message} />
        <TextInput
          label={t.identifier}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus={props.identifier ? undefined : true}
          {...form.getInputProps('identifier')}
        />
        <PasswordInput
          label={t.password}
          autoComplete="current-password"
          data-autofocus={props.identifier ? true : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t.showPassword }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={busy} fullWidth size="md" mt="xs">
          {t.signIn}
        </Button>
      </Stack>
    </form>
  );
}
