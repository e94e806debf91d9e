import { Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { messageOf } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastFailed } from '../../shared/toast.tsx';
import { useMe } from '../auth/account.ts';
import { CodeEntry } from '../auth/code-entry.tsx';

const t = texts.security.proof;

/** What proves that the owner of the account is here. */
export type Proof = { password: string; code?: undefined } | { code: string; password?: undefined };

interface ProofDialogProps {
  title?: string;
  lead?: string;
  button?: string;
  color?: string;
  /** Rejects with what the server said, which is then shown; the dialog stays. */
  onProof: (proof: Proof) => Promise<void>;
  onClose: () => void;
}

/** Asks for the password, or for a code that is sent to the account's address. */
export function ProofDialog(props: ProofDialogProps) {
  const me = useMe();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const sendCode = async () => {
    try {
      const address = me.email ? { email: me.email } : { phone: me.phone ?? '' };
      await unwrap(api.POST('/v1/auth/otp/request', { body: address }));
      setSentTo(me.email ?? me.phone);
    } catch (error) {
      toastFailed(t.failed, error);
    }
  };
  return (
    <Dialog opened title={props.title ?? t.title} onClose={props.onClose}>
      <Stack>
        <Text size="sm">{props.lead ?? t.lead}</Text>
        {sentTo === null ? (
          <ByPassword {...props} onCode={() => void sendCode()} />
        ) : (
          <>
            <Text size="sm" className="break-words">
              {t.codeSentTo} <strong>{sentTo}</strong>.
            </Text>
            <CodeEntry onCode={(code) => props.onProof({ code })} hint={texts.auth.codeHint} />
            <Anchor component="button" type="button" size="sm" onClick={() => setSentTo(null)}>
              {t.usePassword}
            </Anchor>
          </>
        )}
      </Stack>
    </Dialog>
  );
}

function ByPassword(props: ProofDialogProps & { onCode: () => void }) {
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!password) return setMessage(texts.auth.missing.password);
    setBusy(true);
    setMessage(null);
    try {
      await props.onProof({ password });
    } catch (error) {
      setMessage(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem title={t.failed} message={message} />
        <PasswordInput
          label={t.password}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': texts.auth.showPassword }}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" color={props.color} loading={busy}>
          {props.button ?? t.confirm}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={props.onCode}>
          {t.useCode}
        </Anchor>
      </Stack>
    </form>
  );
}
