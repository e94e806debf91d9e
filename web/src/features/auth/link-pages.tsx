import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../../shared/api.ts';
import { LinkAnchor, LinkButton } from '../../shared/links.tsx';
import { Problem } from '../../shared/problem.ts';
import { texts } from '../../shared/texts.ts';
import { enterAs } from './account.ts';
import { AuthFrame } from './auth-frame.tsx';
import { DoneThenSignIn } from './done.tsx';
import { LinkPage } from './link-page.tsx';
import { ResetForm } from './reset-form.tsx';

export function ResetPasswordPage() {
  const { token } = getRouteApi('/reset-password').useSearch();
  const [isDone, setDone] = useState(false);
  const navigate = useNavigate();
  const t = texts.access.resetPage;
  if (isDone) {
    return (
      <AuthFrame title={t.doneTitle}>
        <DoneThenSignIn text={t.doneText} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t.title} lead={t.lead}>
      <ResetForm
        token={token ?? 'none'}
        onDone={() => setDone(true)}
        onAnew={() => void navigate({ to: '/forgot-password' })}
      />
    </AuthFrame>
  );
}

export function VerifyEmailPage() {
  const { token } = getRouteApi('/verify-email').useSearch();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const t = texts.access.verifyPage;
  const verify = async (given: string) => {
    const body = { token: given, delivery: 'cookie' as const };
    await unwrap(api.POST('/v1/auth/verify-email', { body }));
    enterAs(queryClient);
    await navigate({ to: '/today' });
  };
  const otherwise = (
    <LinkAnchor to="/sign-up" size="sm" ta="center">
      {t.signUp}
    </LinkAnchor>
  );
  return <LinkPage token={token} {...t} onClick={verify} otherwise={otherwise} />;
}

/** One page for both kinds of address: the link does not say which it is, and the wrong kind uses nothing up. */
async function cancelChange(token: string): Promise<void> {
  try {
    await unwrap(api.POST('/v1/auth/email/change/cancel', { body: { token } }));
  } catch (error) {
    if (!(error instanceof Problem) || error.slug !== 'link-expired') throw error;
    await unwrap(api.POST('/v1/auth/phone/change/cancel', { body: { token } }));
  }
}

export function CancelChangePage() {
  const { token } = getRouteApi('/cancel-change').useSearch();
  const [isDone, setDone] = useState(false);
  const t = texts.access.cancelPage;
  if (isDone) {
    return (
      <AuthFrame title={t.doneTitle}>
        <DoneThenSignIn text={t.doneText}>
          <LinkButton to="/forgot-password" variant="default" fullWidth size="md">
            {texts.access.resetPage.title}
          </LinkButton>
        </DoneThenSignIn>
      </AuthFrame>
    );
  }
  const cancel = async (given: string) => {
    await cancelChange(given);
    setDone(true);
  };
  return <LinkPage token={token} {...t} onClick={cancel} />;
}

export function RestoreAccountPage() {
  const { token } = getRouteApi('/restore-account').useSearch();
  const [isDone, setDone] = useState(false);
  const t = texts.access.restorePage;
  if (isDone) {
    return (
      <AuthFrame title={t.doneTitle}>
        <DoneThenSignIn text={t.doneText} />
      </AuthFrame>
    );
  }
  const restore = async (given: string) => {
    await unwrap(api.POST('/v1/auth/restore', { body: { token: given } }));
    setDone(true);
  };
  return <LinkPage token={token} {...t} onClick={restore} />;
}
