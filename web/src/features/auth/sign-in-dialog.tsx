import { Anchor, Stack, Text } from '@mantine/core';
import type { User } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { texts } from '../../shared/texts.ts';
import { SignInForm } from './sign-in-form.tsx';

interface SignInDialogProps {
  identifier: string;
  onSignedIn: (user: User) => void;
  onLeave: () => void;
}

/** Sign-in over the page that is open. */
export function SignInDialog({ identifier, onSignedIn, onLeave }: SignInDialogProps) {
  return (
    <Dialog opened onClose={onLeave} title={texts.auth.sessionEnded} insistent zIndex={500}>
      <Stack>
        <Text size="sm">{texts.auth.sessionEndedText}</Text>
        <SignInForm identifier={identifier} onSignedIn={onSignedIn} />
        <Anchor component="button" type="button" size="sm" onClick={onLeave}>
          {texts.auth.otherAccount}
        </Anchor>
      </Stack>
    </Dialog>
  );
}
