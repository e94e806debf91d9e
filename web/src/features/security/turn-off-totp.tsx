import { Button, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { messageOf } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';

const t = texts.security.second;
const WAYS = [
  { value: 'password', label: t.byPassword },
  { value: 'code', label: t.byCode },
] as const;
type Way = (typeof WAYS)[number]['value'];

/** Turning the app off always needs a proof: the password, a code of the app or a recovery code. */
export function TurnOffTotpDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [way, setWay] = useState<Way>('password');
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setMessage(null);
    try {
      const body = way === 'password' ? { password: typed } : { code: typed.trim() };
      await unwrap(api.DELETE('/v1/auth/2fa/totp', { body }));
      toastDone(t.turnedOff);
      onDone();
      onClose();
    } catch (error) {
      setMessage(messageOf(error));
      setBusy(false);
    }
  };
  const choose = (value: string) => {
    setWay(value as Way);
    setTyped('');
  };
  const field = {
    value: typed,
    onChange: (event: { currentTarget: HTMLInputElement }) => setTyped(event.currentTarget.value),
  };
  return (
    <Dialog opened title={t.turnOffTitle} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{t.turnOffLead}</Text>
          <FormProblem title={t.failed} message={message} />
          <SegmentedControl aria-label={t.turnOffTitle} data={[...WAYS]} value={way} onChange={choose} />
          {way === 'password' ? (
            <PasswordInput
              label={t.byPassword}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': texts.auth.showPassword }}
              {...field}
            />
          ) : (
            <TextInput label={t.byCode} autoComplete="one-time-code" autoCapitalize="none" {...field} />
          )}
          <Button type="submit" color="red" loading={busy} disabled={!typed}>
            {t.turnOff}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
