import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { LinkAnchor } from '../../shared/links.tsx';
import { isOwnPath } from '../../shared/own-path.ts';
import { FormProblem } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { enterAs } from './account.ts';
import { addressText } from './address.ts';
import { AuthFrame } from './auth-frame.tsx';
import { readHandOver, type SignInStep, useSignInFlow } from './sign-in-state.ts';
import { SignInSteps } from './sign-in-steps.tsx';

const route = getRouteApi('/sign-in');

/** Takes the challenge out of the address, where it would stay in the history. */
function takeHandOver() {
  const handed = readHandOver(window.location.hash);
  if (handed) {
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', pathname + search);
  }
  return handed;
}

function headOf(step: SignInStep): { title: string; lead?: ReactNode } {
  switch (step.kind) {
    case 'password':
      return { title: texts.auth.signInTitle };
    case 'ask-code':
      return { title: texts.access.codeTitle, lead: texts.access.codeLead };
    case 'second-factor':
      return { title: texts.access.second.title };
    case 'code':
      return {
        title: texts.auth.codeTitle,
        lead: (
          <>
            {texts.access.sentTo} <strong>{addressText(step.address)}</strong>.
          </>
        ),
      };
  }
}

export function SignInPage() {
  const { next, error } = route.useSearch();
  const [handed] = useState(takeHandOver);
  const router = useRouter();
  const queryClient = useQueryClient();
  const first: SignInStep = handed
    ? { kind: 'second-factor', required: handed.required }
    : { kind: 'password' };
  const returnTo = handed?.returnTo;
  const target = next ?? (isOwnPath(returnTo) ? returnTo : '/today');
  const flow = useSignInFlow(first, () => {
    enterAs(queryClient);
    router.history.push(target);
  });
  const told =
    flow.step.kind === 'password' &&
    error &&
    (texts.access.redirectErrors[error] ?? texts.access.redirectErrorUnknown);
  return (
    <AuthFrame
      {...headOf(flow.step)}
      footer={
        <>
          {texts.auth.noAccount}{' '}
          <LinkAnchor to="/sign-up" underline="always">
            {texts.landing.signUp}
          </LinkAnchor>
        </>
      }
    >
      {told && <FormProblem title={texts.auth.signInFailed} message={told} />}
      <SignInSteps flow={flow} next={next} />
    </AuthFrame>
  );
}
