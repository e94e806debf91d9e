import { Anchor, Stack, Text } from '@mantine/core';
import type { User } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { texts } from '../../shared/texts.ts';
import { SecondFactor } from './second-factor.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { useSignInFlow } from './sign-in-state.ts';

interface SignInDialogProps {
  identifier: string;
  onSignedIn: (user: User) => void;
  onLeave: () => void;
}

/** Sign-in over the page that is open. Whoever signs in without a password leaves for the sign-in page. */
export function SignInDialog({ identifier, onSignedIn, onLeave }: SignInDialogProps) {
  const { step, go, take } = useSignInFlow({ kind: 'password' }, onSignedIn);
  return (
    <Dialog opened onClose={onLeave} title={texts.auth.sessionEnded} insistent zIndex={500}>
      <Stack>
        <Text size="sm">{texts.auth.sessionEndedText}</Text>
        {step.kind === 'second-factor' ? (
          <SecondFactor
            required={step.required}
            onSignedIn={take}
            onRestart={() => go({ kind: 'password' })}
          />
        ) : (
          <SignInForm identifier={identifier} onTyped={() => {}} onAnswer={take} />
        )}
        <Anchor component="button" type="button" size="sm" onClick={onLeave}>
          {texts.auth.otherAccount}
        </Anchor>
      </Stack>
    </Dialog>
  );
}
