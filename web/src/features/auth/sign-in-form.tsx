import { Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { useFormProblem } from '../../shared/use-form-problem.ts';
import type { SignInFlow } from './sign-in-state.ts';

const t = texts.auth;
const FIELDS = { identifier: 'identifier', password: 'password' };

interface SignInFormProps {
  identifier: string;
  onTyped: (identifier: string) => void;
  onAnswer: SignInFlow['take'];
}

/** Identifier and password. What was typed stays when the server says no. */
export function SignInForm({ identifier, onTyped, onAnswer }: SignInFormProps) {
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { identifier, password: '', rememberDevice: true },
    validate: {
      identifier: (value) => (value.trim() ? null : t.missing.identifier),
      password: (value) => (value ? null : t.missing.password),
    },
    onValuesChange: (values) => onTyped(values.identifier),
  });
  const problem = useFormProblem(form, FIELDS);

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    problem.clear();
    try {
      const body = { ...values, identifier: values.identifier.trim(), delivery: 'cookie' as const };
      onAnswer(await unwrap(api.POST('/v1/auth/login', { body })));
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
          // `webauthn`: the browser offers passkeys where it offers names.
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus={identifier ? undefined : true}
          {...form.getInputProps('identifier')}
        />
        <PasswordInput
          label={t.password}
          autoComplete="current-password"
          data-autofocus={identifier ? true : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t.showPassword }}
          {...form.getInputProps('password')}
        />
        <Checkbox
          label={texts.access.remember}
          {...form.getInputProps('rememberDevice', { type: 'checkbox' })}
        />
        <Button type="submit" loading={busy} fullWidth size="md" mt="xs">
          {t.signIn}
        </Button>
      </Stack>
    </form>
  );
}
