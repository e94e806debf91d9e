import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { texts } from '../../shared/texts.ts';

const t = texts.auth;
const MIN_PASSWORD = 8;

export function passwordProblem(value: string): string | null {
  if (!value) return t.missing.password;
  return [...value].length < MIN_PASSWORD ? t.missing.passwordShort : null;
}

/** A password that is being chosen. */
export function NewPasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      label={t.password}
      description={t.passwordHint}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': t.showPassword }}
      {...props}
    />
  );
}
