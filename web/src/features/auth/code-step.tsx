import { Anchor, Group, Stack } from '@mantine/core';
import { api, unwrap } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { addressText } from './address.ts';
import { askForAccount } from './ask-for-account.ts';
import { CodeEntry, ResendLink } from './code-entry.tsx';
import { MailboxHint } from './mailbox-hint.tsx';
import type { PendingSignUp } from './pending-sign-up.ts';

const t = texts.auth;

interface CodeStepProps {
  pending: PendingSignUp;
  onVerified: () => Promise<void>;
  onSent: (pending: PendingSignUp) => void;
  onChangeAddress: () => void;
}

/** The second step of a sign-up. */
export function CodeStep({ pending, onVerified, onSent, onChangeAddress }: CodeStepProps) {
  const verify = async (code: string) => {
    const body = { ...pending.address, code, delivery: 'cookie' as const };
    await unwrap(api.POST('/v1/auth/signup/verify', { body }));
    await onVerified();
  };
  const resend = async () => {
    const { address, name, password } = pending;
    await askForAccount({ ...address, name, password: password ?? '' });
    onSent({ ...pending, sentAt: Date.now() });
  };
  return (
    <Stack>
      <CodeEntry onCode={verify} hint={t.codeHint} />
      <Group justify="space-between" gap="xs">
        {/* After a reload the password is gone; the form asks for it again. */}
        {pending.password !== null && <ResendLink sentAt={pending.sentAt} onResend={resend} />}
        <Anchor component="button" type="button" size="sm" onClick={onChangeAddress}>
          {t.otherAddress}
        </Anchor>
      </Group>
      <MailboxHint address={addressText(pending.address)} />
    </Stack>
  );
}
