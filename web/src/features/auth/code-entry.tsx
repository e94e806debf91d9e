import { Anchor, Button, PinInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { messageOf, Problem } from '../../shared/problem.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { toastDone, toastFailed } from '../../shared/toast.tsx';
import { useNow } from '../../shared/use-now.ts';

const t = texts.auth;
const RESEND_AFTER_MS = 60_000;
const DIGITS = 6;

interface CodeEntryProps {
  /** Rejects with what the server said. */
  onCode: (code: string) => Promise<void>;
  problemTitle?: string;
  hint?: string;
}

/** Six boxes; the last digit (or a paste) submits. */
export function CodeEntry({ onCode, problemTitle = t.codeFailed, hint }: CodeEntryProps) {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);

  const submit = async (complete: string) => {
    setBusy(true);
    setMessage(null);
    try {
      await onCode(complete);
    } catch (error) {
      setMessage(messageOf(error));
      // Only a refusal says that the code is wrong; otherwise it is kept for another try.
      if (error instanceof Problem && error.status >= 400 && error.status < 500) setCode('');
      setBusy(false);
    }
  };

  return (
    <Stack>
      <FormProblem title={problemTitle} message={message} />
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
        onComplete={submit}
        disabled={busy}
        error={message !== null}
        styles={{ root: { justifyContent: 'space-between' } }}
      />
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      {code.length === DIGITS && !busy && <Button onClick={() => submit(code)}>{texts.app.retry}</Button>}
    </Stack>
  );
}

/** Sends the code once more, a minute after the last one at the earliest. */
export function ResendLink(props: { sentAt: number; onResend: () => Promise<void> }) {
  const now = useNow(1_000);
  const [busy, setBusy] = useState(false);
  const waitSeconds = Math.ceil((props.sentAt + RESEND_AFTER_MS - now.getTime()) / 1000);

  const resend = async () => {
    setBusy(true);
    try {
      await props.onResend();
      toastDone(t.resent);
    } catch (error) {
      toastFailed(t.resendFailed, error);
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
