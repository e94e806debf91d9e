import { Anchor, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { User } from '../../shared/api.ts';
import { Dialog } from '../../shared/dialog.tsx';
import { keys } from '../../shared/query.ts';
import { onSessionEnd } from '../../shared/session.ts';
import { rememberSignedIn } from '../../shared/signed-in.ts';
import { texts } from '../../shared/texts.ts';
import { enterAs, useMe } from './account.ts';
import { SignInForm } from './sign-in-form.tsx';

/**
 * Asks for a sign-in over the page when the session has ended. The page stays mounted below, and the request that
 * found out is sent again afterwards, so nothing typed is lost and nothing has to be repeated.
 */
export function SignInAgain() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const answer = useRef<((signedIn: boolean) => void) | null>(null);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const href = useRouterState({ select: (state) => state.location.href });

  useEffect(
    () =>
      onSessionEnd(() => {
        setOpen(true);
        return new Promise((resolve) => {
          answer.current = resolve;
        });
      }),
    [],
  );

  const settle = (signedIn: boolean) => {
    setOpen(false);
    answer.current?.(signedIn);
    answer.current = null;
  };
  const signedIn = (user: User) => {
    if (user.id !== me.id) {
      // Somebody else: what is on the screen is not theirs.
      settle(false);
      enterAs(queryClient, user);
      window.location.assign('/today');
      return;
    }
    queryClient.setQueryData(keys.me, user);
    settle(true);
  };
  const leave = () => {
    settle(false);
    rememberSignedIn(false);
    void navigate({ to: '/sign-in', search: { next: href }, ignoreBlocker: true }).then(() =>
      queryClient.removeQueries({ queryKey: keys.me }),
    );
  };

  return (
    <Dialog opened={open} onClose={leave} title={texts.auth.sessionEnded} insistent zIndex={500}>
      <Stack>
        <Text size="sm">{texts.auth.sessionEndedText}</Text>
        <SignInForm identifier={me.email ?? me.username ?? me.phone ?? ''} onSignedIn={signedIn} />
        <Anchor component="button" type="button" size="sm" onClick={leave}>
          {texts.auth.otherAccount}
        </Anchor>
      </Stack>
    </Dialog>
  );
}
