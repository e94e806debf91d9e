import { TextInput, type TextInputProps } from '@mantine/core';
import { texts } from '../../shared/texts.ts';

const t = texts.access;

/** One field for an e-mail address or a phone number. */
export function AddressField(props: TextInputProps) {
  return (
    <TextInput
      label={t.address}
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      {...props}
    />
  );
}

/** What the form says before it asks the server. */
export function addressProblem(value: string): string | null {
  return value.trim() ? null : t.addressMissing;
}
