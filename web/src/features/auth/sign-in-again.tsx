import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { User } from '../../shared/api.ts';
import { keys } from '../../shared/query.ts';
import { onSessionEnd } from '../../shared/session.ts';
import { rememberSignedIn } from '../../shared/signed-in.ts';
import { enterAs, useMe } from './account.ts';

const SignInDialog = lazy(() =>
  import('./sign-in-dialog.tsx').then((module) => ({ default: module.SignInDialog })),
);

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
      enterAs(queryClient);
      window.location.assign('/today');
      return;
    }
    void queryClient.invalidateQueries({ queryKey: keys.me });
    settle(true);
  };
  const leave = () => {
    settle(false);
    rememberSignedIn(false);
    void navigate({ to: '/sign-in', search: { next: href }, ignoreBlocker: true }).then(() =>
      queryClient.removeQueries({ queryKey: keys.me }),
    );
  };

  if (!open) return null;
  return (
    <Suspense>
      <SignInDialog
        identifier={me.email ?? me.username ?? me.phone ?? ''}
        onSignedIn={signedIn}
        onLeave={leave}
      />
    </Suspense>
  );
}
