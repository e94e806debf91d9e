import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';

const t = texts.access.second;

/** A second factor that is typed as text: a recovery code, or the password. */
export function SecretEntry(props: {
  kind: 'recovery' | 'password';
  onSecret: (secret: string) => Promise<void>;
}) {
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const isPassword = props.kind === 'password';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!secret.trim()) {
      setMessage(isPassword ? texts.auth.missing.password : t.recoveryMissing);
      return;
    }
    setBusy(true);
    setMessage(null);
    try {
      await props.onSecret(secret);
    } catch (error) {
      setMessage(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.failed} message={message} />
        <SecretField isPassword={isPassword} value={secret} onChange={setSecret} />
        <Button type="submit" loading={busy} fullWidth size="md">
          {t.confirm}
        </Button>
      </Stack>
    </form>
  );
}

function SecretField(props: { isPassword: boolean; value: string; onChange: (secret: string) => void }) {
  const field = {
    value: props.value,
    autoFocus: true,
    onChange: (event: { currentTarget: HTMLInputElement }) => props.onChange(event.currentTarget.value),
  };
  if (props.isPassword) {
    return (
      <PasswordInput
        label={texts.auth.password}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': texts.auth.showPassword }}
        {...field}
      />
    );
  }
  return (
    <TextInput
      label={t.recoveryCode}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      placeholder="xxxxx-xxxxx"
      ff="monospace"
      {...field}
    />
  );
}
