import { Anchor, Stack } from '@mantine/core';
import { useState } from 'react';
import { LinkAnchor } from '../../shared/links.tsx';
import { texts } from '../../shared/texts.ts';
import { AskCode, CodeSignIn, requestCode } from './code-sign-in.tsx';
import { OtherWays } from './other-ways.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SignInForm } from './sign-in-form.tsx';
import type { SignInFlow } from './sign-in-state.ts';

const t = texts.access;

interface SignInStepsProps {
  flow: SignInFlow;
  identifier?: string;
  next?: string | undefined;
}

/** The steps of a sign-in, in whatever way; the page and the dialog over a page put their frame around them. */
export function SignInSteps({ flow, identifier = '', next }: SignInStepsProps) {
  const { step } = flow;
  const [typed, setTyped] = useState(identifier);
  const restart = () => flow.go({ kind: 'password' });
  switch (step.kind) {
    case 'second-factor':
      return <SecondFactor required={step.required} onSignedIn={flow.take} onRestart={restart} />;
    case 'code':
      return <CodeSignIn address={step.address} sentAt={step.sentAt} flow={flow} />;
    case 'ask-code': {
      const ask = async (address: Parameters<typeof requestCode>[0]) => {
        await requestCode(address);
        flow.go({ kind: 'code', address, sentAt: Date.now() });
      };
      return (
        <Stack>
          <AskCode typed={step.typed} submitLabel={t.sendCode} onAsk={ask} />
          <Anchor component="button" type="button" size="sm" onClick={restart} ta="center">
            {t.ways.password}
          </Anchor>
        </Stack>
      );
    }
    case 'password':
      return (
        <Stack>
          <SignInForm identifier={typed} onTyped={setTyped} onAnswer={flow.take} />
          <LinkAnchor to="/forgot-password" size="sm" ta="center">
            {t.forgot}
          </LinkAnchor>
          <OtherWays flow={flow} typed={typed} next={next} />
        </Stack>
      );
  }
}
