import { Anchor, Button, Group, PinInput, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type User, unwrap } from '../../shared/api.ts';
import { messageOf, Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone } from '../../shared/toast.tsx';
import { useNow } from '../../shared/use-now.ts';
import type { PendingSignUp } from './pending-sign-up.ts';

const t = texts.auth;
const RESEND_AFTER_MS = 60_000;
const DIGITS = 6;

interface CodeStepProps {
  pending: PendingSignUp;
  onVerified: (user: User) => Promise<void>;
  onSent: (pending: PendingSignUp) => void;
  onChangeAddress: () => void;
}

/** Six boxes; the last digit (or a paste) submits. */
export function CodeStep({ pending, onVerified, onSent, onChangeAddress }: CodeStepProps) {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);

  const verify = async (complete: string) => {
    setBusy(true);
    setMessage(null);
    try {
      const body = { email: pending.email, code: complete, delivery: 'cookie' as const };
      const { user } = await unwrap(api.POST('/v1/auth/signup/verify', { body }));
      await onVerified(user);
    } catch (error) {
      setMessage(messageOf(error));
      // Only a refusal says that the code is wrong; otherwise it is kept for another try.
      if (error instanceof Problem && error.status >= 400 && error.status < 500) setCode('');
      setBusy(false);
    }
  };

  return (
    <Stack>
      <FormProblem title={t.codeFailed} message={message} />
      <PinInput
        // A new set of boxes after each answer: the first one takes the focus again.
        key={busy ? 'busy' : (message ?? 'fresh')}
        role="group"
        aria-label={t.codeGroup}
        getInputProps={(index) => ({ 'aria-label': t.codeLabel(index + 1) })}
        length={DIGITS}
        type="number"
        inputMode="numeric"
        size="lg"
        gap={8}
        placeholder=""
        oneTimeCode
        autoFocus
        value={code}
        onChange={setCode}
        onComplete={verify}
        disabled={busy}
        error={message !== null}
        styles={{ root: { justifyContent: 'space-between' } }}
      />
      <Text size="sm" c="dimmed">
        {t.codeHint}
      </Text>
      {code.length === DIGITS && !busy && <Button onClick={() => verify(code)}>{texts.app.retry}</Button>}
      <Group justify="space-between" gap="xs">
        <Resend pending={pending} onSent={onSent} onChangeAddress={onChangeAddress} onProblem={setMessage} />
        <Anchor component="button" type="button" size="sm" onClick={onChangeAddress}>
          {t.otherAddress}
        </Anchor>
      </Group>
      <MailboxHint email={pending.email} />
    </Stack>
  );
}

function Resend(props: Omit<CodeStepProps, 'onVerified'> & { onProblem: (message: string | null) => void }) {
  const { pending } = props;
  const now = useNow(1_000);
  const [busy, setBusy] = useState(false);
  const waitSeconds = Math.ceil((pending.sentAt + RESEND_AFTER_MS - now.getTime()) / 1000);

  const resend = async () => {
    // After a reload the password is gone; the form asks for it again.
    if (pending.password === null) return props.onChangeAddress();
    setBusy(true);
    props.onProblem(null);
    try {
      const { email, name, password } = pending;
      await unwrap(api.POST('/v1/auth/signup', { body: { email, name, password } }));
      props.onSent({ ...pending, sentAt: Date.now() });
      toastDone(t.resent);
    } catch (error) {
      props.onProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  if (waitSeconds > 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.resendIn(waitSeconds)}
      </Text>
    );
  }
  return (
    <Anchor component="button" type="button" size="sm" onClick={resend} disabled={busy}>
      {t.resend}
    </Anchor>
  );
}

/** Where no mail provider is set up the server keeps messages in a mailbox of its own. */
function MailboxHint({ email }: { email: string }) {
  const mailbox = useQuery({
    queryKey: ['mailbox', email],
    queryFn: async () => {
      const { response } = await api.GET('/dev/mailbox/messages', { params: { query: { to: email } } });
      return response.status === 200;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!mailbox.data) return null;
  return (
    <Text size="sm" c="dimmed">
      {t.mailboxHint}{' '}
      <Anchor underline="always" href="/dev/mailbox" target="_blank" rel="noreferrer">
        {t.mailbox}
      </Anchor>
    </Text>
  );
}
