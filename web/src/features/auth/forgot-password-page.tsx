import { Anchor, Group, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { type Address, addressText } from './address.ts';
import { AuthFrame } from './auth-frame.tsx';
import { CodeEntry, ResendLink } from './code-entry.tsx';
import { AskCode } from './code-sign-in.tsx';
import { DoneThenSignIn } from './done.tsx';
import { MailboxHint } from './mailbox-hint.tsx';
import { ResetForm } from './reset-form.tsx';

const t = texts.access.forgotPage;

type Step =
  | { kind: 'ask'; typed: string }
  | { kind: 'code'; address: Address; sentAt: number }
  | { kind: 'reset'; token: string }
  | { kind: 'done' };

async function send(address: Address): Promise<Step> {
  await unwrap(api.POST('/v1/auth/password/forgot', { body: address }));
  return { kind: 'code', address, sentAt: Date.now() };
}

function headOf(step: Step): { title: string; lead?: ReactNode } {
  if (step.kind === 'ask') return { title: t.title, lead: t.lead };
  if (step.kind === 'reset')
    return { title: texts.access.resetPage.title, lead: texts.access.resetPage.lead };
  if (step.kind === 'done') return { title: texts.access.resetPage.doneTitle };
  const lead = (
    <>
      {t.sentTo} <strong>{addressText(step.address)}</strong>.
    </>
  );
  return { title: t.sentTitle, lead };
}

/** The address, then the code that was sent (or the link, which opens a page of its own), then the new password. */
export function ForgotPasswordPage() {
  const [step, setStep] = useState<Step>({ kind: 'ask', typed: '' });
  return (
    <AuthFrame {...headOf(step)} footer={<LinkAnchor to="/sign-in">{t.back}</LinkAnchor>}>
      {step.kind === 'ask' && (
        <AskCode
          typed={step.typed}
          submitLabel={t.send}
          onAsk={async (address) => setStep(await send(address))}
        />
      )}
      {step.kind === 'code' && <CodeForReset step={step} onStep={setStep} />}
      {step.kind === 'reset' && (
        <ResetForm
          token={step.token}
          onDone={() => setStep({ kind: 'done' })}
          onAnew={() => setStep({ kind: 'ask', typed: '' })}
        />
      )}
      {step.kind === 'done' && <DoneThenSignIn text={texts.access.resetPage.doneText} />}
    </AuthFrame>
  );
}

function CodeForReset({
  step,
  onStep,
}: {
  step: Extract<Step, { kind: 'code' }>;
  onStep: (step: Step) => void;
}) {
  const { address, sentAt } = step;
  const exchange = async (code: string) => {
    const { resetToken } = await unwrap(api.POST('/v1/auth/password/verify', { body: { ...address, code } }));
    onStep({ kind: 'reset', token: resetToken });
  };
  return (
    <Stack>
      <CodeEntry onCode={exchange} hint={t.enterCode} />
      <Group justify="space-between" gap="xs">
        <ResendLink sentAt={sentAt} onResend={async () => onStep(await send(address))} />
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => onStep({ kind: 'ask', typed: addressText(address) })}
        >
          {texts.auth.otherAddress}
        </Anchor>
      </Group>
      <MailboxHint address={addressText(address)} />
    </Stack>
  );
}
