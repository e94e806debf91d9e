import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { enterAs, setupQuery } from './account.ts';
import { addressText } from './address.ts';
import { AuthFrame } from './auth-frame.tsx';
import { CodeStep } from './code-step.tsx';
import { forgetPending, loadPending, type PendingSignUp, rememberPending } from './pending-sign-up.ts';
import { SignUpForm } from './sign-up-form.tsx';

const t = texts.auth;

/** Two steps on one page: the details, then the code that was mailed. A reload stays at the second step. */
export function SignUpPage() {
  const [pending, setPending] = useState<PendingSignUp | null>(loadPending);
  const [atCode, setAtCode] = useState(pending !== null);
  const first = useQuery(setupQuery).data?.needsFirstAccount ?? false;
  const queryClient = useQueryClient();
  const navigate = useNavigate();

  const sent = (next: PendingSignUp) => {
    rememberPending(next);
    setPending(next);
    setAtCode(true);
  };
  const enter = async () => {
    forgetPending();
    enterAs(queryClient);
    await navigate({ to: '/today' });
  };
  const changeAddress = () => {
    forgetPending();
    setAtCode(false);
  };

  if (pending && atCode) {
    return (
      <AuthFrame
        title={t.codeTitle}
        lead={
          <>
            {t.codeSent} <strong>{addressText(pending.address)}</strong>.
          </>
        }
      >
        <CodeStep pending={pending} onVerified={enter} onSent={sent} onChangeAddress={changeAddress} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={first ? t.firstTitle : t.signUpTitle}
      lead={first ? texts.welcome.admin : undefined}
      footer={
        <>
          {t.haveAccount}{' '}
          <LinkAnchor to="/sign-in" underline="always">
            {t.signIn}
          </LinkAnchor>
        </>
      }
    >
      <SignUpForm start={pending} onSent={sent} />
    </AuthFrame>
  );
}
